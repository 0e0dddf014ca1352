"""A concrete rewrite of a goal that does not pass, of the same shape.

Words, units, sources, indicators and deadlines may be proposed; what only people know is never invented: a value or baseline is taken
from the goal where it is stated, and is otherwise None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from core.goals.checking.check import problems
from core.goals.checking.names import Named, named
from core.goals.checking.relation import near, pieces, topics
from core.goals.checking.verdict import Problem, Verdict
from core.goals.checking.words import plain, spoken
from core.goals.goal import Goal, GoalIndicator, KirkpatrickLevel, Operator
from core.goals.templates import Template, of_library, templates
from core.i18n import Message
from core.strategy.environment.indicators import Indicator

_USUAL_DAYS = 90
_MOST_SHOWN = 2
_TURNED: dict[Operator, Operator] = {">=": "<=", "<=": ">=", "+": "-", "-": "+"}
_POINTS = {"zh": "个百分点", "en": "percentage points"}
# What is counted, by the last words of a name: the unit that goes with it.
_COUNTED = {
    "zh": (
        ("率", "%"),
        ("占比", "%"),
        ("比例", "%"),
        ("客户", "户"),
        ("商户", "户"),
        ("农户", "户"),
        ("户", "户"),
        ("人数", "人"),
        ("件数", "件"),
        ("投诉", "件"),
        ("笔数", "笔"),
        ("次数", "次"),
        ("天数", "天"),
        ("场次", "场"),
        ("张数", "张"),
        ("差错", "笔"),
        ("报告", "份"),
    ),
    "en": (
        ("rate", "%"),
        ("ratio", "%"),
        ("share", "%"),
        ("coverage", "%"),
        ("customers", "customers"),
        ("clients", "customers"),
        ("complaints", "cases"),
        ("errors", "cases"),
        ("accounts", "accounts"),
        ("merchants", "merchants"),
        ("visits", "visits"),
        ("cases", "cases"),
    ),
}


def check(goal: Goal, library: Sequence[Indicator], about: str = "", showing: Sequence[Indicator] = ()) -> Verdict:
    """What is wrong with a goal, and a rewrite where one can honestly be offered.

    `library` is what the bank measures, in the goal's language; `about` says more of what the goal is for, such as its project's name;
    `showing` are indicators that show the project's competencies.
    """
    found = problems(goal, library)
    return Verdict(found, suggestion(goal, found, library, about, showing) if found else None)


def suggestion(
    goal: Goal, found: Sequence[Problem], library: Sequence[Indicator], about: str = "", showing: Sequence[Indicator] = ()
) -> Goal | None:
    """The goal rewritten where `found` says that something is wrong; None where all that could be done is to take figures away."""
    by_field: dict[str, set[str]] = defaultdict(set)
    for one in found:
        by_field[one.field.partition(".")[0]].add(one.rule)
    scene = _scene(goal, by_field, library, about)
    better = _texts(goal, by_field, scene, library)
    results = _offered(better, scene, library, showing)
    better = replace(
        better,
        process=_all(better, "process", by_field, scene, library, results),
        performance=_all(better, "performance", by_field, scene, library, results),
    )
    if "performance" in by_field:
        better = _results(better, by_field["performance"], results)
    if "due_days" in by_field:
        better = replace(better, due_days=scene.goal.due_days if scene else _USUAL_DAYS)
    if "headcount" in by_field:
        better = replace(better, headcount=None)
    return better if better != _without_wrong_figures(goal, better) else None


def _without_wrong_figures(goal: Goal, better: Goal) -> Goal:
    """The goal with nothing but the figures taken away that `better` takes away."""

    def cleared(old: tuple[GoalIndicator, ...], new: tuple[GoalIndicator, ...]) -> tuple[GoalIndicator, ...]:
        return (
            tuple(
                replace(
                    one, value=one.value if other.value is not None else None, baseline=one.baseline if other.baseline is not None else None
                )
                for one, other in zip(old, new, strict=False)
            )
            + old[len(new) :]
        )

    headcount = goal.headcount if better.headcount is not None else None
    return replace(
        goal, process=cleared(goal.process, better.process), performance=cleared(goal.performance, better.performance), headcount=headcount
    )


def _scene(goal: Goal, by_field: dict[str, set[str]], library: Sequence[Indicator], about: str) -> Template | None:
    """The scenario that a goal is of; None where nothing tells. What is sound in it tells first, else what only names a subject:
    提升高质量拓客能力 shows no act, and yet it is about 拓客."""
    return _told(goal, by_field, library, about) or _told(goal, {}, library, f"{goal.pain_point}\n{goal.behaviour}")


def _told(goal: Goal, by_field: dict[str, set[str]], library: Sequence[Indicator], about: str) -> Template | None:
    sound = [about]
    sound += [goal.pain_point] if "pain_point" not in by_field else []
    sound += [goal.behaviour] if "behaviour" not in by_field else []
    if "unrelated" not in by_field.get("performance", ()):
        # What is watched in training (tests, course ratings) says little of the business.
        read = (named(one, library) for one in goal.performance)
        sound += [one.one.name for one in read if not one.is_reaction and not one.measures_nothing]
    text = plain("\n".join(sound))
    subjects, said = topics(text), pieces(text)

    def fit(one: Template) -> tuple[int, int]:
        return len(one.topics & subjects), len(said & pieces(plain(f"{one.goal.pain_point}{one.goal.behaviour}{one.name}")))

    # A subject is wide: 员工离职 is no trouble of new staff. Some of the scenario's own words are to stand in the goal too.
    fitting = [one for one in templates(goal.language) if all(fit(one))]
    return max(fitting, key=fit, default=None)


def _texts(goal: Goal, by_field: dict[str, set[str]], scene: Template | None, library: Sequence[Indicator]) -> Goal:
    if "behaviour" in by_field and scene is not None:
        goal = replace(goal, behaviour=scene.goal.behaviour)
    if "pain_point" in by_field and (stated := _stated(goal, library)):
        goal = replace(goal, pain_point=stated)
    return goal


def _stated(goal: Goal, library: Sequence[Indicator]) -> str:
    """The trouble that the goal's own figures state: where a result stands today, short of its target."""
    for one in goal.performance:
        read = named(one, library)
        told = one.value is not None and one.baseline is not None and one.operator in (">=", "<=", "=")
        if told and not read.measures_nothing and not read.is_reaction:
            unit = f" {one.unit}" if spoken(one.unit) == "en" and one.unit[:1].isalpha() else one.unit
            now = Message(
                "{name}目前为 {baseline}{unit}，与目标 {value}{unit} 有差距",
                name=one.name,
                baseline=f"{one.baseline:g}",
                value=f"{one.value:g}",
                unit=unit,
            )
            return now.render(goal.language)
    return ""


