"""Days, slots and broken rules in words."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import Message
from core.schedule.entities import Calendar, Id
from core.schedule.schedule import Rule

# The values of messages that are ids, or several of them.
_IDS = {"subject", "session", "names", "venue", "department", "trainer", "person"}


def when(calendar: Calendar, slot: int) -> Message:
    """A slot in words: the date, or the number of the day, and the half day or period of it."""
    day, at = divmod(slot, calendar.slots_per_day)
    date: object = Message("第 {day} 天", day=day + 1) if calendar.dates is None else calendar.dates[day].isoformat()
    if calendar.slots_per_day == 1:
        return Message("{date}", date=date)
    halves = (Message("上午"), Message("下午"))
    part = halves[at] if calendar.slots_per_day == 2 else Message("第 {period} 节", period=at + 1)
    return Message("{date} {part}", date=date, part=part)


def broken(rule: Rule, subject: Id) -> Message:
    """A broken rule as a short clause: what is wrong, and with whom or what."""
    return _clauses(subject)[rule]


def named(message: Message, names: Mapping[str, str]) -> Message:
    """The message with the names of those whom it mentions by id. Ids must be distinct over all kinds; those without a name stay."""
    return Message(message.text, **{key: _named(key, value, names) for key, value in message.values})


def _named(key: str, value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, Message):
        # The words of a list are called by their numbers, and are what the list is.
        return Message(value.text, **{at: _named(key if at.isdigit() else at, one, names) for at, one in value.values})
    if key not in _IDS or not isinstance(value, str | int):
        return value
    return names.get(str(value), str(value))


def _clauses(subject: Id) -> dict[Rule, Message]:
    return {
        Rule.TRAINER_EXCLUSIVE: Message("讲师 {subject} 这时在上别的课", subject=subject),
        Rule.VENUE_EXCLUSIVE: Message("场地 {subject} 这时已有别的课", subject=subject),
        Rule.COHORT_EXCLUSIVE: Message("班次 {subject} 这时有别的课", subject=subject),
        Rule.GROUP_EXCLUSIVE: Message("项目 {subject} 这时有别的课，同一项目的课不能同时上", subject=subject),
        Rule.PERSON_EXCLUSIVE: Message("学员 {subject} 这时在上别的课", subject=subject),
        Rule.CAPACITY: Message("场地 {subject} 座位不够", subject=subject),
        Rule.MAX_ABSENT: Message("部门 {subject} 同时离岗的人会超过上限", subject=subject),
        Rule.PERSON_MONTH: Message("学员 {subject} 这个月的培训时段会超过上限", subject=subject),
        Rule.TRAINER_MONTH: Message("讲师 {subject} 这个月的授课时段会超过上限", subject=subject),
        Rule.TRAINER_YEAR: Message("讲师 {subject} 全年的授课时段会超过上限", subject=subject),
        Rule.TRAINER_UNAVAILABLE: Message("讲师 {subject} 这时不在", subject=subject),
        Rule.VENUE_UNAVAILABLE: Message("场地 {subject} 这时不开放", subject=subject),
        Rule.BUDGET_YEAR: Message("全年预算不够"),
        Rule.BUDGET_QUARTER: Message("{subject} 季度预算不够", subject=subject),
        Rule.BLACKOUT: Message("项目 {subject} 这时禁排", subject=subject),
        Rule.STARTS: Message("不在这门课允许的开始时间之内"),
        Rule.EARLIEST: Message("早于这门课的最早日期"),
        Rule.NO_CROSSING: Message("会跨过不允许跨过的一天（如周末、假期）"),
        Rule.MORNING: Message("超过半天的课要从当天第一个时段开始"),
        Rule.CALENDAR: Message("到日历结束时还上不完"),
        Rule.AFTER: Message("与课次 {subject} 的先后间隔不合要求", subject=subject),
        Rule.PINNED: Message("与固定的时间、讲师或场地不符"),
        Rule.TRAINER_ELIGIBLE: Message("讲师 {subject} 不能讲这门课", subject=subject),
        Rule.VENUE_ELIGIBLE: Message("场地 {subject} 不能用于这门课", subject=subject),
    }
