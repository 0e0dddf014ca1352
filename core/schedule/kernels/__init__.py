"""The compiled part of the solver: the state of a schedule in arrays, what an insertion costs, and the search over them."""