def _all(
    goal: Goal,
    part: str,
    by_field: dict[str, set[str]],
    scene: Template | None,
    library: Sequence[Indicator],
    results: Sequence[GoalIndicator],
) -> tuple[GoalIndicator, ...]:
    some: tuple[GoalIndicator, ...] = getattr(goal, part)
    # Each that measures nothing is replaced by a result that the goal does not name yet.
    have = {one.name for one in goal.performance}
    fresh = iter(one for one in results if one.name not in have)
    rules = [by_field.get(f"{part}[{place}]", set()) for place in range(len(some))]
    return tuple(
        next(fresh, one) if "no_metric" in wrong else _mended(goal, one, wrong, scene, library)
        for one, wrong in zip(some, rules, strict=True)
    )


def _mended(goal: Goal, one: GoalIndicator, rules: set[str], scene: Template | None, library: Sequence[Indicator]) -> GoalIndicator:
    read = named(one, library)
    if "no_unit" in rules:
        one = replace(one, unit=_unit(read))
    if "percent_or_points" in rules:
        one = replace(one, unit="%" if read.in_points else _POINTS[goal.language])
    if "no_data_source" in rules:
        one = replace(one, source=_source(read, scene, library) or one.source)
    if "target_below_baseline" in rules:
        one = _turned(one, goal, library)
    if "out_of_range" in rules:
        one = replace(one, value=None)
    if "arithmetic" in rules and one.value is not None and goal.headcount:
        one = replace(one, per_head=round(one.value / goal.headcount, 2))
    return one


