"""Workshops 共创: many people on one link vote, say, react and rank; what a planner accepts of it goes into the plan, with its origin."""
