"""锚定重点: which business line and which post to take up first, and on what grounds."""
