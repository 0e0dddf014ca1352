"""What is different between two versions of a plan, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.approvals.contents import Contents, Figure, Item
from core.delivery.timetable.changes import changes
from core.i18n import Figure as InWords
from core.i18n import Message

_LEAST = 0.5
_TEN_THOUSAND = 10_000
# A change of fewer yuan cannot be seen in units of ten thousand with one digit behind the point.
_SEEN = 1000
_NOTHING = Message("空")


def differences(before: Contents, after: Contents) -> list[Message]:
    """What became of the plan: projects, then their goals and money, then sessions. Where one of both does not know the sessions and the
    money, nothing is said of these."""
    timed = before.timed and after.timed
    return [*_of_items(before, after, timed), *(_of_sessions(before, after) if timed else ())]


def money(yuan: float, *, small: bool = False) -> Message:
    """A sum: in Chinese in units of ten thousand yuan with one digit behind the point (`small`: with two below one such unit)."""
    digits = 2 if small and yuan and yuan < _TEN_THOUSAND else 1
    return InWords(f"{yuan / _TEN_THOUSAND:,.{digits}f} 万元", _english(yuan))


def _moved(then: float, now: float) -> dict[str, Message]:
    seen = abs(now - then) >= _SEEN

    def tens(yuan: float, sign: str = "") -> str:
        return f"{yuan / _TEN_THOUSAND:{sign},.1f}" if seen else f"{yuan / _TEN_THOUSAND:{sign},.4f}".rstrip("0").rstrip(".")

    change = InWords(tens(now - then, "+"), f"{'+' if now > then else '−'}{_english(abs(now - then))}")
    return {"change": change, "then": InWords(tens(then), _english(then)), "now": InWords(tens(now), _english(now))}


def _english(yuan: float) -> str:
    return f"¥{yuan:,.0f}"


def value_of(one: Figure) -> Message | str:
    """What is to be reached, in words: `≥ 80 户`."""
    if one.value is None:
        return _NOTHING
    sign = {">=": "≥ ", "<=": "≤ ", "=": "= ", "+": "+", "-": "−"}.get(one.operator, "")
    return f"{sign}{one.value:,.12g} {one.unit}".strip()


def _of_items(before: Contents, after: Contents, timed: bool) -> Iterator[Message]:
    then, now = {one.key: one for one in before.items}, {one.key: one for one in after.items}
    yield from (_added(one, timed) for one in after.items if one.key not in then)
    for one in before.items:
        if one.key not in now:
            yield Message("去掉项目“{project}”，原预算 {money}。", project=one.name, money=money(one.planned))
        elif now[one.key].withdrawn and not one.withdrawn:
            left = now[one.key]
            parts: dict[str, object] = {"project": one.name, "sessions": left.sessions, "money": money(left.planned)}
            yield Message("去掉项目“{project}”，它的 {sessions} 次课和 {money}预算还在排期里。", **parts)
    for one in after.items:
        if one.key in then and not one.withdrawn:
            yield from _of_item(then[one.key], one, timed)
    if timed and abs(after.planned - before.planned) >= _LEAST:
        yield Message("全年预算 {change} 万元（{then} → {now}）。", **_moved(before.planned, after.planned))


def _added(one: Item, timed: bool) -> Message:
    if not timed:
        return Message("新增项目“{project}”。", project=one.name)
    return Message("新增项目“{project}”，预算 {money}。", project=one.name, money=money(one.planned))


def _of_item(then: Item, now: Item, timed: bool) -> Iterator[Message]:
    if then.name != now.name:
        yield Message("项目改名：“{then}” → “{now}”。", then=then.name, now=now.name)
    if then.people != now.people:
        people = {"then": then.people if then.people is not None else _NOTHING, "now": now.people if now.people is not None else _NOTHING}
        yield Message("“{project}”人数 {then} → {now}。", project=now.name, **people)
    if then.pain_point != now.pain_point:
        texts = {"then": then.pain_point or _NOTHING, "now": now.pain_point or _NOTHING}
        yield Message("“{project}”业务痛点由“{then}”改为“{now}”。", project=now.name, **texts)
    if then.behaviour != now.behaviour:
        texts = {"then": then.behaviour or _NOTHING, "now": now.behaviour or _NOTHING}
        yield Message("“{project}”行为目标由“{then}”改为“{now}”。", project=now.name, **texts)
    yield from _of_figures(now.name, _named(then.figures), _named(now.figures))
    if timed and abs(now.planned - then.planned) >= _LEAST:
        yield Message("“{project}”预算 {change} 万元（{then} → {now}）。", project=now.name, **_moved(then.planned, now.planned))


def _named(figures: Sequence[Figure]) -> dict[tuple[str, str], Figure]:
    return {(one.part, one.name): one for one in figures}


def _of_figures(project: str, then: Mapping[tuple[str, str], Figure], now: Mapping[tuple[str, str], Figure]) -> Iterator[Message]:
    for key, one in now.items():
        if key not in then:
            yield Message("“{project}”增加指标“{name}”，目标值 {now}。", project=project, name=one.name, now=value_of(one))
        elif then[key] != one:
            values = {"then": value_of(then[key]), "now": value_of(one)}
            yield Message("“{project}”指标“{name}”目标值 {then} → {now}。", project=project, name=one.name, **values)
    for key, one in then.items():
        if key not in now:
            yield Message("“{project}”去掉指标“{name}”，原目标值 {then}。", project=project, name=one.name, then=value_of(one))


def _of_sessions(before: Contents, after: Contents) -> list[Message]:
    return [Message("课次 {change}", change=one.message) for one in changes(before.lines, after.lines)]
