"""Whether the product works, for whoever watches over it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core.web.faults import note_fault
from core.web.house import House
from core.web.version import VERSION


def health(instance: Callable[[], House]) -> Callable[[Request], Response]:
    """The handler of `/healthz`: 200 when the database answers, 503 when it does not."""

    def handler(_request: Request) -> Response:
        try:
            answers = instance().database.revision() is not None
        except Exception as fault:  # whatever keeps the database from answering, the answer is the same
            note_fault(fault, check="database")
            answers = False
        status = "ok" if answers else "unavailable"
        body = {"status": status, "version": VERSION, "database": "ok" if answers else "down"}
        return JSONResponse(body, 200 if answers else 503, {"Cache-Control": "no-store"})

    return handler
