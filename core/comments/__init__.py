"""What people say to each other about an item of a plan: whatever has a page of its own, from a finding to a meeting's decision."""
