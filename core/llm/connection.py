"""The HTTP line to a model endpoint. Imported only when a model is called: it pulls in the HTTP library."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx2

# A whole answer may take this many times as long as the longest silence within it.
_WHOLE = 5
_BUSY = frozenset({429, 502, 503, 504})
_LONGEST_PAUSE = 5.0
_USUAL_PAUSE = 0.5


@cache
def trusted() -> ssl.SSLContext:
    """What a server's certificate is checked with, the same for all lines: reading the authorities takes as long as a short answer."""
    return httpx2.create_ssl_context()


class Line(httpx2.Client):
    """A client that waits `seconds` for a connection, a first byte and between two bytes, and five times that for a whole answer.

    A busy server (429, 502–504) is asked once more when it names a pause of up to five seconds or none; a time-out never is, because the
    reader would wait twice. Redirects are not followed: documents go to the address that was typed in and nowhere else. Connections are
    not kept, as a kept one that the server has closed meanwhile looks like a broken answer.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(
            timeout=httpx2.Timeout(seconds, connect=min(seconds, 10.0)),
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=32, max_keepalive_connections=0),
            verify=trusted(),
        )
        self._whole = seconds * _WHOLE

    def send(self, request: httpx2.Request, *, stream: bool = False, **rest: Any) -> httpx2.Response:
        """Send `request`; raises the errors of `httpx2`, also for an answer that takes too long as a whole."""
        until = time.monotonic() + self._whole
        response = super().send(request, stream=True, **rest)
        if response.status_code in _BUSY and (pause := _pause(response)) <= _LONGEST_PAUSE:
            response.close()
            time.sleep(pause)
            response = super().send(request, stream=True, **rest)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Until(response.stream, until, request)
        if not stream:
            response.read()
        return response


class _Until(httpx2.SyncByteStream):
    """A body that stops with a time-out at a moment, however lively the server keeps the line."""

    def __init__(self, body: httpx2.SyncByteStream, until: float, request: httpx2.Request) -> None:
        self._body, self._until, self._request = body, until, request

    def __iter__(self) -> Iterator[bytes]:
        for part in self._body:
            if time.monotonic() > self._until:
                raise httpx2.ReadTimeout("the whole answer took too long", request=self._request)
            yield part

    def close(self) -> None:
        self._body.close()


def _pause(response: httpx2.Response) -> float:
    """The seconds that a busy server asks for. A date instead of a number counts as long."""
    named = response.headers.get("retry-after")
    if named is None:
        return _USUAL_PAUSE
    try:
        return max(0.0, float(named))
    except ValueError:
        return _LONGEST_PAUSE + 1
