"""The environment of a plan: by what results are measured, and how others stand."""
