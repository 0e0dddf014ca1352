"""Injected HTML, Markdown and addresses in every free text of every table: no page makes anything of them but letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.element_tree import Button, ButtonGroup

from core.access.actor import Actor, Role
from core.access.tables import Account
from core.instance import Instance
from pages.shared.sitemap import PAGES
from tests.pages.conftest import Visit, at_home, works_on
from tests.pages.test_every_page import script
from tests.pages.words import press
from tests.poison_files import TEXT_ENDINGS, file_fault
from tests.poison_seen import faults, fields
from tests.poisoned import LISTENER, free_columns, is_text, poisoned


@pytest.fixture
def world(tmp_path: Path, shared: Path) -> tuple[Actor, int]:
    """The poisoned branch's files in place, its HR leader and its plan."""
    return poisoned(shared, tmp_path / "data")


@pytest.fixture
def house(world: tuple[Actor, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    yield from at_home(tmp_path / "data", monkeypatch)


@pytest.fixture
def leader(world: tuple[Actor, int], house: Instance) -> Actor:
    """Somebody to whom every page is open."""
    actor, plan = world
    with house.database.writing() as db:
        account = db.get(Account, actor.account_id)
        assert account is not None
        account.roles = [Role.HR_LEADER.value, Role.IT_ADMINISTRATOR.value]
    works_on(house, actor, plan)
    return actor


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[ForwardMsg]:
    """What the browser was told by the last run."""
    told: list[ForwardMsg] = []
    parse = local_script_runner.parse_tree_from_messages

    def listen(messages: list[ForwardMsg]) -> object:
        told[:] = messages
        return parse(messages)

    monkeypatch.setattr(local_script_runner, "parse_tree_from_messages", listen)
    return told


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files that pages offer, by their names, but pictures without words that are read."""
    files: dict[str, bytes] = {}
    button = st.download_button

    def listen(label: str, data: Any = b"", file_name: str = "", **how: Any) -> bool:
        if file_name.endswith(TEXT_ENDINGS):
            made = data() if callable(data) else data
            files[file_name] = made.encode() if isinstance(made, str) else made
        return button(label, data=data, file_name=file_name, **how)

    monkeypatch.setattr(st, "download_button", listen)
    return files


def test_every_field_that_people_write_in_is_poisoned(house: Instance) -> None:
    with house.database.reading() as db:
        clean = [
            str(column)
            for column in free_columns()
            if is_text(column) and not db.connection().execute(sa.select(sa.exists().where(column.contains(LISTENER)))).scalar()
        ]
    assert clean == []


def test_no_page_makes_anything_of_it(leader: Actor, visit: Visit, sent: list[ForwardMsg], taken: dict[str, bytes]) -> None:
    found, shown = [], set()
    for name in PAGES:
        at = visit(leader, script(name), id=1)
        assert not at.exception, (name, [one.message for one in at.exception])
        for message in sent:
            found += [f"{name}: {one}" for one in faults(message)]
            shown |= fields(message)
    found += [f"{name}: {fault}" for name, content in taken.items() if (fault := file_fault(name, content))]
    assert not found, "\n".join(found)
    # Pages that had nothing to show would make nothing of it either.
    assert len(shown) > 100


def test_what_is_said_after_an_action_and_what_is_refused_is_words(leader: Actor, visit: Visit, sent: list[ForwardMsg]) -> None:
    said = []
    for _time in ("made", "there already"):
        at = visit(leader, script("plans"))
        # A plan's name is short: the picture alone.
        next(one for one in at.main.text_input if one.label == "机构名称").set_value(f"![x]({LISTENER}/leak?f=typed)")
        press(at, "创建计划")
        said += [one.value for one in (*at.toast, *at.error)]
        assert not [one for message in sent for one in faults(message)]
    assert len(said) == 2 and all("leak" in one for one in said), said


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(PAGES))
def test_nor_does_what_a_page_shows_when_it_is_worked_with(name: str, leader: Actor, visit: Visit, sent: list[ForwardMsg]) -> None:
    found: set[str] = set()
    at = visit(leader, script(name), id=1)
    for place, group in enumerate(at.main.get("button_group")):
        for option in group.options:
            if place < len(at.main.get("button_group")):
                _choose(at, place, option)
                found.update(one for message in sent for one in faults(message))
    for key in _doors(visit(leader, script(name), id=1)):
        at = visit(leader, script(name), id=1)
        one = next((each for each in at.main.button if _key(each) == key), None)
        if one is not None:
            one.click().run()
            found.update(f"{key}: {each}" for message in sent for each in faults(message))
    assert not found, "\n".join(sorted(found))


def _choose(at: AppTest, place: int, option: str) -> None:
    """Choose what a group of buttons calls `option`."""
    group = at.main.get("button_group")[place]
    # What a browser sends is the option's words; AppTest would make them of a value that only the page knows.
    group.__class__ = type("Chosen", (ButtonGroup,), {"formatted_values": [option]})
    group.set_value(option).run()


def _doors(at: AppTest) -> list[str]:
    """The buttons of a page, one of each kind."""
    return list(dict.fromkeys(_key(one) for one in at.main.button if not one.disabled))


def _key(button: Button) -> str:
    return re.sub(r"\d+", "", button.key or "") or button.label
