"""The pages of step 3: the plan that can run."""
