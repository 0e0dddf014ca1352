"""The guide: a text for each page and topic, the search in them, and each role's first steps.

`texts.py` reads the Markdown files below `docs/guide`, which are the documentation and the help on the pages at once;
`finding.py` looks words up in them; `tour.py` tells how far somebody is on the first steps of their role.
"""
