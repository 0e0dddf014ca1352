"""Pieces of the home pages."""
