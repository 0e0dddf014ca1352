"""Pieces of the settings pages."""
