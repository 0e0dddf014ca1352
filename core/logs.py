"""Structured logs: one JSON object a line on stderr. No secret and no document text ever goes in: only names, counts and identifiers."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

# A field with one of these words in its name is never written, whoever passes it by mistake.
_SECRET_WORDS = ("password", "token", "key", "secret", "cookie", "authorization", "text", "quote", "question")


class _Stream:
    """Where lines go: stderr as it is when each is written. A full disk behind it takes nothing away but the line."""

    def write(self, text: str) -> None:
        """Write, or lose the text."""
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Hand on what was written."""
        with suppress(OSError):
            sys.stderr.flush()


_STREAM: Any = _Stream()


def configure(level: str = "INFO") -> None:
    """Set up logging for this process. Called once by the server and by the command line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_secrets,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=lambda *_: structlog.PrintLogger(_STREAM),
        cache_logger_on_first_use=False,
    )


def logger(name: str) -> Any:
    """The logger of a module; `log.info("event", field=value)`."""
    return structlog.get_logger(module=name)


def _without_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name in list(event):
        if name != "event" and any(word in name.lower() for word in _SECRET_WORDS):
            event[name] = "…"
    return event
