"""Logs are for those who look after the house: that they cannot be written is nobody else's failure."""

from __future__ import annotations

import errno
import io
import sys

import pytest

from core import logs


class _Full(io.StringIO):
    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_line_that_cannot_be_written_fails_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    logs.configure("INFO")
    monkeypatch.setattr(sys, "stderr", _Full())
    logs.logger("somewhere").error("page_fault", number="1a2b3c4d")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    logs.logger("somewhere").error("page_fault", number="5e6f7a8b")
    assert "5e6f7a8b" in sys.stderr.getvalue()
