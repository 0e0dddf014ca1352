"""Pieces of the pages of step 3: values in, what the reader wants out."""
