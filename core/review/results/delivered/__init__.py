"""What delivery tells of a year: who came, and what they thought."""
