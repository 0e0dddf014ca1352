"""Pieces of the pages of workshops."""
