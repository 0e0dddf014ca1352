"""The certificates that prove levels of competencies: those that came with the product, and what the branch made of them."""
