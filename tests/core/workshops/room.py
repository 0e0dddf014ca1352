"""A plan with a board on it, to be filled by whoever tests."""

from __future__ import annotations

from core.access.actor import Actor
from core.instance import Instance
from core.plans import service as plans
from core.projects import repository as project_rows
from core.projects.tables import Project
from core.storage import Session
from core.strategy.findings import Perspective
from core.strategy.ideas.terms import Author, ProjectKind, Urgency
from core.strategy.themes import service as themes
from core.workshops import preparing, repository, seats, service, voices
from core.workshops.preparing import Choice
from core.workshops.results import Outcome
from core.workshops.seats import Seat
from core.workshops.tables import Item
from core.workshops.terms import BoardState, RoundKind

SECRET = "a secret of the data directory"
THEMES = ("客户经营", "风险合规", "数字化")


class Room:
    """A plan with themes and projects, and a board on it. The plan is a new one, or one that stands with all that is in it."""

    def __init__(self, house: Instance, leader: Actor, plan: int | None = None) -> None:
        self.house, self.leader, self.token = house, leader, ""
        with house.database.writing() as db:
            self.plan = plans.create(db, leader, "滨海分行", 2027).id or 0 if plan is None else plan
            if plan is None:
                self._fill(db)
            self.themes = [view.id for view in themes.overview(db, leader, self.plan).themes]
            self.projects = [row.id or 0 for row in project_rows.projects(db, self.plan)]
            self.board = service.create(db, leader, self.plan, "年度共创")

    def _fill(self, db: Session) -> None:
        made = [
            themes.create(db, self.leader, self.plan, themes.Draft(name, Perspective.CUSTOMER, weight=weight)).id or 0
            for name, weight in zip(THEMES, (50.0, 30.0, 20.0), strict=True)
        ]
        how = {"urgency": Urgency.MEDIUM, "kind": ProjectKind.PROBLEM_DRIVEN, "origin": Author.PERSON, "purpose_author": Author.PERSON}
        for name in ("财富进阶", "合规练兵", "数据看板"):
            db.add(Project(plan_id=self.plan, theme_id=made[0], name=name, purpose="为什么办", line="零售", **how))
        db.flush()

    @property
    def version(self) -> int:
        with self.house.database.reading() as db:
            row = repository.board(db, self.board)
        assert row is not None
        return row.version or 0

    def round(self, kind: RoundKind, **how: object) -> int:
        """Another round of all that the plan has of its kind."""
        with self.house.database.writing() as db:
            chosen = preparing.choices(db, self.leader, self.plan, kind)
            how.setdefault("chosen", chosen)
            return preparing.add_round(db, self.leader, self.plan, self.board, self.version, kind, **how)  # type: ignore[arg-type]

    def ranking(self) -> int:
        """A round in which two of three projects can be paid, or one of two."""
        chosen = [
            Choice(one, f"项目{place}", cost=cost) for place, (one, cost) in enumerate(zip(self.projects, (60, 40, 30), strict=False))
        ]
        return self.round(RoundKind.RANK, chosen=chosen, budget_yuan=sum(one.cost or 0.0 for one in chosen) - 30)

    def go(self, state: BoardState) -> None:
        with self.house.database.writing() as db:
            service.go(db, self.leader, self.plan, self.board, self.version, state)

    def open(self) -> None:
        self.go(BoardState.OPEN)
        self.make_link()

    def make_link(self) -> None:
        with self.house.database.writing() as db:
            self.token = service.open_link(db, self.leader, self.plan, self.board, self.version, SECRET)

    def lead_to(self, round_id: int) -> None:
        with self.house.database.writing() as db:
            service.show_round(db, self.leader, self.plan, self.board, self.version, round_id)

    def join(self, nickname: str, code: str = "") -> Seat:
        with self.house.database.writing() as db:
            return seats.join(db, self.token, nickname, code, "10.0.0.1")[0]

    def items(self, round_id: int) -> list[Item]:
        with self.house.database.reading() as db:
            return repository.items(db, [round_id])

    def ids(self, round_id: int) -> list[int]:
        return [one.id or 0 for one in self.items(round_id)]

    def give(self, seat: Seat, round_id: int, *points: int) -> None:
        with self.house.database.writing() as db:
            voices.give_points(db, seat, round_id, dict(zip(self.ids(round_id), points, strict=False)))

    def outcome(self, round_id: int) -> Outcome:
        with self.house.database.reading() as db:
            found = service.look(db, self.leader, self.plan, self.board)
        assert found is not None
        return next(one.outcome for one in found.rounds if one.id == round_id)

    def scores(self, round_id: int) -> dict[str, int]:
        return {one.item.text: one.score for one in self.outcome(round_id).results}
