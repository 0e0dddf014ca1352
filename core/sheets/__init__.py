"""Tables that people keep in Excel or as CSV: read, the header found, the cells understood. Knows no database."""
