"""`python -m core …`: the product from the command line."""

import sys
from io import TextIOWrapper

from core.cli import main

for stream in (sys.stdout, sys.stderr):
    # A program that reads this reads UTF-8, whatever the machine's own encoding is; a terminal knows its own.
    if isinstance(stream, TextIOWrapper) and not stream.isatty():
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")

sys.exit(main(sys.argv[1:]))
