"""What the chain lacks: things that lead nowhere or come from nowhere, and how much of each theme is followed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.goals.chain.chain import GapPart, ProjectPart, ThemePart, gap_id, goal_id, project_id, theme_id
from core.i18n import Message
from core.projects.fitting import is_among


class Orphan(StrEnum):
    """A place where the chain is broken, the gravest first."""

    PROJECT_WITHOUT_ORIGIN = "project_without_origin"
    THEME_WITHOUT_PROJECT = "theme_without_project"
    GAP_UNANSWERED = "gap_unanswered"
    SATISFACTION_ONLY = "satisfaction_only"
    PROJECT_WITHOUT_GOAL = "project_without_goal"
    GOAL_NOT_SUBMITTED = "goal_not_submitted"
    PROJECT_WITHOUT_THEME = "project_without_theme"
    PROJECT_WITHOUT_GAP = "project_without_gap"


ORPHAN_NAMES = {
    Orphan.PROJECT_WITHOUT_ORIGIN: Message("项目既没有主题，也没有短板"),
    Orphan.THEME_WITHOUT_PROJECT: Message("主题没有项目承接"),
    Orphan.GAP_UNANSWERED: Message("大短板没有项目来补"),
    Orphan.SATISFACTION_ONLY: Message("目标只量满意度"),
    Orphan.PROJECT_WITHOUT_GOAL: Message("项目没有目标"),
    Orphan.GOAL_NOT_SUBMITTED: Message("目标还没有提交"),
    Orphan.PROJECT_WITHOUT_THEME: Message("项目没有主题"),
    Orphan.PROJECT_WITHOUT_GAP: Message("项目没有对应的短板"),
}


@dataclass(frozen=True)
class Broken:
    """One such place: what it concerns, by its node in the chain, its name, and its row's number where it has one."""

    orphan: Orphan
    node: str
    name: str
    subject: int | None = None


@dataclass(frozen=True)
class Coverage:
    """How much of a theme is followed up: of the `capabilities` that its accepted findings ask for those in `covered`, each by a project
    of the theme that answers a measured gap in it and whose goal is submitted."""

    theme_id: int
    name: str
    capabilities: tuple[str, ...]
    covered: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """The covered share, 0 … 1; None where the theme asks for no ability by name: nothing can be said then."""
        return len(self.covered) / len(self.capabilities) if self.capabilities else None


def broken(themes: Sequence[ThemePart], gaps: Sequence[GapPart], projects: Sequence[ProjectPart]) -> list[Broken]:
    """All places where the chain is broken, the gravest first. `gaps` are those answered and the large ones that are not."""
    used = {one.theme_id for one in projects}
    answered = {key for one in projects for key in one.gaps}
    standing = {one.id for one in themes}
    found = [Broken(Orphan.THEME_WITHOUT_PROJECT, theme_id(one.id), one.name, one.id) for one in themes if one.id not in used]
    found += [Broken(Orphan.GAP_UNANSWERED, gap_id(one.key), one.name) for one in gaps if one.key not in answered]
    for project in projects:
        found.extend(_of_project(project, project.theme_id in standing))
    return sorted(found, key=lambda one: list(Orphan).index(one.orphan))


def coverage(themes: Sequence[ThemePart], gaps: Sequence[GapPart], projects: Sequence[ProjectPart]) -> list[Coverage]:
    """The coverage of each theme, in the order of the themes."""
    called = {one.key: one.competency for one in gaps}
    found = []
    for theme in themes:
        settled = [one for one in projects if one.theme_id == theme.id and one.goal is not None and one.goal.settled]
        trained = [names for one in settled for key in one.gaps if (names := called.get(key))]
        covered = tuple(name for name in theme.capabilities if any(is_among(name, names) for names in trained))
        found.append(Coverage(theme.id, theme.name, theme.capabilities, covered))
    return found


def _of_project(one: ProjectPart, has_theme: bool) -> Iterator[Broken]:
    node = project_id(one.id)
    if not has_theme and not one.gaps:
        yield Broken(Orphan.PROJECT_WITHOUT_ORIGIN, node, one.name, one.id)
    elif not has_theme:
        yield Broken(Orphan.PROJECT_WITHOUT_THEME, node, one.name, one.id)
    elif not one.gaps:
        yield Broken(Orphan.PROJECT_WITHOUT_GAP, node, one.name, one.id)
    if one.goal is None:
        yield Broken(Orphan.PROJECT_WITHOUT_GOAL, node, one.name, one.id)
        return
    if one.goal.satisfaction_only:
        yield Broken(Orphan.SATISFACTION_ONLY, goal_id(one.id), one.name, one.id)
    if not one.goal.settled:
        yield Broken(Orphan.GOAL_NOT_SUBMITTED, goal_id(one.id), one.name, one.id)
