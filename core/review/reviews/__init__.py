"""The quality of a year's training in three dimensions, and the quarterly meetings that decide what to do about it."""
