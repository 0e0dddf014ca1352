"""The roster: who finds whom, what a correction may be, what an undo brings back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from core.access import audit
from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.people.roster import history
from core.people.roster import service as roster
from core.people.roster.listing import Choices, Lacking, Order, Person, Presence, Wanted
from core.people.roster.service import Change
from core.people.roster.tables import RosterChange
from core.people.scope import give_charge
from core.storage import now
from tests.conftest import BOTH
from tests.core.people.tables import PEOPLE, ROSTER, SCORES, TODAY, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)
EVERYBODY = (*PEOPLE, ("0004", "赵_六", "望海支行/营业部", "", "", "2020-01-01", ""), ("0005", "钱七", "", "柜员", "0001", "", "运营"))


def found(house: Instance, actor: Actor, **wanted: Any) -> list[str]:
    with house.database.reading() as db:
        listed = roster.listing(db, actor, Wanted(**wanted), 0, 100)
    assert listed.total == len(listed.people)
    return [one.employee_no for one in listed.people]


def person(house: Instance, actor: Actor, number: str) -> Person:
    with house.database.reading() as db:
        return roster.listing(db, actor, Wanted(words=number, presence=Presence.ALL), 0, 1).people[0]


def offered(house: Instance, actor: Actor) -> Choices:
    with house.database.reading() as db:
        return roster.choices(db, actor)


def save(house: Instance, actor: Actor, number: str, version: int | None = None, **values: Any) -> None:
    seen = person(house, actor, number)
    with house.database.writing() as db:
        roster.save(db, actor, [Change(seen.id, version or seen.version, values)], TODAY)


@both
def test_people_are_found_by_words_place_and_what_they_lack(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, EVERYBODY)
    take(house, leader, ImportKind.ASSESSMENTS, SCORES)
    units = {name: row_id for row_id, name in offered(house, leader).units.items()}
    posts = {name: row_id for row_id, name in offered(house, leader).posts.items()}
    assert found(house, leader) == ["0001", "0002", "0003", "0004", "0005"]
    assert found(house, leader, words="００") == found(house, leader)
    assert found(house, leader, words="张敏") == ["0002"] and found(house, leader, words="_") == ["0004"]
    assert found(house, leader, unit_id=units["望海支行"]) == ["0002", "0003", "0004"]
    assert found(house, leader, post_id=posts["柜员"]) == ["0005"] and found(house, leader, line="零售") == ["0002", "0003"]
    assert found(house, leader, lacking=(Lacking.ASSESSMENT,)) == ["0001", "0004", "0005"]
    assert found(house, leader, lacking=(Lacking.POST, Lacking.MANAGER)) == ["0004"]
    assert found(house, leader, lacking=(Lacking.UNIT,)) == ["0005"]
    assert found(house, leader, order=Order.HIRED, descending=True) == ["0004", "0002", "0003", "0001", "0005"]
    with house.database.reading() as db:
        second = roster.listing(db, leader, Wanted(), 2, 2)
    assert ([one.employee_no for one in second.people], second.total) == (["0003", "0004"], 5)
    assert (second.people[0].manager, second.people[0].manager_no, second.people[0].unit) == ("王行长", "0001", "望海支行")


@both
def test_a_manager_finds_only_people_of_the_units_in_their_charge(house: Instance, leader: Actor, manager: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, EVERYBODY)
    assert found(house, manager) == [] and offered(house, manager).nobody
    units = {name: row_id for row_id, name in offered(house, leader).units.items()}
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [units["望海支行"]])
    assert found(house, manager) == ["0002", "0003", "0004"] and found(house, manager, unit_id=units["滨海分行"]) == []
    assert set(offered(house, manager).units.values()) == {"望海支行", "望海支行/营业部"}
    # Who manages the manager's own people from outside is not theirs to read.
    assert person(house, manager, "0003").manager == "" and person(house, manager, "0002").manager == "李强"
    with house.database.writing() as db:
        assert [one.employee_no for one in roster.export(db, manager, Wanted())] == ["0002", "0003", "0004"]
        roster.note_opened(db, manager)
    with pytest.raises(NotAllowed):
        save(house, manager, "0002", line="公司")
    with house.database.reading() as db:
        written = [(one.actor, one.action, one.detail) for one in audit.entries(db, leader).entries[:2]]
    assert written == [("Manager", "roster_viewed", {}), ("Manager", "roster_exported", {"count": 3})]


def test_executives_and_administrators_see_nobody_by_name(house: Instance, executive: Actor, administrator: Actor) -> None:
    for actor in (executive, administrator):
        for ask in (lambda one=actor: found(house, one), lambda one=actor: offered(house, one)):  # type: ignore[misc]
            with pytest.raises(NotAllowed):
                ask()
        with house.database.writing() as db, pytest.raises(NotAllowed):
            roster.export(db, actor, Wanted())


@both
def test_a_correction_is_saved_written_down_and_undone(house: Instance, leader: Actor) -> None:
    run_id, _ = take(house, leader, ImportKind.ROSTER, EVERYBODY)
    units = {name: row_id for row_id, name in offered(house, leader).units.items()}
    before = person(house, leader, "0002")
    save(house, leader, "0002", unit_id=units["滨海分行"], manager_no="0001", line="公司", left_at=date(2026, 9, 1))
    now = person(house, leader, "0002")
    assert (now.unit, now.manager, now.line, now.left_at) == ("滨海分行", "王行长", "公司", date(2026, 9, 1))
    assert "0002" not in found(house, leader) and found(house, leader, presence=Presence.LEFT) == ["0002"]
    with house.database.reading() as db:
        entry = audit.entries(db, leader).entries[0]
    assert (entry.action, entry.subject_id) == ("employee_changed", now.id)
    assert entry.detail == {"fields": ["left_at", "line", "manager_no", "unit_id"], "undo": False}
    with house.database.writing() as db:
        (done,) = history.history(db, leader)
        assert (done.title, done.by, done.undone) == (now.name, "Leader", False) and history.last(db, leader) == done
        roster.undo(db, leader, done.id, TODAY)
        assert history.last(db, leader) is None and history.history(db, leader)[0].undone
    again = person(house, leader, "0002")
    assert (again.unit, again.manager, again.line, again.left_at) == (before.unit, before.manager, before.line, None)
    # What was corrected and brought back is as the import left it: that can be undone, too.
    with house.database.writing() as db:
        assert importing.undo(db, leader, run_id)


@both
def test_corrections_are_taken_back_one_after_the_other_and_never_over_a_later_one(house: Instance, leader: Actor) -> None:
    run_id, _ = take(house, leader, ImportKind.ROSTER, EVERYBODY)
    before = person(house, leader, "0002")
    save(house, leader, "0002", line="公司", left_at=date(2026, 9, 1))
    save(house, leader, "0002", line="小微")
    with house.database.writing() as db:
        second, first = history.history(db, leader)
    with house.database.writing() as db, pytest.raises(Conflict, match="又被修改过"):
        roster.undo(db, leader, first.id, TODAY)
    with house.database.writing() as db:
        roster.undo(db, leader, second.id, TODAY)
    with house.database.writing() as db:
        roster.undo(db, leader, first.id, TODAY)
    now = person(house, leader, "0002")
    assert (now.line, now.left_at) == (before.line, before.left_at)
    with house.database.writing() as db, pytest.raises(BadInput, match="没有可以撤销"):
        roster.undo(db, leader, first.id, TODAY)
    with house.database.writing() as db:
        assert importing.undo(db, leader, run_id)


@both
def test_what_was_corrected_is_forgotten_when_it_can_no_longer_be_taken_back(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, EVERYBODY)
    save(house, leader, "0002", line="公司")
    save(house, leader, "0003", line="小微")
    with house.database.writing() as db:
        db.execute(sa.update(RosterChange).where(col(RosterChange.batch) == 1).values(at=now() - timedelta(days=history.DAYS + 1)))
        assert history.forget_expired(db) == 1 and len(history.history(db, leader)) == 1


@both
def test_two_editors_do_not_overwrite_each_other(house: Instance, leader: Actor) -> None:
    take(house, leader, ImportKind.ROSTER, EVERYBODY)
    seen = person(house, leader, "0002")
    save(house, leader, "0002", line="公司")
    with pytest.raises(Conflict, match="“条线”现在是 公司，您填的是 小微"):
        save(house, leader, "0002", seen.version, line="小微")
    assert person(house, leader, "0002").line == "公司"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"manager_no": "0002"}, "本人或其下属"),
        ({"manager_no": "9999"}, "没有工号 9999"),
        ({"left_at": date(2030, 1, 1)}, "不晚于今天"),
        ({"left_at": date(2010, 1, 1)}, "入职之后"),
        ({"unit_id": 999}, "机构已经不在"),
        ({"line": "长" * 61}, "最多 60 个字"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(house: Instance, leader: Actor, values: dict[str, Any], said: str) -> None:
    take(house, leader, ImportKind.ROSTER, EVERYBODY)
    with pytest.raises((BadInput, NotFound), match=said):
        save(house, leader, "0003", **values)
    assert person(house, leader, "0003").manager_no == "0001"


def test_thousands_of_people_are_listed_a_page_at_a_time(house: Instance, leader: Actor) -> None:
    rows = [ROSTER, *((f"{number:05d}", f"员工{number}", f"支行{number % 50}", "柜员", "", "", "") for number in range(2_000))]
    take(house, leader, ImportKind.ROSTER, rows)
    with house.database.reading() as db:
        page = roster.listing(db, leader, Wanted(order=Order.UNIT), 100, 50)
    assert len(page.people) == 50 and page.total == 2_000
