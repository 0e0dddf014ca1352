"""What the plan brought: returns, warnings, results, effects."""
