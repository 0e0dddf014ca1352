"""How ready a branch is for AI, in its own judgement: a checklist, its answers, and what they suggest for the plan."""
