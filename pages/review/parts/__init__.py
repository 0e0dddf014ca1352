"""Pieces of the pages of step 4."""
