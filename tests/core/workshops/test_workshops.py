"""Workshops: who may open boards, what guests may say, what of it goes into the plan and back; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from core.access.actor import Actor, Role
from core.access.tables import AuditEntry
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.exports.workshop import workshop_workbook
from core.goals import service as goals
from core.goals.draft import Draft as GoalDraft
from core.goals.needs import service as needs
from core.goals.needs.terms import NeedState
from core.instance import Instance
from core.plans import service as plans
from core.projects import repository as project_rows
from core.storage import now
from core.strategy.findings import Perspective
from core.strategy.ideas.terms import Urgency
from core.strategy.themes import repository as theme_rows
from core.strategy.themes import service as themes
from core.workshops import moderating, preparing, repository, seats, service, taking, voices
from core.workshops.preparing import Choice
from core.workshops.terms import POINTS, BoardState, Reaction, RoundKind, Target
from tests.conftest import BOTH
from tests.core.strategy.ideas_world import accepted
from tests.core.workshops.room import SECRET, Room


@pytest.fixture
def room(house: Instance, leader: Actor) -> Room:
    return Room(house, leader)


pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.EXECUTIVE, Role.IT_ADMINISTRATOR])
def test_only_human_resources_runs_workshops(room: Room, role: Role) -> None:
    other = Actor(None, "别人", frozenset({role}))
    with room.house.database.writing() as db:
        for attempt in (
            lambda: service.boards(db, other, room.plan),
            lambda: service.create(db, other, room.plan, "x"),
            lambda: service.look(db, other, room.plan, room.board),
            lambda: service.open_link(db, other, room.plan, room.board, 1, SECRET),
            lambda: taking.take_weights(db, other, room.plan, room.board, 1, {}),
        ):
            with pytest.raises(NotAllowed):
                attempt()


def test_ten_points_and_no_more_and_none_below_nothing_and_the_last_word_counts(room: Room) -> None:
    vote = room.round(RoundKind.VOTE)
    room.open()
    one, other = room.join("王芳"), room.join("李明")
    room.give(one, vote, 7, 3)
    room.give(one, vote, 7, 3)
    room.give(other, vote, 0, 4, 6)
    for refused in ((8, 3), (-1, 3), (11,), (99,)):
        with pytest.raises(BadInput):
            room.give(one, vote, *refused)
    assert room.scores(vote) == {"客户经营": 7, "风险合规": 7, "数字化": 6}
    room.give(one, vote, 0, POINTS, 0)
    assert room.scores(vote) == {"客户经营": 0, "风险合规": 14, "数字化": 6}
    assert room.outcome(vote).took_part == 2


def test_frozen_closed_timed_out_and_left_rounds_take_no_voice(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    vote, pain = room.round(RoundKind.VOTE), room.round(RoundKind.PAIN)
    room.open()
    seat = room.join("王芳")
    with room.house.database.writing() as db, pytest.raises(BadInput, match="别的环节"):
        voices.add_pain(db, seat, pain, "流程太长")
    with room.house.database.writing() as db:
        service.set_timer(db, room.leader, room.plan, room.board, room.version, 5)
    room.give(seat, vote, 1)
    with monkeypatch.context() as patch:
        patch.setattr(voices, "now", lambda: now() + timedelta(minutes=6))
        with pytest.raises(BadInput, match="时间到了"):
            room.give(seat, vote, 2)
    room.go(BoardState.FROZEN)
    with pytest.raises(BadInput, match="冻结"):
        room.give(seat, vote, 3)
    room.go(BoardState.OPEN)
    room.give(seat, vote, 4)
    room.go(BoardState.CLOSED)
    with pytest.raises(BadInput, match="结束"):
        room.give(seat, vote, 5)
    assert room.scores(vote)["客户经营"] == 4


def test_a_guest_has_a_voice_on_their_own_board_alone(room: Room) -> None:
    vote = room.round(RoundKind.VOTE)
    room.open()
    with room.house.database.writing() as db:
        second = service.create(db, room.leader, room.plan, "另一块")
        made = preparing.add_round(
            db, room.leader, room.plan, second, 1, RoundKind.VOTE, chosen=preparing.choices(db, room.leader, room.plan, RoundKind.VOTE)
        )
    seat = room.join("王芳")
    with room.house.database.writing() as db, pytest.raises(BadInput):
        voices.give_points(db, seat, made, {room.ids(made)[0]: 3})
    with room.house.database.writing() as db, pytest.raises(NotFound):
        voices.give_points(db, seat, vote, {room.ids(made)[0]: 3})
    assert room.outcome(vote).total == 0


def test_links_that_open_nothing_are_not_told_apart(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.round(RoundKind.PAIN)
    room.open()
    with room.house.database.writing() as db:
        seat, secret = seats.join(db, room.token, "王芳", "", "")

    def stands() -> tuple[bool, bool]:
        with room.house.database.reading() as db:
            return seats.board_of(db, room.token) is not None, seats.seat(db, room.board, secret) == seat

    assert stands() == (True, True)
    with room.house.database.reading() as db:
        assert seats.board_of(db, room.token + "x") is None
        assert seats.seat(db, room.board + 1, secret) is None and seats.seat(db, room.board, "x") is None
        row = repository.board(db, room.board)
        assert row is not None and service.token_of(row, SECRET) == room.token and service.token_of(row, "other") != room.token
        assert room.token not in str(row.model_dump())
    with monkeypatch.context() as patch:
        patch.setattr(service, "now", lambda: now() + timedelta(hours=13))
        assert stands() == (False, False)
    with room.house.database.writing() as db:
        plans.archive(db, room.leader, room.plan)
    assert stands() == (False, False)
    with room.house.database.writing() as db:
        plans.unarchive(db, room.leader, room.plan)
        service.revoke_link(db, room.leader, room.plan, room.board, room.version)
    assert stands() == (False, False)
    with room.house.database.writing() as db, pytest.raises(NotFound):
        voices.add_pain(db, seat, 1, "还能写吗")
    with room.house.database.writing() as db:
        room.token = service.open_link(db, room.leader, room.plan, room.board, room.version, SECRET)
    assert stands() == (True, True), "who sat before sits again, with all that they said"


def test_the_same_nickname_twice_is_two_guests_and_one_code_is_one_guest(room: Room) -> None:
    vote = room.round(RoundKind.VOTE)
    with room.house.database.writing() as db:
        service.change(db, room.leader, room.plan, room.board, room.version, "凭码", hide_names=True, by_code=True)
        first, second = service.make_codes(db, room.leader, room.plan, room.board, 2)
    room.open()
    one, other = room.join("王芳", first), room.join("王芳", second.lower())
    assert (one.nickname, other.nickname) == ("王芳", "王芳 2")
    room.give(one, vote, 10)
    again = room.join("换了手机", first)
    assert again == one
    room.give(again, vote, 0, 10)
    assert room.outcome(vote).total == POINTS
    for nickname, code in (("李明", ""), ("李明", "ZZZZZZ"), ("李明", "1 OR 1")):
        with pytest.raises(BadInput, match="加入码"):
            room.join(nickname, code)
    with room.house.database.reading() as db:
        assert service.codes(db, room.leader, room.plan, room.board) == (2, 2)


@pytest.mark.parametrize("nickname", ["", "   ", "\u200b\u202e", "名" * 17])
def test_a_nickname_that_cannot_be_is_refused(room: Room, nickname: str) -> None:
    room.round(RoundKind.PAIN)
    room.open()
    with pytest.raises(BadInput):
        room.join(nickname)


def test_pain_points_are_seconded_put_together_and_the_last_act_is_taken_back(room: Room) -> None:
    pain = room.round(RoundKind.PAIN)
    room.open()
    one, other, third = room.join("甲"), room.join("乙"), room.join("丙")
    with room.house.database.writing() as db:
        slow = voices.add_pain(db, one, pain, "授信  流程\u200b太长")
        long = voices.add_pain(db, other, pain, "审批太慢")
        assert voices.add_pain(db, one, pain, "授信 流程太长") == slow, "sent again, it is there once"
        voices.second(db, third, pain, slow, too=True)
        voices.second(db, third, pain, long, too=True)
        with pytest.raises(BadInput, match="自己写的"):
            voices.second(db, one, pain, slow, too=True)
        with pytest.raises(NotFound):
            voices.take_back_pain(db, one, pain, long)
        with pytest.raises(BadInput, match="太长"):
            voices.add_pain(db, one, pain, "长" * 201)
    with room.house.database.writing() as db:
        moderating.group(db, room.leader, room.plan, room.board, room.version, [slow, long], "授信审批太慢")
    assert room.scores(pain) == {"授信审批太慢": 3}, "who seconded both counts once"
    with room.house.database.writing() as db:
        moderating.hide(db, room.leader, room.plan, room.board, room.version, [slow])
    assert room.scores(pain) == {"审批太慢": 2}
    for expected in ({"授信审批太慢": 3}, {"授信 流程太长": 2, "审批太慢": 2}):
        with room.house.database.writing() as db:
            moderating.undo(db, room.leader, room.plan, room.board, room.version)
        assert room.scores(pain) == expected
    with room.house.database.writing() as db, pytest.raises(BadInput):
        moderating.undo(db, room.leader, room.plan, room.board, room.version)
    with room.house.database.writing() as db:
        voices.second(db, third, pain, long, too=False)
        voices.take_back_pain(db, one, pain, slow)
    assert room.scores(pain) == {"审批太慢": 1}


def test_nobody_fills_the_board_alone(room: Room) -> None:
    pain = room.round(RoundKind.PAIN)
    room.open()
    seat = room.join("甲")
    with room.house.database.writing() as db:
        for number in range(8):
            voices.add_pain(db, seat, pain, f"痛点{number}")
        with pytest.raises(BadInput, match="最多写 8 条"):
            voices.add_pain(db, seat, pain, "又一条")


def test_projects_are_chosen_within_the_budget(room: Room) -> None:
    rank = room.ranking()
    room.open()
    one, other = room.join("甲"), room.join("乙")
    first, second, third = room.ids(rank)
    with room.house.database.writing() as db:
        voices.choose(db, one, rank, [first, second])
        voices.choose(db, other, rank, [second, third])
        with pytest.raises(BadInput, match="超出预算 30 元"):
            voices.choose(db, one, rank, [first, second, third])
        with pytest.raises(NotFound):
            voices.choose(db, one, rank, [9999])
    shares = {one.id: one.share for one in room.outcome(rank).results}
    assert shares == {second: 1.0, first: 0.5, third: 0.5}
    room.go(BoardState.CLOSED)
    with room.house.database.reading() as db:
        ranked = taking.rankings(db, room.leader, room.plan, room.board)[rank]
    assert [one.after for one in ranked] == [Urgency.HIGH, Urgency.MEDIUM, Urgency.MEDIUM]


@pytest.mark.parametrize("budget", [None, 10, 130, 5000])
def test_a_budget_that_asks_for_no_choice_is_refused(room: Room, budget: float | None) -> None:
    chosen = [Choice(one, "项目", cost=cost) for one, cost in zip(room.projects, (60, 40, 30), strict=True)]
    with pytest.raises(BadInput, match="取舍"):
        room.round(RoundKind.RANK, chosen=chosen, budget_yuan=budget)


def test_the_weights_of_a_vote_enter_the_plan_when_accepted_and_go_back(room: Room) -> None:
    vote = room.round(RoundKind.VOTE)
    room.open()
    room.give(room.join("甲"), vote, 7, 3)
    room.give(room.join("乙"), vote, 4, 4, 2)
    assert taking.shared([1, 1, 1], 70.0) == [23.4, 23.3, 23.3] and taking.shared([0, 0], 50.0) == [0.0, 0.0]
    with room.house.database.reading() as db:
        proposed = taking.weighings(db, room.leader, room.plan, room.board)[vote]
    versions = {one.theme_id: one.version for one in proposed}
    with room.house.database.writing() as db, pytest.raises(BadInput, match="还没有结束"):
        taking.take_weights(db, room.leader, room.plan, room.board, vote, versions)
    room.go(BoardState.CLOSED)
    with room.house.database.writing() as db, pytest.raises(Conflict):
        taking.take_weights(db, room.leader, room.plan, room.board, vote, versions | {proposed[0].theme_id: 99})
    assert weights(room) == [50, 30, 20]
    with room.house.database.writing() as db:
        assert taking.take_weights(db, room.leader, room.plan, room.board, vote, versions) == 3
    assert weights(room) == [55, 35, 10]
    with room.house.database.reading() as db:
        origin = taking.origins(db, room.leader, room.plan, Target.THEME)[room.themes[0]]
        kept = taking.taken(db, room.leader, room.plan, room.board)
        file = workshop_workbook(service.find(db, room.leader, room.plan, room.board), kept, "zh", now().tzinfo)  # type: ignore[arg-type]
    assert "年度共创" in str(origin.said) and (origin.row.voices, origin.row.guests) == (2, 2) and file[:2] == b"PK"
    with pytest.raises(BadInput, match="已有结果写入计划"):
        room.go(BoardState.OPEN)
    with room.house.database.writing() as db:
        assert taking.undo(db, room.leader, room.plan, kept[0][0].id or 0) == 3
    assert weights(room) == [50, 30, 20]


def test_the_urgency_of_a_ranking_enters_the_plan_when_accepted_and_goes_back(house: Instance, leader: Actor) -> None:
    room = Room(house, leader, accepted(house, leader).plan)
    rank = room.ranking()
    room.open()
    seat, first = room.join("甲"), room.ids(rank)[:1]
    with house.database.writing() as db:
        voices.choose(db, seat, rank, first)
    room.go(BoardState.CLOSED)
    with house.database.reading() as db:
        proposed = taking.rankings(db, leader, room.plan, room.board)[rank]
    before = urgencies(room)
    with house.database.writing() as db:
        wanted = {one.project_id: (one.version, one.after) for one in proposed}
        assert taking.take_urgency(db, leader, room.plan, room.board, rank, wanted) == len(proposed)
    chosen, other = room.projects[:2]
    assert (urgencies(room)[chosen], urgencies(room)[other]) == (Urgency.HIGH, Urgency.LOW)
    with house.database.writing() as db:
        (kept, _name), *_rest = taking.taken(db, leader, room.plan, room.board)
        assert taking.undo(db, leader, room.plan, kept.id or 0) == len(proposed)
    assert urgencies(room) == before


def test_what_was_changed_since_is_not_taken_back_over_somebodys_work(room: Room) -> None:
    vote = room.round(RoundKind.VOTE)
    room.open()
    room.give(room.join("甲"), vote, 7, 3)
    room.go(BoardState.CLOSED)
    with room.house.database.writing() as db:
        versions = {one.theme_id: one.version for one in taking.weighings(db, room.leader, room.plan, room.board)[vote]}
        taking.take_weights(db, room.leader, room.plan, room.board, vote, versions)
    with room.house.database.writing() as db:
        row = theme_rows.theme(db, room.themes[0])
        assert row is not None
        themes.change(db, room.leader, room.themes[0], row.version or 0, themes.Draft("客户经营", Perspective.CUSTOMER, weight=60))
    with room.house.database.reading() as db:
        number = taking.taken(db, room.leader, room.plan, room.board)[0][0].id or 0
    with pytest.raises(Conflict, match="写入后又被修改过"), room.house.database.writing() as db:
        taking.undo(db, room.leader, room.plan, number)
    assert weights(room) == [60, 30, 0]


def test_a_pain_point_becomes_a_need_and_is_put_aside_again(room: Room) -> None:
    pain = room.round(RoundKind.PAIN)
    room.open()
    seat = room.join("甲")
    with room.house.database.writing() as db:
        item = voices.add_pain(db, seat, pain, "讲不清净值波动")
    room.go(BoardState.CLOSED)
    with room.house.database.writing() as db:
        need = taking.take_need(db, room.leader, room.plan, room.board, item, "滨海分行", "理财经理", "理财经理讲不清净值波动", "zh")
    with room.house.database.reading() as db:
        (view,) = needs.board(db, room.leader, room.plan).needs
        ((kept, _name),) = taking.taken(db, room.leader, room.plan, room.board)
    assert view.row.id == need and "年度共创" in view.row.evidence and "1 人参与" in view.row.evidence
    with room.house.database.writing() as db:
        taking.undo(db, room.leader, room.plan, kept.id or 0)
    with room.house.database.reading() as db:
        assert needs.board(db, room.leader, room.plan).needs[0].state is NeedState.PUT_ASIDE


def test_a_rewrite_becomes_the_goals_draft_and_goes_back(room: Room) -> None:
    project = room.projects[0]
    with room.house.database.writing() as db:
        goals.save(db, room.leader, project, 0, GoalDraft(behaviour="提升拓客能力"))
    react = room.round(RoundKind.REACT)
    room.open()
    (item,) = room.ids(react)
    one, other = room.join("甲"), room.join("乙")
    with room.house.database.writing() as db:
        voices.react(db, one, react, item, Reaction.DISAGREE, "每周上门拜访 3 户")
        voices.react(db, other, react, item, Reaction.AGREE)
        with pytest.raises(BadInput):
            voices.react(db, other, react, item, Reaction.AGREE, "长" * 201)
    (result,) = room.outcome(react).results
    assert (result.agree, result.unclear, result.disagree, result.share) == (1, 0, 1, 0.5)
    with room.house.database.writing() as db:
        moderating.hide_rewrite(db, room.leader, room.plan, room.board, room.version, result.rewrites[0].voice_id)
    assert room.outcome(react).results[0].rewrites[0].hidden
    with room.house.database.writing() as db:
        moderating.undo(db, room.leader, room.plan, room.board, room.version)
    room.go(BoardState.CLOSED)
    with room.house.database.writing() as db:
        taking.take_goal(db, room.leader, room.plan, room.board, item, project, 1, "每周上门拜访 3 户")
    assert behaviour(room) == "每周上门拜访 3 户"
    with room.house.database.writing() as db:
        ((kept, _name),) = taking.taken(db, room.leader, room.plan, room.board)
        taking.undo(db, room.leader, room.plan, kept.id or 0)
    assert behaviour(room) == "提升拓客能力"


def test_who_comes_before_it_begins_has_a_seat_and_says_nothing_yet(room: Room) -> None:
    vote = room.round(RoundKind.VOTE)
    room.make_link()
    seat = room.join("早到的")
    with pytest.raises(BadInput, match="还没有开始"):
        room.give(seat, vote, 5)
    room.go(BoardState.OPEN)
    room.give(seat, vote, 5)
    assert room.scores(vote)["客户经营"] == 5


def test_two_facilitators_do_not_overwrite_each_other(room: Room) -> None:
    room.round(RoundKind.PAIN)
    seen = room.version
    room.go(BoardState.OPEN)
    with room.house.database.writing() as db, pytest.raises(Conflict):
        service.change(db, room.leader, room.plan, room.board, seen, "别名", hide_names=False, by_code=False)


def test_a_board_without_anything_to_do_is_not_opened(room: Room) -> None:
    with pytest.raises(BadInput, match="还没有环节"):
        room.go(BoardState.OPEN)
    with pytest.raises(BadInput, match="至少选一项"):
        room.round(RoundKind.VOTE, chosen=[])


def test_one_snapshot_serves_all_until_something_changes(room: Room) -> None:
    vote = room.round(RoundKind.VOTE)
    room.open()
    seat = room.join("甲")

    def look() -> object:
        with room.house.database.reading() as db:
            return service.look(db, room.leader, room.plan, room.board)

    first = look()
    assert look() is first
    room.give(seat, vote, 1)
    assert look() is not first


def urgencies(room: Room) -> dict[int, Urgency]:
    with room.house.database.reading() as db:
        return {row.id or 0: row.urgency for row in project_rows.projects(db, room.plan)}


def weights(room: Room) -> list[float]:
    with room.house.database.reading() as db:
        return [row.weight for row in sorted(theme_rows.themes(db, room.plan), key=lambda row: row.id or 0)]


def behaviour(room: Room) -> str:
    with room.house.database.reading() as db:
        return goals.find(db, room.leader, room.projects[0]).draft.behaviour


def test_the_log_names_no_guest(room: Room) -> None:
    room.round(RoundKind.PAIN)
    room.open()
    room.join("王芳")
    with room.house.database.reading() as db:
        assert not any("王芳" in f"{row.actor}{row.detail}" for row in db.exec(select(AuditEntry)))
