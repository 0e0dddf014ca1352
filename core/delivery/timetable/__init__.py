"""The year as a timetable: what is to be held for whom, when, by whom and where; made, changed, published, made again."""
