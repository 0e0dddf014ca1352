"""How assessment scores and results at work go together, and who stands out in both: advice, with a person who decides."""
