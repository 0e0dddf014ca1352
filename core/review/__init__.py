"""What the plan brought: results on four levels, effects with their intervals, returns, early warnings, and what next year learns."""
