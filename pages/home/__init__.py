"""The year on one page, and the annual plans."""
