"""A model's rewrite of a goal that does not pass. It writes words; figures are the goal's own or empty, and the rules judge what it wrote.

No transaction is held while the model is waited for.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from core.documents.answers.fence import harmless
from core.documents.answers.figures import unsupported
from core.documents.answers.plain import stripped
from core.errors import Unavailable
from core.goals.checking.check import problems
from core.goals.checking.verdict import Problem
from core.goals.draft import LONGEST_MADE_BY, LONGEST_NAME, LONGEST_SOURCE, LONGEST_TEXT, LONGEST_UNIT, MOST_INDICATORS
from core.goals.goal import OPERATORS, Goal, GoalIndicator, Kind, Operator
from core.goals.templates import of_library
from core.i18n import Language, Message
from core.llm import Model, prompts
from core.llm.lenient import OrNone, Part, Word
from core.strategy.environment.indicators import Indicator

PROMPT = "goals/rewrite"

_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "英文（English）"}
_OFFERED = 40
# What only people know is left empty in what a model proposes anew; that is no fault of its words.
_FOR_PEOPLE = ("no_value", "no_baseline")
_CHANGES: tuple[Operator, ...] = ("+", "-")
_RATES = {"%", "个百分点", "百分点", "percentage points"}
_NOTHING = Message("模型的改写没有比原来多通过一条规则，没有采用。您的目标没有改动。")


@dataclass(frozen=True)
class Rewritten:
    """A goal in a model's words, what made it, and the rules that it passes and the goal before it did not."""

    goal: Goal
    made_by: str
    mended: tuple[str, ...]


_Kind = Annotated[Word, Field(json_schema_extra={"enum": [kind.value for kind in Kind]})]
_Place = Annotated[Word, Field(json_schema_extra={"enum": [str(place) for place in range(MOST_INDICATORS + 1)]})]
_Operator = Annotated[Word, Field(json_schema_extra={"enum": [*OPERATORS]})]


class _Indicator(Part):
    part: _Kind = Kind.PERFORMANCE.value
    origin: _Place = ""
    name: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_NAME})] = ""
    operator: _Operator = ""
    unit: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_UNIT})] = ""
    source: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_SOURCE})] = ""


_Indicators = Annotated[list[_Indicator], OrNone, Field(json_schema_extra={"maxItems": MOST_INDICATORS})]


class _Goal(Part):
    pain_point: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_TEXT})] = ""
    behaviour: Annotated[Word, Field(json_schema_extra={"maxLength": LONGEST_TEXT})] = ""
    indicators: _Indicators = []


def rewrite(model: Model, goal: Goal, found: Sequence[Problem], library: Sequence[Indicator], project: str) -> Rewritten:
    """The goal of `project` rewritten where `found` says that something is wrong; of `library`, its first indicators are offered.

    Raises `Unavailable` when the model fails, writes a figure that the goal does not have, or passes no more rules than before.
    """
    prompt = prompts.load(PROMPT)
    offered = library[:_OFFERED]
    turns = prompt.fill(
        fence=f"goal-{secrets.token_hex(8)}",
        goal=_told(goal),
        language=_LANGUAGES[goal.language],
        library="\n".join(f"{one.facts.name}｜{one.facts.unit}｜{one.facts.source}" for one in offered),
        problems="\n".join(f"- {one.field or 'project'}: {harmless(one.message.render(goal.language))}" for one in found),
        project=harmless(project),
    )
    answer = model.structured(turns, _Goal)
    better, fresh = _put_together(goal, answer, {one.facts.name: one for one in library})
    known = "\n".join((_told(goal), project, *(one.facts.name for one in offered)))
    invented = unsupported("\n".join((better.pain_point, better.behaviour, *(one.name for _, _, one in better.indicators()))), known)
    if invented:
        numbers = Message.listed(sorted(f"{one.value:f}{one.scale}" for one in invented))
        raise Unavailable(Message("模型的改写里有目标中没有的数字（{numbers}），没有采用。您的目标没有改动。", numbers=numbers))
    mended = _mended(found, problems(better, library), fresh)
    if not mended:
        raise Unavailable(_NOTHING)
    return Rewritten(better, f"{prompt.stamp} · {model.name}"[:LONGEST_MADE_BY], mended)


