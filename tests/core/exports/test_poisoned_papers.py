"""Injected formulas, addresses and HTML in every free text of every table: in the papers for leaders they are words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import settings as settings_module
from core.access.actor import Actor
from core.exports.leadership import service as papers
from core.exports.leadership.making import Wanted
from core.exports.leadership.terms import ENDINGS, Paper
from core.instance import Instance
from tests.poison_files import file_fault
from tests.poisoned import poisoned

_DECKS = (Paper.DECISION, Paper.REVIEW)


@pytest.fixture(scope="module")
def world(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Actor, int]]:
    """The poisoned branch, its HR leader and its plan."""
    data = tmp_path_factory.mktemp("poisoned") / "data"
    leader, plan = poisoned(shared, data)
    house = Instance(settings_module.load(data=data))
    yield house, leader, plan
    house.close()


@pytest.mark.parametrize("paper", [Paper.PLAN, Paper.WORKBOOK, *(pytest.param(one, marks=pytest.mark.thorough) for one in _DECKS)])
def test_a_paper_holds_them_as_words(world: tuple[Instance, Actor, int], paper: Paper) -> None:
    house, leader, plan = world
    with house.database.reading() as db:
        content = papers.file_of(db, leader, plan, Wanted(paper, "zh"))
    assert file_fault(f"paper.{ENDINGS[paper]}", content) == ""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert any(b"leak?f=" in archive.read(name) for name in archive.namelist())
