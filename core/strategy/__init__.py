"""Step 1 · 战略对齐: documents → findings → themes → map → focus → project ideas."""
