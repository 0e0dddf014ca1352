"""Structured logs: one JSON object a line on stderr. No secret and no document text ever goes in: only names, counts and identifiers."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

# A field with one of these words in its name is never written, whoever passes it by mistake.
_SECRET_WORDS = ("password", "token", "key", "secret", "cookie", "authorization", "text", "quote", "question")


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
        # Looked up for each line: the stream may be another one by then.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
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
