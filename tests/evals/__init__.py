"""The labelled questions and the programs that measure search and answers on them. `README.md` says how to use them."""