def _mended(before: Sequence[Problem], after: Sequence[Problem], fresh: frozenset[str]) -> tuple[str, ...]:
    """The rules that are passed now and were not before; none where as many others fail instead."""
    left = {one.rule for one in after if not (one.rule in _FOR_PEOPLE and one.field.partition(".")[0] in fresh)}
    failed = {one.rule for one in before}
    return tuple(dict.fromkeys(one.rule for one in before if one.rule not in left)) if len(left) < len(failed - {"no_gap_or_theme"}) else ()


def _put_together(goal: Goal, answer: _Goal, library: Mapping[str, Indicator]) -> tuple[Goal, frozenset[str]]:
    """The goal in the model's words with its own figures, and the paths of the indicators that are new."""
    own = [one for _, _, one in goal.indicators()]
    parts: dict[Kind, list[GoalIndicator]] = {kind: [] for kind in Kind}
    fresh, used = set(), set[int]()
    for said in answer.indicators[:MOST_INDICATORS]:
        name = _clean(said.name, LONGEST_NAME)
        kind = next((one for one in Kind if one.value == said.part), Kind.PERFORMANCE)
        place = int(said.origin) - 1 if said.origin.isdecimal() else -1
        if not name or place in used or place >= len(own):
            continue
        if place < 0:
            fresh.add(f"{kind.value}[{len(parts[kind])}]")
        else:
            used.add(place)
        parts[kind].append(_indicator(own[place] if place >= 0 else _known(library.get(name)), said, name))
    if not answer.indicators:
        parts = {Kind.PROCESS: list(goal.process), Kind.PERFORMANCE: list(goal.performance)}
    pain, behaviour = (_clean(text, LONGEST_TEXT) for text in (answer.pain_point, answer.behaviour))
    made = replace(goal, pain_point=pain or goal.pain_point, behaviour=behaviour or goal.behaviour)
    return replace(made, process=tuple(parts[Kind.PROCESS]), performance=tuple(parts[Kind.PERFORMANCE])), frozenset(fresh)


def _known(indicator: Indicator | None) -> GoalIndicator:
    return of_library(indicator) if indicator else GoalIndicator()


def _indicator(own: GoalIndicator, said: _Indicator, name: str) -> GoalIndicator:
    """An indicator in the model's words. Where it has a value, neither its unit nor whether it is a level or a change is the model's."""
    operator = next((one for one in OPERATORS if one == said.operator), own.operator) or own.operator
    unit = _clean(said.unit, LONGEST_UNIT) or own.unit
    if own.value is not None:
        operator = operator if own.operator == "" or (operator in _CHANGES) == (own.operator in _CHANGES) else own.operator
        unit = own.unit if own.unit and not {own.unit, unit} <= _RATES else unit
    return replace(own, name=name, operator=operator, unit=unit, source=_clean(said.source, LONGEST_SOURCE) or own.source)


def _clean(text: str, most: int) -> str:
    return " ".join(stripped(text).split())[:most]


def _told(goal: Goal) -> str:
    lines = [f"pain_point: {harmless(goal.pain_point)}", f"behaviour: {harmless(goal.behaviour)}"]
    for number, (kind, _, one) in enumerate(goal.indicators(), 1):
        figures = [f"{name}={getattr(one, name):g}" for name in ("value", "baseline", "per_head") if getattr(one, name) is not None]
        facts = " ".join((one.operator, *figures, harmless(one.unit), harmless(one.source)))
        lines.append(f"{number}. {kind.value}: {harmless(one.name)} {facts}")
    lines += [f"headcount: {goal.headcount}", f"due_days: {goal.due_days}"]
    return "\n".join(lines)
