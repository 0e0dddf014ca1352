"""Telling people: each once for a cause, only who may be told, with the action or not at all; read, worded, chosen by people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.access.actor import Actor, Role
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.i18n import Message
from core.instance import Instance
from core.notices import inbox, templates
from core.notices.outbox import called, post, tell
from core.notices.templates import Words
from core.notices.terms import Kind
from core.plans import service as plans
from core.privacy import retention
from core.privacy.terms import Kept
from tests.conftest import BOTH, person
from tests.core.notices.world import about, notices

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def number(actor: Actor) -> int:
    """An actor's account."""
    return actor.account_id or 0


@both
def test_somebody_is_told_once_for_a_cause_however_often_it_is_asked(house: Instance, manager: Actor, leader: Actor) -> None:
    for _ in range(2):
        with house.database.writing() as db:
            assert tell(db, about(), [number(manager), number(leader)]) == {number(manager), number(leader)}
    with house.database.writing() as db:
        tell(db, about("2"), [number(manager)])
    assert len(notices(house)) == 3
    with house.database.reading() as db:
        found = inbox.inbox(db, manager, "zh")
        assert found.total == found.unread == 2 and inbox.unread(db, leader) == 1
        assert found.notices[0].subject == "王敏在评论里提到您"
        assert found.notices[0].text.splitlines() == ["Manager，您好：", "王敏在 示范分行 2027 的一条目标评论里提到您。"]
        assert inbox.inbox(db, manager, "en").notices[0].text.startswith("Dear Manager,")


@both
def test_who_lost_the_right_or_the_account_is_told_nothing(house: Instance, administrator: Actor, manager: Actor) -> None:
    with house.database.writing() as db:
        assert tell(db, about(), [number(administrator), 999]) == frozenset()
        assert tell(db, about(kind=Kind.APPROVAL_ASKED), [number(manager)]) == frozenset()
    assert notices(house) == []


def test_what_did_not_happen_tells_nobody(house: Instance, manager: Actor) -> None:
    with pytest.raises(ZeroDivisionError), house.database.writing() as db:
        tell(db, about(), [number(manager)])
        raise ZeroDivisionError
    assert notices(house) == []


@both
def test_a_notice_is_read_by_its_receiver_alone(house: Instance, manager: Actor, leader: Actor) -> None:
    with house.database.writing() as db:
        tell(db, about(), [number(manager)])
        tell(db, about("2"), [number(manager)])
    first = notices(house)[0].id or 0
    with house.database.reading() as db:
        assert inbox.find(db, leader, first, "zh") is None and inbox.find(db, manager, first, "zh") is not None
    with house.database.writing() as db, pytest.raises(NotFound):
        inbox.note_read(db, leader, first)
    with house.database.writing() as db:
        inbox.note_read(db, manager, first)
        assert inbox.unread(db, manager) == 1
        assert [one.unread for one in inbox.inbox(db, manager, "zh").notices] == [True, False]
        inbox.note_read(db, manager)
        assert inbox.unread(db, manager) == 0


