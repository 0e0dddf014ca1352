"""Step 2, people: who there is, what is known of them, what they should be able to do."""
