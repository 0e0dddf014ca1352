"""What a project says that is made of measured gaps: its purpose from the theme's clauses, its goal from the figures and the library.

No figure is made up: where nobody knows a value it stays empty, and the check of goals says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.goals.checking.names import named
from core.goals.draft import LONGEST_NAME, LONGEST_SOURCE, LONGEST_TEXT, Draft, Line
from core.goals.goal import GoalIndicator, Kind, KirkpatrickLevel
from core.goals.templates import of_library
from core.i18n import Language, Message
from core.people.competencies import Facts
from core.people.gaps.gap import GapKey
from core.projects.fitting import Fit, Ground, fitting, is_among
from core.projects.gaps.facts import Figures
from core.strategy.environment.indicators import Indicator
from core.strategy.ideas.draft import LONGEST_NAME as LONGEST_PROJECT_NAME
from core.strategy.ideas.draft import LONGEST_PLACE, LONGEST_PURPOSE
from core.strategy.ideas.draft import Draft as ProjectDraft
from core.strategy.ideas.material import PostGiven, ThemeGiven
from core.strategy.ideas.proposing import idea_of
from core.strategy.ideas.wording import purpose_of

_MOST_RESULTS, _MOST_WATCHED = 2, 2
# What a goal's text has room for.
_MOST_TOLD = 4


@dataclass(frozen=True)
class Told:
    """A gap with all that is to be said of it. `where` is the unit or post; `post` who is trained, `line` theirs; `levels` are the levels
    that their posts require, the commonest first. `figures` may stand in a text that others read: None where they are too few people.
    """

    key: GapKey
    competency: Facts
    where: str
    post: str
    line: str
    levels: tuple[int, ...]
    figures: Figures | None
    sources: tuple[str, ...] = ()

    @property
    def level(self) -> int:
        """The level that is required of most."""
        return self.levels[0] if self.levels else 0

    @property
    def names(self) -> tuple[str, ...]:
        """All that the competency is called."""
        return (self.competency.name, *self.competency.aliases)


def themes_for(told: Sequence[Told], themes: Sequence[ThemeGiven]) -> list[Fit]:
    """The themes that these gaps fit, the best first: those that fit most of them, then the weightier ground."""
    by_theme: dict[int, list[Fit]] = {}
    for one in told:
        for fit in fitting(one.names, one.competency.definition, themes):
            by_theme.setdefault(fit.theme_id, []).append(fit)
    best = [max(fits, key=lambda fit: (fit.ground, fit.likeness)) for fits in by_theme.values()]
    return sorted(best, key=lambda fit: (-len(by_theme[fit.theme_id]), -fit.ground, -fit.likeness, fit.theme_id))


def project_of(told: Sequence[Told], theme: ThemeGiven, themes: Sequence[ThemeGiven], year: int, language: Language) -> ProjectDraft:
    """The project that answers these gaps for a theme, as the rules word it; a person edits it. What names the competency is among its
    clauses."""
    names = tuple(dict.fromkeys(one.competency.name for one in told))
    who = _joined(dict.fromkeys(one.where for one in told), language)
    post = _joined(dict.fromkeys(one.post for one in told if one.post), language)[:LONGEST_PLACE]
    line = next((one.line for one in told if one.line), "")[:LONGEST_PLACE]
    people = _people(told)
    given = PostGiven(0, line, _audience(told, language), people, _share_below(told))
    idea = idea_of(theme, given, names, themes, year)
    name = Message("{who} · {competencies}补强", who=who, competencies=_joined(names, language)).render(language)
    return ProjectDraft(
        name=_cut(name, LONGEST_PROJECT_NAME),
        purpose=purpose_of(idea, language)[:LONGEST_PURPOSE],
        finding_ids=tuple(dict.fromkeys([*(one.id for one in idea.clauses), *_naming(told, theme)])),
        line=line,
        post=post or _cut(who, LONGEST_PLACE),
        people=people,
        competencies=names,
        urgency=idea.judgement.urgency,
        kind=idea.judgement.kind,
    )


def goal_of(told: Sequence[Told], library: Sequence[Indicator], language: Language) -> Draft:
    """The goal that these gaps begin: what was measured, what people do at the level that is required, and what it moves."""
    shown = told[:_MOST_TOLD]
    pain = _sentences([_pain(one, language) for one in shown], language)
    behaviour = _sentences([done for one in shown if (done := _behaviour(one, language))], language)
    reached = [Line(Kind.PROCESS, _reached(one, language)) for one in shown]
    lines = (*reached, *_from_library(shown, library))
    return Draft(_cut(pain, LONGEST_TEXT), _cut(behaviour, LONGEST_TEXT), lines, _people(told), None, language)


def level_name(levels: Sequence[int]) -> str:
    """The level that is required, or the span of several: L3, L2–L4."""
    if not levels:
        return "—"
    low, high = min(levels), max(levels)
    return f"L{low}" if low == high else f"L{low}–L{high}"


def day(value: date, language: Language) -> str:
    """A date as it stands in a text."""
    return f"{value.year}年{value.month}月{value.day}日" if language == "zh" else value.strftime("%d %b %Y").lstrip("0")


def _pain(one: Told, language: Language) -> str:
    said: dict[str, object] = {"where": one.where, "competency": one.competency.name, "level": level_name(one.levels)}
    figures = one.figures
    if figures is None or figures.mean_gap is None:
        return Message("{where}的岗位要求“{competency}”达到 {level}，还有人没有达到（人数较少，这里不写明）", **said).render(language)
    said |= {"day": day(figures.as_of, language), "measured": figures.measured, "mean": f"{figures.mean_gap:.1f}"}
    if figures.below is None:
        told = Message("截至{day}，{where}的岗位要求“{competency}”达到 {level}，已测 {measured} 人，平均低于要求 {mean} 级", **said)
    else:
        told = Message(
            "截至{day}，{where}的岗位要求“{competency}”达到 {level}，已测 {measured} 人中 {below} 人低于要求，平均差 {mean} 级",
            below=figures.below,
            **said,
        )
    return told.render(language)


def _behaviour(one: Told, language: Language) -> str:
    done = one.competency.levels[one.level - 1] if one.level else ""
    return Message("{post}回岗后，{done}", post=one.post or one.where, done=done).render(language) if done else ""


def _reached(one: Told, language: Language) -> GoalIndicator:
    """The share of people at the level that is required: what it is today is measured, what it shall be is not made up."""
    if len(one.levels) == 1:
        name = Message("{competency}达到 L{level} 及以上的人数占比", competency=one.competency.name, level=one.level)
    else:
        name = Message("{competency}达到岗位要求的人数占比", competency=one.competency.name)
    met = one.figures.met if one.figures else None
    source = _joined(one.sources, language) or Message("能力测评").render(language)
    return GoalIndicator(
        _cut(name.render(language), LONGEST_NAME),
        ">=",
        unit="%",
        baseline=None if met is None else round(100 * met, 1),
        source=_cut(source, LONGEST_SOURCE),
        level=KirkpatrickLevel.LEARNING,
    )


def _from_library(told: Sequence[Told], library: Sequence[Indicator]) -> list[Line]:
    """What the competencies move: results first, and what is watched on the way."""
    known = {one.code: one for one in library if one.code}
    codes = dict.fromkeys(code for one in told for code in one.competency.indicators)
    some = [known[code] for code in codes if code in known]
    # A competency of the branch's own has no codes: the library says of its indicators which abilities move them.
    some = some or [known for known in library if any(is_among(name, known.facts.competencies) for one in told for name in one.names)]
    some = [one for one in some if not named(of_library(one), library).measures_nothing]
    results = [one for one in some if one.facts.level == KirkpatrickLevel.RESULTS][:_MOST_RESULTS]
    watched = [one for one in some if one.facts.level < KirkpatrickLevel.RESULTS][:_MOST_WATCHED]
    if not results:
        # What shows in people's conduct is the best result that the library has for them.
        results = [one for one in watched if one.facts.level == KirkpatrickLevel.BEHAVIOUR][:1]
        watched = [one for one in watched if one not in results]
    lines = [Line(Kind.PROCESS, of_library(one), code=one.key) for one in watched]
    return lines + [Line(Kind.PERFORMANCE, of_library(one), code=one.key) for one in results]


def _naming(told: Sequence[Told], theme: ThemeGiven) -> list[int]:
    """The findings of the theme that name these competencies."""
    fits = [fit for one in told for fit in fitting(one.names, one.competency.definition, [theme])]
    return [fit.finding_id for fit in fits if fit.ground > Ground.WORDS]


def _people(told: Sequence[Told]) -> int | None:
    """How many are to be trained: those below, where that may be told; of several gaps the largest, as the same people may have both."""
    below = [one.figures.below for one in told if one.figures is not None and one.figures.below]
    return max(below) if below else None


def _share_below(told: Sequence[Told]) -> float | None:
    met = [one.figures.met for one in told if one.figures is not None and one.figures.met is not None]
    return 1 - min(met) if met else None


def _audience(told: Sequence[Told], language: Language) -> str:
    """Who is trained, with their unit where that is what was measured."""
    between = "" if language == "zh" else " "
    whom = dict.fromkeys(one.where if one.post in ("", one.where) else f"{one.where}{between}{one.post}" for one in told)
    return _joined(whom, language)


def _joined(words: Iterable[str], language: Language) -> str:
    return Message.listed(words).render(language)


def _sentences(parts: Sequence[str], language: Language) -> str:
    if not parts:
        return ""
    return Message.listed(parts, between="；").render(language) + ("。" if language == "zh" else ".")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
