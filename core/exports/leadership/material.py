"""What documents are made of, read from the services as the person who makes them: each part once, and only when a section asks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property

from core import clock
from core.access.actor import Actor, shown_name
from core.delivery.budget import service as budget
from core.delivery.timetable import service as timetable
from core.delivery.timetable.service import SessionView
from core.exports.decoding_contents import Contents, gather
from core.exports.leadership.words import Words
from core.goals.chain import service as chain
from core.goals.chain.service import Alignment
from core.goals.service import GoalView
from core.i18n import Language, Message
from core.people.gaps import service as gaps
from core.people.gaps.gap import GroupGap
from core.people.gaps.naming import Names, names
from core.people.gates import HIDE
from core.people.scope import scope
from core.plans import service as plans
from core.review.conclusions import service as conclusions
from core.review.effects import service as effects
from core.review.executive import service as executive
from core.review.executive.service import Executive
from core.review.levels import service as levels
from core.review.levels.service import Levels
from core.review.returns import service as returns
from core.review.returns.service import ReturnsOverview
from core.review.warnings import service as warnings
from core.storage import Session
from core.strategy.ideas.terms import Urgency


class Material:
    """A plan as its reader sees it, on a day. Every figure is one that a page shows to the same person.

    `wide`: pictures are for slides; `pictured` False: there are none, as in a workbook.
    """

    def __init__(
        self,
        db: Session,
        actor: Actor,
        plan_id: int,
        language: Language,
        today: date | None = None,
        *,
        wide: bool = False,
        pictured: bool = True,
    ) -> None:
        self._db, self._actor, self.plan_id = db, actor, plan_id
        self.plan = plans.find(db, actor, plan_id)
        self.say, self.wide, self.pictured = Words(language), wide, pictured
        self.today = today or clock.today()

    @property
    def made_by(self) -> str:
        """Who makes the document."""
        return self.say(shown_name(self._actor.name))

    @cached_property
    def chapter(self) -> Contents:
        """What was decoded and accepted: themes, their words, the focus."""
        return gather(self._db, self._actor, self.plan_id)

    @cached_property
    def alignment(self) -> Alignment:
        """The chain from clauses to goals."""
        return chain.alignment(self._db, self._actor, self.plan_id, self.say.language)

    @cached_property
    def goals(self) -> list[GoalView]:
        """The projects with their goals, the most urgent first."""
        return sorted(self.alignment.goals.values(), key=lambda one: (list(Urgency).index(one.project.row.urgency), one.project.id))

    @cached_property
    def names(self) -> Names:
        """What units, posts and competencies are called."""
        return names(self._db, self._actor, self.say.language)

    @cached_property
    def all_gaps(self) -> list[GroupGap]:
        """The gaps of posts where somebody is below what is required, those that weigh most first."""
        found = gaps.groups(self._db, self._actor, "post")
        return sorted((one for one in found if one.lacking), key=lambda one: -one.severity)

    @cached_property
    def gaps(self) -> list[GroupGap]:
        """Those of groups that are large enough to be printed: a document travels further than the screen of whoever makes it."""
        return [one for one in self.all_gaps if one.measured >= HIDE and one.below is not None]

    @cached_property
    def sessions(self) -> list[SessionView]:
        """The sessions of the published timetable."""
        return timetable.sessions(self._db, self._actor, self.plan_id)

    @property
    def placed(self) -> list[SessionView]:
        """Those that have a day."""
        return [one for one in self.sessions if one.day is not None]

    @cached_property
    def timetable_version(self) -> int:
        """The number of the published timetable, 0 where none is."""
        return timetable.standing(self._db, self._actor, self.plan_id).version

    @cached_property
    def money(self) -> budget.Overview:
        """The money of the plan."""
        return budget.overview(self._db, self._actor, self.plan_id)

    @cached_property
    def levels(self) -> Levels:
        """The four levels."""
        return levels.overview(self._db, self._actor, self.plan_id, today=self.today)

    @cached_property
    def executive(self) -> Executive:
        """The year on one screen."""
        return executive.overview(self._db, self._actor, self.plan_id, self.today)

    @cached_property
    def returns(self) -> ReturnsOverview:
        """What training costs and returns."""
        return returns.overview(self._db, self._actor, self.plan_id, self.today, self.money)

    @cached_property
    def warnings(self) -> warnings.Board:
        """The early warnings."""
        return warnings.board(self._db, self._actor, self.plan_id, self.today, self.money)

    @cached_property
    def conclusions(self) -> conclusions.Board:
        """What was concluded."""
        return conclusions.board(self._db, self._actor, self.plan_id, self.today)

    @cached_property
    def designs(self) -> dict[int, effects.Said]:
        """How the people of each project were chosen."""
        return effects.designs(self._db, self._actor, self.plan_id)

    def effects(self, project_id: int) -> list[effects.MeasuredEffect]:
        """The effects of a project, empty where nobody said how its people were chosen."""
        said = self.designs.get(project_id)
        if said is None or said.design is None:
            return []
        return effects.effects(self._db, self._actor, self.plan_id, project_id, said.design)

    def project_sessions(self) -> Counter[int]:
        """How many sessions of each programme have a day."""
        return Counter(one.programme_id for one in self.placed)

    @property
    def version(self) -> str:
        """Which version of the plan this is made from."""
        number = self.timetable_version
        if not number:
            return self.say(Message("计划修订 {revision}，排期未发布", revision=self.plan.version or 0))
        return self.say(Message("计划修订 {revision}，排期第 {number} 版", revision=self.plan.version or 0, number=number))

    @property
    def reach(self) -> str:
        """For whose eyes the figures of people are."""
        seen = scope(self._db, self._actor)
        if seen.counted is None:
            return self.say(Message("全行汇总，不足 {few} 人的组不列", few=HIDE))
        units = self.say.joined(sorted(self.names.units.values())) or "—"
        return self.say(Message("能力数据只含 {units}，不足 {few} 人的组不列", units=units, few=HIDE))
