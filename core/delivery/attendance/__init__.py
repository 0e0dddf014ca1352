"""What becomes of the timetable on the day: who came, who has how much still to do, what those who came thought of it."""
