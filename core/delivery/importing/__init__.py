"""Trainers, venues, absences, blackouts, a notice and leave from the user's own tables, with the machinery of people's imports."""
