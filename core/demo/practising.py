"""The sample's case library and skill practice, through the same services as the pages; and out again."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from core.access.actor import Actor
from core.delivery.cases import repository as case_rows
from core.delivery.cases import service as library
from core.delivery.cases.service import CaseFacts
from core.delivery.cases.terms import CaseKind
from core.delivery.practice import repository as practice_rows
from core.delivery.practice import service as practice
from core.delivery.practice.scenario import Point, ScenarioFacts
from core.delivery.practice.transcript import parse
from core.demo.people import people
from core.people import sample
from core.storage import Session

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "practice.toml"
_WORDS = ("title", "persona", "opening", "competency")


def load_practice(db: Session, actor: Actor) -> None:
    """Fill the case library and practise a few talks. Nothing happens without the sample's people, or where there is something already."""
    if not sample.there(db):
        return
    if not case_rows.cases(db):
        library.add(db, actor, [_case(one) for one in _source()["cases"]], sample=True)
    if practice_rows.scenarios(db):
        return
    for one in _source()["scenarios"]:
        number = practice.save(db, actor, None, 0, _facts(one), sample=True)
        who = [person.number for person in people().people if person.post.name == one["post"]]
        for talk in one["talks"]:
            # By lot elsewhere; here those wait for a person, or were judged by one, of whom it is written.
            draw = _Certain(0.0 if talk["heard"] or talk.get("waits") else 0.999)
            kept = practice.keep(db, actor, number, who[talk["who"]], parse(talk["talk"]), draw=draw)
            if talk["heard"]:
                practice.judge(db, actor, kept, 1, talk["heard"])


def remove_practice(db: Session) -> None:
    """Take the sample's cases, scenarios and talks away."""
    practice_rows.remove_sample(db)
    case_rows.remove_sample(db)
    db.flush()


class _Certain(random.Random):
    """A lot of which it is known what it draws."""

    def __init__(self, drawn: float) -> None:
        super().__init__(0)
        self._drawn = drawn

    def random(self) -> float:
        """The same, always."""
        return self._drawn


@cache
def _source() -> dict[str, Any]:
    return tomllib.loads(_SOURCE.read_text(encoding="utf-8"))


def _case(row: dict[str, Any]) -> CaseFacts:
    told = {name: row[name] for name in ("title", "text", "competency", "scene", "source")}
    return CaseFacts(kind=CaseKind(row["kind"]), tags=tuple(row["tags"]), **told)


def _facts(row: dict[str, Any]) -> ScenarioFacts:
    points = tuple(Point(stage, text, tuple(words)) for stage, text, words in row["points"])
    phrases = {name: tuple(row[name]) for name in ("red_lines", "unwelcome")}
    marks = {name: row[name] for name in ("pass_mark", "check_percent")}
    told: dict[str, Any] = {name: row[name] for name in _WORDS} | phrases | marks
    return ScenarioFacts(points=points, **told)
