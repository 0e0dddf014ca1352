"""Step 4: what came of it, what training changed, and what stays."""
