"""The published timetable in people's own calendars: files to import, and addresses that a calendar program reads again by itself."""
