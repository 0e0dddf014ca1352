"""The sample branch's workshop: twelve invented guests, three rounds, closed; nothing of it has been accepted yet, so that a reader can."""

from __future__ import annotations

import secrets

from core.access.actor import Actor
from core.demo.decisions import Decisions
from core.storage import Session
from core.workshops import moderating, preparing, repository, seats, service, voices
from core.workshops.terms import BoardState, RoundKind

_TITLE = "2026 年培训主题共创"
_GUESTS = ("零售部", "公司部", "风险部", "运营部", "科技部", "望海支行", "东港支行", "新区支行", "城南支行", "财富中心", "合规部", "办公室")
# How many points each kind of guest gives to the first themes; they take turns.
_POINTS = ((5, 3, 2), (4, 4, 0, 2), (2, 2, 6), (0, 5, 0, 5), (3, 0, 4, 3))
_PAINS = (
    (0, "客户经理讲不清净值波动，客户一跌就投诉"),
    (5, "净值型产品波动时，一线不知道怎么跟客户沟通"),
    (1, "授信材料反复补，客户等不起"),
    (4, "系统上线了，网点不会用"),
)
_SECONDED = {0: (2, 3, 6, 9), 1: (7,), 2: (5, 8, 10), 3: (6, 11)}
_BUDGET_PROJECTS = 6


def there(db: Session, plan_id: int) -> bool:
    """Whether the plan has had a workshop, put away or not."""
    return bool(repository.boards(db, plan_id) or repository.removed(db, plan_id))


def hold(db: Session, actor: Actor, plan_id: int, _written: Decisions) -> None:
    """Hold the workshop, by the services that real guests go through."""
    board = service.create(db, actor, plan_id, _TITLE)
    vote = preparing.add_round(
        db, actor, plan_id, board, _version(db, board), RoundKind.VOTE, chosen=preparing.choices(db, actor, plan_id, RoundKind.VOTE)
    )
    pain = preparing.add_round(db, actor, plan_id, board, _version(db, board), RoundKind.PAIN)
    # The dearest: among the cheap ones there would be nothing to choose.
    paid = sorted(preparing.choices(db, actor, plan_id, RoundKind.RANK), key=lambda one: -(one.cost or 0.0))[:_BUDGET_PROJECTS]
    paid = [one for one in paid if one.cost]
    prices = sorted(one.cost or 0.0 for one in paid)
    rank = 0
    if len(prices) > 1:
        half = max(prices[0], float(round(sum(prices) / 2)))
        rank = preparing.add_round(db, actor, plan_id, board, _version(db, board), RoundKind.RANK, chosen=paid, budget_yuan=half)
    service.go(db, actor, plan_id, board, _version(db, board), BoardState.OPEN)
    # A secret that is kept nowhere: nobody can make this link again.
    token = service.open_link(db, actor, plan_id, board, _version(db, board), secrets.token_urlsafe(32), hours=1)
    guests = [seats.join(db, token, name, "", "")[0] for name in _GUESTS]
    themes = [one.id or 0 for one in repository.items(db, [vote])]
    for number, guest in enumerate(guests):
        voices.give_points(db, guest, vote, dict(zip(themes, _POINTS[number % len(_POINTS)], strict=False)))
    service.show_round(db, actor, plan_id, board, _version(db, board), pain)
    written = [voices.add_pain(db, guests[number], pain, text) for number, text in _PAINS]
    for place, numbers in _SECONDED.items():
        for number in numbers:
            voices.second(db, guests[number], pain, written[place], too=True)
    moderating.group(db, actor, plan_id, board, _version(db, board), written[:2])
    if rank:
        service.show_round(db, actor, plan_id, board, _version(db, board), rank)
        _choose(db, guests, rank)
    service.go(db, actor, plan_id, board, _version(db, board), BoardState.CLOSED)
    service.revoke_link(db, actor, plan_id, board, _version(db, board))


def _choose(db: Session, guests: list[seats.Seat], rank: int) -> None:
    row, items = repository.round_(db, rank), repository.items(db, [rank])
    assert row is not None
    for number, guest in enumerate(guests):
        left, chosen = row.budget or 0.0, []
        for one in (*items[number % len(items) :], *items[: number % len(items)]):
            if (one.cost or 0.0) <= left:
                left -= one.cost or 0.0
                chosen.append(one.id or 0)
        voices.choose(db, guest, rank, chosen)


def _version(db: Session, board: int) -> int:
    db.flush()
    row = repository.board(db, board)
    assert row is not None
    return row.version or 0
