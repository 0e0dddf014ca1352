"""Faults of pages: written to the log with a number that the person who saw them can pass on."""

from __future__ import annotations

import secrets

from core import logs


def note_fault(fault: BaseException, **context: object) -> str:
    """Log `fault` with where it happened; returns the number under which it is found there."""
    number = secrets.token_hex(4)
    logs.logger(__name__).error("page_fault", number=number, kind=type(fault).__name__, exc_info=fault, **context)
    return number
