"""How fast the product is on a library of a thousand pages: `python -m tests.bench`."""
