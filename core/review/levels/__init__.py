"""Kirkpatrick's four levels: how far each measure, level, project and theme has come, and what is missing."""
