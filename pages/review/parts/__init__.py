"""Pieces of the pages on delivery: values in, the wish of the reader out."""
