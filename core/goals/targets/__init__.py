"""Targets of single people: advised by a rule whose formula is shown, confirmed by a person."""
