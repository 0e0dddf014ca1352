"""What people did with trainers, venues and the calendar, kept so that it can be taken back."""
