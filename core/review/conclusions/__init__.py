"""What is concluded of a year's projects, from the data and by people, and how it changes the next year's draft plan."""
