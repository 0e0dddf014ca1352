"""Step 3: what is taught how, by whom, where and when."""
