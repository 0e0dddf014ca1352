"""Surveys by link after a course: what those who were taught think of it."""
