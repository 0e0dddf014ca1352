"""Pieces of the pages of the review: values in, the wish of the reader out."""
