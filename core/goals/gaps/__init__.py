"""From measured gaps to projects whose goals begin with what was measured."""
