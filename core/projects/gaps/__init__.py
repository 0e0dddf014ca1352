"""Which measured gaps a project answers, and how they stood when it was decided."""
