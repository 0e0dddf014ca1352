"""What was measured: the indicators of goals as measures, results from files, links and learning platforms, and their sums."""
