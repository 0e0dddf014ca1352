"""Failures that are expected, each with a sentence that says what is wrong, where, and what to do.

A page shows the sentence in the reader's language (`pages/router.py`), the command line prints it and exits with 2. Everything else
that is raised is a fault: it is logged with its context and shown as one.
"""

from __future__ import annotations

from json import JSONDecodeError

from core.i18n import Language, Message

_NEAR = 8


class CexunError(Exception):
    """The base of all expected failures. `message` is for the person who can act on it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message

    def render(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.message.render(language)


class BadInput(CexunError):
    """What was given cannot be used: a wrong value, a broken file, an unknown identifier."""


class NotFound(CexunError):
    """The thing asked for is not there, or not there for this person: the two are not told apart."""


class NotAllowed(CexunError):
    """This person may not do this."""


class Conflict(CexunError):
    """Somebody else changed the same thing in the meantime; nothing was overwritten."""


class Unavailable(CexunError):
    """Something that is needed cannot be reached now (a model endpoint, a lock, an engine)."""


def json_reason(error: JSONDecodeError) -> Message:
    """Where a text stops being JSON, for the sentence that refuses it: the parser's own words are English and speak of characters."""
    near = " ".join(error.doc[max(0, error.pos - _NEAR) : error.pos + _NEAR].split())
    if not near:
        return Message("内容是空的，或在中途断开。")
    return Message("第 {column} 列“{near}”附近，请检查引号、逗号和括号。", column=error.colno, near=near)
