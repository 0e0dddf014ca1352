"""Pieces of the pages on people."""
