"""Pieces of the pages of step 2: values in, what the reader wants out."""
