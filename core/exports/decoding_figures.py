"""The figures of the chapter on decoding, each with how it was counted."""

from __future__ import annotations

from core.exports.decoding_contents import Contents
from core.i18n import Message
from core.strategy.findings import FindingKind
from core.strategy.tables import FindingState

Line = tuple[Message, Message, Message]


class Figures:
    """What a plan's decoding amounts to: name, value, and how the value comes about."""

    def __init__(self, contents: Contents) -> None:
        self._is = contents

    def lines(self) -> list[Line]:
        """All figures, in the order in which one asks."""
        return [*self._findings(), *self._themes(), *self._focus()]

    def _findings(self) -> list[Line]:
        found = self._is
        decided = found.number(FindingState.ACCEPTED, FindingState.REJECTED, FindingState.MERGED)
        total = decided + found.number(FindingState.PENDING)
        targets, tasks = found.accepted(FindingKind.TARGET), found.accepted(FindingKind.TASK)
        capabilities, seeds = found.accepted(FindingKind.CAPABILITY), found.accepted(FindingKind.THEME)
        how = Message(
            "量化目标 {targets} + 核心任务 {tasks} + 能力要求 {capabilities} + 主题来源 {seeds}",
            targets=targets,
            tasks=tasks,
            capabilities=capabilities,
            seeds=seeds,
        )
        share = Message("{share}%", share=f"{100 * decided / total:.0f}") if total else Message("—")
        return [
            (Message("解码的文件"), _number(len(found.sources)), Message("为本计划解码过的文件，各取一个版次")),
            (Message("采纳的发现"), _number(len(found.rows)), how),
            (Message("已决定的比例"), share, Message("已采纳、不采纳、已合并共 {n} 条 ÷ 全部 {total} 条", n=decided, total=total)),
        ]

    def _themes(self) -> list[Line]:
        seen, local = self._is.seen, self._is.local
        grouped = sum(len(view.members) for view in seen.themes)
        done = sum(one.lack is None for one in local)
        confirmed = sum(not link.suggested for link in seen.links)
        clauses = sum(clause.lack is None for one in local for clause in one.clauses)
        return [
            (
                Message("主题个数"),
                _number(len(seen.themes)),
                Message("归入 {n} 条发现，未归入 {left} 条", n=grouped, left=len(seen.ungrouped)),
            ),
            (Message("主题权重合计"), Message("{share}%", share=f"{seen.weight:g}"), Message("各主题权重之和，应为 100%")),
            (Message("因果关系"), _number(confirmed), Message("只数已确认的，另有 {n} 条建议未确认", n=len(seen.links) - confirmed)),
            (
                Message("已本地化的主题"),
                Message("{done} / {total}", done=done, total=len(local)),
                Message("至少一条总行条款有分行版本且有分行事实支撑（共 {n} 条），或没有总行条款", n=clauses),
            ),
            (
                Message("文件之间的不一致"),
                _number(len(self._is.conflicts)),
                Message("采纳的目标中，指标、期限相同而数值不同的"),
            ),
        ]

    def _focus(self) -> list[Line]:
        rows = self._is.focus
        anchored = sum(bool(row.anchored_at) for row, _ in rows)
        return [(Message("锚定的重点"), _number(anchored), Message("已评 {n} 行业务线 × 岗位中，由人锚定的", n=len(rows)))]


def _number(value: int) -> Message:
    return Message("{value}", value=f"{value:,}")
