"""Work that goes on while nobody watches: a queue in the database and a worker that takes from it."""
