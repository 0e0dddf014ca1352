"""The pages of step 2: what the projects are to reach."""
