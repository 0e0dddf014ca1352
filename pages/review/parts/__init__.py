"""Pieces of the pages on the review: values in, the wish of the reader out."""
