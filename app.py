"""The server: Streamlit with our routes, our middleware and our start. `streamlit run app.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware

from core import settings
from core.instance import instance
from core.web.bank_cookie import bank_secrets
from core.web.desk import FAILURES
from core.web.headers import Headers
from core.web.identity import Identity
from core.web.lost import Lost
from core.web.routes import routes
from core.web.startup import prepare
from pages.shared.identity import show_fault
from pages.shared.kept_answers import keep_answers
from pages.shared.page_memory import LastRun
from pages.shared.sharing import ADDRESS
from pages.shared.sitemap import PAGES


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the product before the first visitor comes, and close it after the last."""
    house = await to_thread.run_sync(instance)
    port = int(st.get_option("server.port"))
    print(await to_thread.run_sync(prepare, house, port), flush=True)
    house.start()
    try:
        yield {}
    finally:
        await to_thread.run_sync(house.close)


_settings = settings.load()
_routes = routes(instance)
_pages = {ADDRESS, *(page.url_path for page in PAGES.values())}
keep_answers()
app = st.App(
    "pages/router.py",
    lifespan=lifespan,
    routes=_routes,
    # The outermost comes first: headers also go on what the identity refuses.
    middleware=[
        Middleware(Headers, instance=instance),
        Middleware(Identity, instance=instance, memory=LastRun),
        Middleware(Lost, pages=_pages, routes=_routes),
    ],
    exception_handlers=FAILURES,
    secrets=bank_secrets(_settings),
    on_script_error=show_fault,
)
