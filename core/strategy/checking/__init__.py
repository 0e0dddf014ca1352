"""The strategy check: each quarter, themes and their targets against what has been reached, and what is done about the difference."""
