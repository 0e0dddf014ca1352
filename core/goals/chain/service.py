"""The alignment chain of a plan, as far as a reader may see it.

Clauses of documents that are closed to the reader are left out with all that was made of their words; gaps pass through the scope of
people and its gates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.access.actor import Actor
from core.goals import service as goals
from core.goals.chain.chain import Chain, ClausePart, GapPart, GoalPart, ProjectPart, ThemePart, build
from core.goals.chain.orphans import Broken, Coverage, broken, coverage
from core.goals.service import GoalView, Standing
from core.i18n import Language, Message
from core.people import repository as people_rows
from core.people.gaps import service as gaps
from core.people.gaps.gap import GapKey, GroupGap
from core.people.gaps.naming import Names, names
from core.projects import service as projects
from core.projects.gaps import service as answering
from core.projects.gaps.facts import Figures, figures_of
from core.projects.gaps.service import Answered, PlanGaps
from core.storage import Session
from core.strategy.findings import FindingKind
from core.strategy.ideas.judging import GREAT_GAP
from core.strategy.themes import localisation
from core.strategy.themes.accepted import Accepted
from core.strategy.themes.localisation import LocalTheme

LARGE_PEOPLE = 5
"""A gap is large from so many people below what is required on, when they are at least `GREAT_GAP` of the measured."""

MOST_LARGE = 10
_ORDER = (FindingKind.TASK, FindingKind.THEME, FindingKind.TARGET)


@dataclass(frozen=True)
class SeenGap:
    """A gap in the chain: what it is of, and its figures of today as far as the reader may see them."""

    key: GapKey
    competency: str
    where: str | Message
    today: Figures | None


@dataclass(frozen=True)
class Alignment:
    """The chain with what its nodes stand for. `withheld_gaps` lie outside of what the reader may see; of `withheld_projects` the purposes
    rest on documents that are closed to them."""

    chain: Chain
    broken: tuple[Broken, ...]
    coverage: tuple[Coverage, ...]
    clauses: Mapping[int, Accepted]
    gaps: Mapping[str, SeenGap]
    goals: Mapping[int, GoalView]
    withheld_gaps: int
    withheld_projects: int


def alignment(db: Session, actor: Actor, plan_id: int, language: Language) -> Alignment:
    """The plan's chain from clauses to goals. Raises `NotFound`."""
    local = localisation.local_themes(db, actor, plan_id)
    made = projects.projects(db, actor, plan_id, local)
    views = goals.goals(db, actor, plan_id, made)
    answered = answering.of_projects(db, actor, [view.id for view in made], language)
    called = names(db, actor, language)
    standing = [one for view in made for one in answered.of(view.id)]
    seen = {key_of(one.key): SeenGap(one.key, one.competency, one.where, one.today) for one in standing}
    for gap in _large(db, actor, standing):
        seen[key_of(gap.key)] = SeenGap(
            gap.key, called.competency(gap.key.competency_id), answering.where(called, gap.key), figures_of(gap)
        )
    themes = [_theme(one, language) for one in local]
    known = _called(db, called)
    parts = [_gap(key, one, known, language) for key, one in seen.items()]
    chained = [_project(view, answered, language) for view in views]
    clauses = {one.id: one for view in views if not view.project.cited.withheld for one in view.project.cited.clauses}
    clauses |= {member.finding.id: member.finding for one in local for member in one.view.members}
    return Alignment(
        chain=build(themes, parts, chained),
        broken=tuple(broken(themes, parts, chained)),
        coverage=tuple(coverage(themes, parts, chained)),
        clauses=clauses,
        gaps=seen,
        goals={view.project.id: view for view in views},
        withheld_gaps=sum(answered.withheld.values()),
        withheld_projects=sum(view.project.cited.withheld for view in views),
    )


def key_of(key: GapKey) -> str:
    """A gap's key as a word."""
    of = f"u{key.unit_id}" if key.unit_id is not None else f"p{key.post_id}" if key.post_id is not None else "all"
    return f"{key.competency_id}-{of}"


