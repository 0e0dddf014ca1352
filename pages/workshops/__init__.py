"""Workshops: many people on one link, and what of it enters the plan."""
