"""Money: what the year is planned to cost, what is committed, what was spent; and what a cut would drop."""
