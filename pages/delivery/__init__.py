"""Step 3: who teaches, where, and when training can be."""