def _unit(read: Named) -> str:
    if read.known is not None:
        return read.known.facts.unit
    return next((unit for end, unit in _COUNTED[read.language] if read.name.endswith(end)), "")


def _source(read: Named, scene: Template | None, library: Sequence[Indicator]) -> str:
    if read.known is not None:
        return read.known.facts.source
    own, said = topics(read.name), pieces(read.name)
    close = [one for one in library if own & topics(plain(one.facts.name)) and said & pieces(plain(one.facts.name))]
    if close:
        return max(close, key=lambda one: len(said & pieces(plain(one.facts.name)))).facts.source
    return scene.goal.performance[0].source if scene else ""


def _turned(one: GoalIndicator, goal: Goal, library: Sequence[Indicator]) -> GoalIndicator:
    """The operator turned round where that mends it, else the value left to people."""
    if not named(one, library).better:
        return replace(one, value=None)
    turned = replace(one, operator=_TURNED.get(one.operator, one.operator))
    alone = replace(goal, process=(), performance=(turned,))
    still = {problem.rule for problem in problems(alone, library)}
    return turned if "target_below_baseline" not in still else replace(one, value=None)


def _offered(goal: Goal, scene: Template | None, library: Sequence[Indicator], showing: Sequence[Indicator]) -> tuple[GoalIndicator, ...]:
    """Results to propose, without figures: those that show the project's competencies and fit what is done, else those that the goal's
    own words name, else those of the scene."""
    shown = [of_library(one) for one in showing if one.facts.level == KirkpatrickLevel.RESULTS]
    if scene is not None:
        names = {one.name for one in shown}
        own = [one for one in scene.goal.performance if one.name in names] or _spoken_of(goal, library) or _of_scene(goal, scene)
        return tuple(replace(one, value=None, per_head=None) for one in own)
    fitting = [one for one in shown if _fits(goal, one, library)]
    return tuple((fitting or _spoken_of(goal, library))[:_MOST_SHOWN])


def _of_scene(goal: Goal, scene: Template) -> Sequence[GoalIndicator]:
    """The scenario's results, without those of a subject far from what the goal's own words speak of; all where that leaves none."""
    around = near(topics(plain(f"{goal.pain_point}\n{goal.behaviour}")))
    return [one for one in scene.goal.performance if topics(plain(one.name)) <= around] or scene.goal.performance


def _spoken_of(goal: Goal, library: Sequence[Indicator]) -> list[GoalIndicator]:
    """The results of the library that trouble and behaviour name at least by half, the nearest first: 柜面差错多 speaks of 业务差错率."""
    text = plain(f"{goal.pain_point}\n{goal.behaviour}")
    said, around = pieces(text), near(topics(text))
    counted = {one.name for each in templates(goal.language) for one in each.goal.performance}
    found: list[tuple[float, GoalIndicator]] = []
    for known in library:
        name = plain(known.facts.name)
        own = pieces(name)
        share = len(own & said) / len(own) if own else 0.0
        is_result = known.facts.level == KirkpatrickLevel.RESULTS or known.facts.name in counted
        if is_result and share >= 0.5 and topics(name) & around:
            found.append((share, of_library(known)))
    ranked = [one for _, one in sorted(found, key=lambda pair: -pair[0])]
    return [one for one in ranked if _fits(goal, one, library)][:_MOST_SHOWN]


def _fits(goal: Goal, one: GoalIndicator, library: Sequence[Indicator]) -> bool:
    return "unrelated" not in {problem.rule for problem in problems(replace(goal, performance=(one,)), library)}


def _results(goal: Goal, rules: set[str], results: tuple[GoalIndicator, ...]) -> Goal:
    """These results in place of none, of reactions alone (which go on being watched), or of another subject's."""
    if not results:
        return goal
    if "satisfaction_only" in rules:
        watched = tuple(replace(one, level=KirkpatrickLevel.REACTION) for one in goal.performance)
        return replace(goal, process=(*goal.process, *watched), performance=results)
    return replace(goal, performance=results)