def figures_text(figures: Figures | None) -> Message:
    """The figures of a gap in a sentence."""
    if figures is None or figures.mean_gap is None:
        return Message("人数较少或没有测评，不显示数")
    said: dict[str, object] = {"measured": figures.measured, "mean": f"{figures.mean_gap:.1f}", "day": figures.as_of.isoformat()}
    if figures.below is None:
        return Message("已测 {measured} 人，平均低于要求 {mean} 级（{day}）", **said)
    return Message("已测 {measured} 人中 {below} 人低于要求，平均差 {mean} 级（{day}）", below=figures.below, **said)


def _large(db: Session, actor: Actor, standing: Sequence[Answered]) -> list[GroupGap]:
    """The largest gaps of posts in what no project answers anywhere that the reader sees."""

    def answers(one: Answered, gap: GroupGap) -> bool:
        return one.key.competency_id == gap.key.competency_id and one.key.post_id in (None, gap.key.post_id)

    found = [
        gap
        for gap in gaps.groups(db, actor, "post")
        if gap.below is not None
        and gap.below >= LARGE_PEOPLE
        and gap.below >= GREAT_GAP * gap.measured
        and not any(answers(one, gap) for one in standing)
    ]
    return sorted(found, key=lambda gap: -gap.severity)[:MOST_LARGE]


def _called(db: Session, called: Names) -> dict[int, tuple[str, ...]]:
    """All that each competency goes by."""
    return {
        row.id or 0: tuple(dict.fromkeys((called.competency(row.id or 0), row.name, *row.aliases))) for row in people_rows.competencies(db)
    }


def _theme(one: LocalTheme, language: Language) -> ThemePart:
    found = [member.finding for member in one.view.members]
    clauses = sorted((each for each in found if each.kind in _ORDER), key=lambda each: _ORDER.index(each.kind))
    # What asks for abilities by itself goes before what only needs them.
    asked = [each for each in found if each.kind is FindingKind.CAPABILITY] or [each for each in found if each.kind is FindingKind.TASK]
    abilities = dict.fromkeys(name for each in asked for name in each.competencies)
    return ThemePart(one.view.id, one.view.theme.name, _clauses(clauses or found, language), tuple(abilities))


def _clauses(some: Iterable[Accepted], language: Language) -> tuple[ClausePart, ...]:
    return tuple(ClausePart(one.id, one.text, _place(one, language)) for one in some)


def _place(one: Accepted, language: Language) -> str:
    return f"{one.document} · {Message('第 {page} 页', page=one.page).render(language)}"


def _gap(key: str, one: SeenGap, known: Mapping[int, tuple[str, ...]], language: Language) -> GapPart:
    where = one.where.render(language) if isinstance(one.where, Message) else one.where
    names_ = known.get(one.key.competency_id, (one.competency,))
    return GapPart(key, f"{one.competency} · {where}", names_, figures_text(one.today).render(language))


def _project(view: GoalView, answered: PlanGaps, language: Language) -> ProjectPart:
    project = view.project
    hidden = project.cited.withheld
    return ProjectPart(
        id=project.id,
        name=project.row.name,
        theme_id=project.theme.id if project.theme else None,
        clauses=() if hidden else _clauses(project.cited.clauses, language),
        competencies=() if hidden else tuple(project.row.competencies),
        gaps=tuple(key_of(one.key) for one in answered.of(project.id)),
        goal=_goal(view, language) if view.row is not None else None,
    )


def _goal(view: GoalView, language: Language) -> GoalPart:
    text = view.draft.behaviour or view.draft.pain_point or Message("还没有写行为目标").render(language)
    results = [one.name for one in view.draft.goal.performance if one.name]
    only_liked = any(one.rule == "satisfaction_only" for one in view.verdict.problems)
    settled = view.standing in (Standing.SUBMITTED, Standing.OVERRIDDEN)
    return GoalPart(text, settled, only_liked, Message.listed(results).render(language))
