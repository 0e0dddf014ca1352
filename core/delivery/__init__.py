"""The plan that can run: content and its triage, trainers and venues, the calendar, training sessions, money, attendance."""
