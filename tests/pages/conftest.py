"""Pages as somebody in particular sees them: the router's own script, a real account and sign-in, a real data directory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from streamlit.util import calc_hash

from core.access import service as access
from core.access.actor import Actor
from core.access.tables import SignIn
from core.instance import Instance, instance
from core.plans import service as plans
from core.storage import now
from pages.shared.sitemap import PAGES
from tests.texts import ROOT

Visit = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _components_found_once() -> Iterator[None]:
    """AppTest looks through every installed package for components whenever it is made: half a second each time, and always the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def _runs_cost_what_the_page_costs() -> Iterator[None]:
    """AppTest compiles each page again whenever it shows it, and asks a thousand times a second whether the page has run."""
    compiled = ScriptCache()

    def wait(runner: LocalScriptRunner, timeout: float) -> None:
        thread = runner._script_thread
        assert thread is not None
        thread.join(timeout)
        if thread.is_alive():
            ask_until_done(runner, 0)

    ask_until_done = local_script_runner.require_widgets_deltas
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: compiled)
        yield


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated: Path) -> Iterator[Instance]:
    """The instance that the pages themselves use, fresh and without the dense model."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(migrated, data / "cexun.db")
    yield from at_home(data, monkeypatch)


def at_home(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    """The instance that the pages themselves use, with what is in `data`; for a fixture to hand on."""
    monkeypatch.setenv("CEXUN_DATA", str(data))
    monkeypatch.setenv("CEXUN_EMBEDDING", "none")
    # AppTest has no browser: what would come from one is a mock that no database takes.
    for name, value in {"ip_address": "10.1.2.3", "cookies": {}, "headers": {}}.items():
        monkeypatch.setattr(f"streamlit.runtime.context.ContextProxy.{name}", value)
    instance.cache_clear()
    yield instance()
    instance().close()
    instance.cache_clear()


@pytest.fixture
def visit(house: Instance) -> Visit:
    """Opens a page as somebody, in a language: `visit(leader, "strategy/library.py", "en", id=3)`."""

    def open_page(actor: Actor | None, page: str = "", language: str = "zh", **parameters: object) -> AppTest:
        at = AppTest.from_file(str(ROOT / "pages" / "router.py"), default_timeout=30)
        at.context = {"locale": language, "timezone": "Asia/Shanghai", "theme": "light"}
        at.user = {}
        if actor is not None:
            at.user = {"account": str(actor.account_id), "sign_in": str(_sign_in(house, actor))}
        if page:
            at.query_params.update({name: str(value) for name, value in parameters.items()})
            # As by its address: `switch_page` finds a page only after another one has run, and the home page reads from all the others.
            at._page_hash = calc_hash(_address(page))
        return at.run()

    return open_page


@pytest.fixture
def plan(house: Instance, leader: Actor) -> int:
    """The annual plan 2027 of a branch."""
    with house.database.writing() as db:
        plan_id = plans.create(db, leader, "海州分行", 2027).id
        assert plan_id is not None
        return plan_id


def works_on(house: Instance, actor: Actor, plan_id: int) -> None:
    """That person has chosen this plan."""
    with house.database.writing() as db:
        access.prefer(db, actor.account_id or 0, plan_id=plan_id)


@cache
def _address(page: str) -> str:
    return next(spec.url_path for spec in PAGES.values() if spec.script == f"pages/{page}")


def _sign_in(house: Instance, actor: Actor) -> int:
    with house.database.writing() as db:
        row = SignIn(account_id=actor.account_id or 0, token_hash=str(now().timestamp()), expires_at=now() + timedelta(days=1))
        db.add(row)
        db.flush()
        assert row.id is not None
        return row.id
