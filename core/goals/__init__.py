"""Goals of training projects: what hurts, what people will do, and how it shows, checked as a finance head would check them."""