def test_a_name_with_lines_and_places_in_it_does_nothing(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        tell(db, about(by="王敏\r\nBcc: all@bank.example {link} {name}"), [number(leader)])
    with house.database.reading() as db:
        (one,) = inbox.inbox(db, leader, "zh").notices
    assert one.subject == "王敏 Bcc: all@bank.example {link} {name}在评论里提到您"


@both
def test_a_group_reads_a_count_and_nothing_else(house: Instance) -> None:
    with house.database.writing() as db:
        for _ in range(2):
            post(db, about(kind=Kind.ACTIONS_OVERDUE, by="王敏"), Message("不到 {most}", most=5))
        post(db, about(kind=Kind.MENTIONED), 3)
    (row,) = notices(house)
    assert row.account_id is None and row.facts == {"count": ["不到 {most}", {"most": 5}]}
    assert row.words["zh"]["text"].startswith("有 不到 5 条学后的转化行动已过截止日期") and "王敏" not in str(row.words)
    assert "fewer than 5" in row.words["en"]["text"]


def test_an_owner_is_whoever_alone_bears_the_name(house: Instance, leader: Actor, manager: Actor) -> None:
    with house.database.writing() as db:
        assert [one.account_id for one in called(db, Kind.DECISION_DUE, " Manager ")] == [number(manager)]
        assert called(db, Kind.DECISION_DUE, "Mana") == []
    person(house, "manager2", Role.UNIT_MANAGER)
    with house.database.writing() as db:
        db.connection().exec_driver_sql("UPDATE account SET name = 'Manager' WHERE login = 'manager2'")
        assert called(db, Kind.DECISION_DUE, "Manager") == []


@both
def test_the_words_are_the_banks_until_they_are_put_back(house: Instance, leader: Actor, manager: Actor, executive: Actor) -> None:
    own = Words("{by}找您", "{name}：{about}\n{link}", "")
    with house.database.writing() as db:
        templates.save(db, leader, Kind.MENTIONED, "zh", own)
    with house.database.writing() as db, pytest.raises(Conflict, match="现在的正文是"):
        templates.save(db, leader, Kind.MENTIONED, "zh", own)
    with house.database.writing() as db, pytest.raises(BadInput, match="salary"):
        templates.save(db, leader, Kind.MENTIONED, "zh", Words("a", "{salary}", "", 1))
    with house.database.writing() as db, pytest.raises(BadInput, match="by"):
        templates.save(db, leader, Kind.MENTIONED, "zh", Words("a", "b", "{by}", 1))
    with house.database.writing() as db, pytest.raises(NotAllowed):
        templates.save(db, executive, Kind.MENTIONED, "zh", own)
    with house.database.writing() as db:
        tell(db, about(), [number(manager)])
    with house.database.reading() as db:
        (one,) = inbox.inbox(db, manager, "zh").notices
        assert (one.subject, one.text) == ("王敏找您", "Manager：目标")
        assert inbox.inbox(db, manager, "en").notices[0].subject == "王敏 mentioned you in a comment"
    with house.database.writing() as db:
        templates.restore(db, leader, Kind.MENTIONED, "zh", 1)
    with house.database.reading() as db:
        words = templates.templates(db, leader)[Kind.MENTIONED, "zh"]
        assert words == templates.shipped(Kind.MENTIONED, "zh")
        # What was said stays said.
        assert inbox.inbox(db, manager, "zh").notices[0].subject == "王敏找您"


def test_a_preview_shows_what_was_really_said_to_those_who_may_read_it(
    house: Instance, leader: Actor, manager: Actor, administrator: Actor
) -> None:
    wanted = Words("{by}", "{name}，{about}", "", 0)
    with house.database.reading() as db:
        empty = templates.preview(db, leader, Kind.MENTIONED, "zh", wanted)
    assert not empty.real and empty.subject == "〔谁写的〕" and empty.text == "Leader，〔评论的是哪一类内容〕"
    with house.database.writing() as db:
        tell(db, about(), [number(manager)])
    with house.database.reading() as db:
        assert templates.preview(db, leader, Kind.MENTIONED, "zh", wanted).text == "Manager，目标"
        # Whoever runs the system reads nothing of the plans.
        other = templates.preview(db, administrator, Kind.MENTIONED, "zh", wanted)
    assert not other.real and "王敏" not in other.subject


@both
def test_notices_go_with_their_log_when_their_time_is_over(house: Instance, leader: Actor, manager: Actor) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, "示范分行", 2027).id
        tell(db, about(), [number(manager)])
        retention.decide(db, leader, Kept.NOTICES, 0, 1)
    assert plan is not None
    house.courier.run()
    with house.database.writing() as db:
        assert retention.sweep(db, clock.today()) == {}
        assert retention.sweep(db, clock.today() + timedelta(days=62)) == {Kept.NOTICES: 1}
    assert notices(house) == []
