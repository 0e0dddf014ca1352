"""Keeping the data safe: backup, restore, and looking whether everything still fits together."""
