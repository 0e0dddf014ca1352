"""The year as a timetable: what is to be held for whom, when, by whom and where; made, changed, published, made again."""

SOLVE_JOB = "solve_timetable"
"""The kind of the jobs that work out a timetable, known without importing the solver."""
