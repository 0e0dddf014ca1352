"""The year on one screen in words: put together once, for the page and for the light page that a link opens on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.exports.leadership.words import Words
from core.goals.goal import LEVEL_NAMES
from core.i18n import Language, Message
from core.review.executive.bars import LevelBar
from core.review.executive.judging import BEHIND, VERDICT_NAMES, Verdict
from core.review.executive.service import Executive, LevelTile, WarningTile, owed_by
from core.review.warnings.terms import ADVICE_NAMES, LINK_NAMES, STATUS_NAMES, Status

_FEW = 3
_WHOLE = 100.0
# What each figure is and how it is counted.
_HOW = (
    (Message("课次"), Message("已发布排期里有时间的课；上完的是结束日期在今天以前的。")),
    (Message("人数和人次"), Message("到课登记里来过的人，每人只数一次；人次是每节课一次。少于 5 人不显示。")),
    (Message("钱"), Message("预算页的计划、已承诺、已发生；同一笔取已承诺和已发生中大的。")),
    (Message("回报"), Message("隔离后收益减成本再除以成本；没有隔离系数的收益不算。")),
    (
        Message("判断"),
        Message(
            "有超出预算上限（限制性）或应当止损的项目是偏离；有预警、层级不到 {least} 分、欠登记、欠结果是要盯；"
            "没有这些、又有上完的课或结果，才是按计划。",
            least=round(BEHIND),
        ),
    ),
)


@dataclass(frozen=True)
class Tile:
    """A figure, what it is called, and what it rests on. `key` tells which it is: sessions, people, money or return."""

    key: str
    name: str
    value: str
    rests_on: str


@dataclass(frozen=True)
class Alarm:
    """A project that is warned of. `stop`: stopping is suggested."""

    name: str
    stop: bool
    status: str
    said: str


@dataclass(frozen=True)
class YearSheet:
    """The year in the words of one language, as plain text. `bars` is empty where no level was measured; `decisions` where none waits."""

    where: str
    verdict: Verdict
    headline: str
    reasons: tuple[str, ...]
    tiles: tuple[Tile, ...]
    levels: str
    bars: tuple[LevelBar, ...]
    scale: str
    warned: str
    alarms: tuple[Alarm, ...]
    also: tuple[str, ...]
    decisions: tuple[str, ...]
    how: tuple[tuple[str, str], ...]


def year_sheet(found: Executive, language: Language) -> YearSheet:
    """The year in words. No name of a person is in it: `Executive` has none."""
    say = Words(language)
    where = Message("{unit} · {year} 年 · 截至{day}", unit=found.unit, year=str(found.year), day=say.day(found.as_of))
    measured = [one for one in found.levels if one.score is not None]
    last = Message("；竖线是 {year} 年", year=str(found.before_year)) if found.before_year else ""
    scale = [say(Message("满分 100：各指标达成率按权重平均，每项最多计 100%{last}。", last=last))]
    if found.hidden:
        scale.append(say(Message("{n} 个指标人数不足 5，不显示，也不计入您看到的得分。", n=found.hidden)))
    return YearSheet(
        where=say(where),
        verdict=found.verdict,
        headline=say(VERDICT_NAMES[found.verdict]),
        reasons=tuple(_reasons(found, say)),
        tiles=(_sessions(found, say), _people(found, say), _money(found, say), _return(found, say)),
        levels=say(_levels(measured, say)),
        bars=tuple(_bar(one, say) for one in found.levels) if measured else (),
        scale=say.together(*scale),
        warned=say(_warned(found)),
        alarms=tuple(_alarm(one, say) for one in found.warnings[:_FEW]),
        also=tuple(say(one) for one in _also(found)),
        decisions=tuple(say(one) for one in _decisions(found)),
        how=tuple((say(name), say(text)) for name, text in _HOW),
    )


def across(score: float) -> float:
    """How far of the whole track a bar reaches, in per cent."""
    return max(0.0, min(_WHOLE, score))


def _reasons(found: Executive, say: Words) -> Iterable[str]:
    if not found.reasons and found.verdict is Verdict.ON_TRACK:
        yield say(Message("没有预警，没有超支，已有结果的层级都达到 {least} 分。", least=round(BEHIND)))
    yield from (say(one.text) for one in found.reasons)


def _sessions(found: Executive, say: Words) -> Tile:
    owed = say(Message("；{n} 节欠登记", n=found.unnoted)) if found.unnoted else ""
    return Tile("sessions", say(Message("课次进度")), f"{found.over} / {found.placed}", say(Message("已上完 / 全年已排")) + owed)


def _people(found: Executive, say: Words) -> Tile:
    if found.unknown:
        owed = Message("上完的 {n} 节课都还没有登记到课", n=found.over)
        return Tile("people", say(Message("参训人数")), say(Message("未登记")), say(owed))
    few = found.attendances is None
    rests_on = Message("不足 5 人，不显示") if few else Message("{count} 人次", count=f"{found.attendances:,}")
    return Tile("people", say(Message("参训人数")), "—" if found.people is None else f"{found.people:,}", say(rests_on))


def _money(found: Executive, say: Words) -> Tile:
    money = found.money
    rests_on = Message("还没有预算")
    if money.planned:
        share = f"{money.bound / money.planned:.0%}"
        rests_on = Message("预算 {money} 的 {share}", money=say.money(money.planned), share=share)
    return Tile("money", say(Message("已花和已承诺")), say.money(money.bound), say(rests_on))


def _return(found: Executive, say: Words) -> Tile:
    made = found.returned
    if made is None:
        return Tile("return", say(Message("回报")), "—", say(Message("还没有写明收益，或还没有花钱")))
    spread = Message("没有区间")
    if made.low is not None and made.high is not None:
        spread = Message("收益 {low}–{high}", low=say.money(made.low), high=say.money(made.high))
    rests_on = Message("{words}；不隔离的粗算 {naive}，不能当结论", words=spread, naive=f"{made.naive_roi:.0%}")
    high = say(Message("；{n} 个项目有收益、没登记成本，实际更低", n=found.uncosted)) if found.uncosted else ""
    return Tile("return", say(Message("回报（已归因隔离）")), f"{made.roi:.0%}", say(rests_on) + high)


def _levels(measured: list[LevelTile], say: Words) -> Message:
    if not measured:
        return Message("四级评估还没有结果")
    behind = [say(LEVEL_NAMES[one.level]) for one in measured if _behind(one)]
    if behind:
        return Message("四级达成：{levels}不到 {least} 分", levels=say.joined(behind), least=round(BEHIND))
    return Message("四级达成：有结果的 {n} 级都在 {least} 分以上", n=len(measured), least=round(BEHIND))


def _bar(one: LevelTile, say: Words) -> LevelBar:
    name = say(LEVEL_NAMES[one.level])
    if one.score is None:
        words = say(Message("没有结果") if one.wanted else Message("没有指标"))
        return LevelBar(name, None, one.before, False, words, f"{name}: {words}")
    label = say(Message("{score} · {measured}/{wanted} 项", score=round(one.score), measured=one.measured, wanted=one.wanted))
    counts = say(Message("{results} 条结果，单项最多 {people} 人", results=f"{one.attendances:,}", people=f"{one.people:,}"))
    return LevelBar(name, one.score, one.before, _behind(one), label, f"{name}: {label} · {counts}")


def _behind(one: LevelTile) -> bool:
    return one.score is not None and one.score < BEHIND


def _warned(found: Executive) -> Message:
    if found.warnings:
        return Message("{n} 个项目有预警", n=len(found.warnings))
    return Message("{n} 个能判断的项目都没有预警", n=found.judged) if found.judged else Message("还没有项目能判断，暂无预警")


def _alarm(one: WarningTile, say: Words) -> Alarm:
    weak = say(Message("弱在{link}", link=LINK_NAMES[one.weak])) if one.weak else ""
    done = say(Message("已有人在处理") if one.decided else Message("建议：{advice}", advice=ADVICE_NAMES[one.advice]))
    return Alarm(one.name, one.status is Status.STOP, say(STATUS_NAMES[one.status]), " · ".join(part for part in (weak, done) if part))


def _also(found: Executive) -> Iterable[Message]:
    if len(found.warnings) > _FEW:
        yield Message("另有 {n} 个。", n=len(found.warnings) - _FEW)
    if found.watched:
        yield Message("还有 {n} 个项目在关注，可能是偶然。", n=found.watched)


def _decisions(found: Executive) -> Iterable[Message]:
    for one in found.undecided[:_FEW]:
        yield Message("“{name}”要不要{advice}？", name=one.name, advice=ADVICE_NAMES[one.advice])
    if found.overdue_decisions:
        yield Message("{n} 项预警处理过了期限，要催办还是改期？", n=found.overdue_decisions)
    if found.overdue_meeting:
        yield Message("{n} 项复盘会决定过了期限，要催办还是改期？", n=found.overdue_meeting)
    for who, n in found.owed[:_FEW]:
        yield Message("{owner}还欠 {n} 项到期的结果，由谁去要？", owner=owed_by(who), n=n)
