"""Pages of step 4: what the plan brought."""
