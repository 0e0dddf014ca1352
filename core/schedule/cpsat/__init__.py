"""What a constraint solver does better than a search: proof of the optimum of small problems, a first plan of crowded timetables."""
