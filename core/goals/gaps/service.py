"""Projects made of measured gaps: what can be proposed, and making them, with their goals and their links, in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, Role, require
from core.errors import BadInput, NotFound
from core.goals import service as goals
from core.goals.draft import Draft
from core.goals.gaps.drafting import Told, goal_of, project_of, themes_for
from core.i18n import Language, Message
from core.people import service as people
from core.people.certificates.naming import called as certificate
from core.people.competencies import Competency
from core.people.gaps import repository as people_rows
from core.people.gaps import service as gaps
from core.people.gaps.gap import GapKey, GroupGap, PersonGap, Reading
from core.people.gaps.naming import Names, names
from core.projects import service as projects
from core.projects.fitting import Fit
from core.projects.gaps import service as answering
from core.projects.gaps.facts import figures_of
from core.storage import Session
from core.strategy.environment.indicators import Indicator
from core.strategy.ideas.draft import Draft as ProjectDraft
from core.strategy.ideas.gathering import Material, gather
from core.strategy.themes.service import THEME_GONE

# Goals are read by executives and by other units' managers: their texts say no more of people than a reader of sums is told.
_READER_OF_SUMS = Actor(account_id=None, name="", roles=frozenset({Role.EXECUTIVE}))


@dataclass(frozen=True)
class Offer:
    """What projects can be made of: the chosen gaps, and the plan's themes with their clauses."""

    told: tuple[Told, ...]
    material: Material
    library: tuple[Indicator, ...]
    language: Language

    def fits(self, keys: Sequence[GapKey]) -> list[Fit]:
        """The themes that these of the gaps fit, the best first."""
        return themes_for(self.of(keys), self.material.themes)

    def project(self, keys: Sequence[GapKey], theme_id: int) -> ProjectDraft:
        """The project that answers these of the gaps for a theme. Raises `NotFound` where the theme is gone."""
        theme = next((one for one in self.material.themes if one.id == theme_id), None)
        if theme is None:
            raise NotFound(THEME_GONE)
        return project_of(self.of(keys), theme, self.material.themes, self.material.year, self.language)

    def goal(self, keys: Sequence[GapKey]) -> Draft:
        """The goal that these of the gaps begin."""
        return goal_of(self.of(keys), self.library, self.language)

    def of(self, keys: Sequence[GapKey]) -> list[Told]:
        """These of the gaps."""
        return [one for one in self.told if one.key in keys]


@dataclass(frozen=True)
class Wanted:
    """A project as a person wants it: which gaps it answers, for which theme, what it says, and how its goal begins."""

    keys: tuple[GapKey, ...]
    theme_id: int
    project: ProjectDraft
    goal: Draft


def offer(db: Session, actor: Actor, plan_id: int, keys: Sequence[GapKey], language: Language) -> Offer:
    """What can be made of these gaps. Gaps that are gone meanwhile are left out. Needs `DECIDE_STRATEGY`."""
    require(actor, Right.DECIDE_STRATEGY)
    called = names(db, actor, language)
    model = {one.row_id: one for one in people.competencies(db, actor, language) if one.taken}
    there = answering.measured_by_key(db, actor, set(keys))
    public = answering.measured_by_key(db, _READER_OF_SUMS, set(keys))
    lines = {post_id: row.line for post_id, row in people_rows.posts(db).items()}
    told = tuple(
        _told(db, actor, there[key], public.get(key), model[key.competency_id], called, lines, language)
        for key in dict.fromkeys(keys)
        if key in there and key.competency_id in model
    )
    return Offer(told, gather(db, actor, plan_id), tuple(goals.library(db, actor, language)), language)


def make(db: Session, actor: Actor, plan_id: int, wanted: Sequence[Wanted]) -> list[int]:
    """Make the projects, all of them or none: each answers its gaps and has its goal. `projects.undo` takes all of them back.

    Raises `BadInput` without a gap or where a purpose rests on no clause, `NotFound` where a theme or a gap is gone.
    """
    require(actor, Right.DECIDE_STRATEGY)
    if not wanted or not all(one.keys for one in wanted):
        raise BadInput(Message("请先选要补的能力短板。"))
    made = projects.create_all(db, actor, plan_id, [(one.theme_id, one.project) for one in wanted])
    db.flush()
    for project_id, one in zip(made, wanted, strict=True):
        answering.link(db, actor, project_id, one.keys)
        goals.save(db, actor, project_id, 0, one.goal)
    return made


def _told(
    db: Session,
    actor: Actor,
    gap: GroupGap,
    public: GroupGap | None,
    competency: Competency,
    called: Names,
    lines: dict[int, str],
    language: Language,
) -> Told:
    those = gaps.of_group(db, actor, gap.key)
    post = _commonest_post(db, actor, gap.key, those)
    place = answering.where(called, gap.key)
    return Told(
        key=gap.key,
        competency=competency.facts,
        where=place.render(language) if isinstance(place, Message) else place,
        post=called.posts.get(post, ""),
        line=lines.get(post, ""),
        levels=tuple(level for level, _ in Counter(one.required_level for one in those if one.required_level).most_common()),
        figures=figures_of(public) if public is not None else None,
        sources=tuple(
            dict.fromkeys(_source(reading, language) for one in those for reading in one.readings if reading.counts and reading.source)
        ),
    )


def _source(reading: Reading, language: Language) -> str:
    return certificate(reading.source, language) if reading.proof else reading.source


def _commonest_post(db: Session, actor: Actor, key: GapKey, those: Sequence[PersonGap]) -> int:
    """The post of the gap, or the one that most of those below what is required hold."""
    if key.post_id is not None:
        return key.post_id
    below = [one.employee_id for one in those if one.gap] or [one.employee_id for one in those]
    found = Counter(one.post_id for one in gaps.persons(db, actor, below).values() if one.post_id)
    return found.most_common(1)[0][0] if found else 0
