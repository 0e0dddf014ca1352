"""Training projects: what an accepted idea becomes, and what the later steps hang on."""
