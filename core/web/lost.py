"""Addresses that lead nowhere: a mistyped link, a page of another version. Streamlit would answer in English, or with an empty page."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from core.web.identity import asks_for_page

LOST = "lost"
"""The parameter with which the first page is opened instead; it says so there."""


class Lost:
    """The middleware. `pages` are the addresses of pages without slashes, `routes` what the server answers itself."""

    def __init__(self, app: ASGIApp, pages: Collection[str], routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._pages = frozenset(pages)
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if asks_for_page(scope) and self._leads_nowhere(scope):
            await RedirectResponse(f"/?{LOST}=1", status_code=303, headers={"Cache-Control": "no-store"})(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _leads_nowhere(self, scope: Scope) -> bool:
        if scope["path"].strip("/") in self._pages:
            return False
        return all(route.matches(scope)[0] is Match.NONE for route in self._routes)
