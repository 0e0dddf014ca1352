"""What people are told: written down with the action that it is about, read in the product, sent outside by e-mail and into groups."""
