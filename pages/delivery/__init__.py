"""The pages of step 3: content, faculty, the calendar and the timetable, and how it is delivered."""
