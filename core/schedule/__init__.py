"""The year as a timetable: problem → solver → schedule → explanations. Plain values in and out; knows nothing of the database."""
