"""What the branch can do about a gap: courses, tasks, mentors and practice, and how far they answer what posts require."""
