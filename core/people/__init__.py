"""Step 2 begins with people: units, posts, roster, competencies, assessments, and how they come in from files."""
