"""What training costs in people, hours and money, and what it returns after others' part in it is taken off."""
