"""What workshops are made of, and how much of each there may be."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from core.i18n import Message

POINTS = 10
LONGEST_TITLE, LONGEST_QUESTION, LONGEST_NICKNAME, LONGEST_TEXT, LONGEST_DETAIL = 60, 120, 16, 200, 400
MOST_ROUNDS, MOST_ITEMS, MOST_GUESTS, MOST_OF_ONE, MOST_CODES = 12, 40, 500, 8, 300
HOURS, MOST_HOURS = 12, 168


class BoardState(StrEnum):
    """How far a board is: being prepared, taking voices, shown but taking none, over."""

    DRAFT = "draft"
    OPEN = "open"
    FROZEN = "frozen"
    CLOSED = "closed"


class RoundKind(StrEnum):
    """What guests do in a round."""

    VOTE = "vote"
    PAIN = "pain"
    REACT = "react"
    RANK = "rank"


class Reaction(IntEnum):
    """What a guest thinks of a goal."""

    DISAGREE = -1
    UNCLEAR = 0
    AGREE = 1


class Target(StrEnum):
    """What of the plan a result went into."""

    THEME = "theme"
    NEED = "need"
    GOAL = "goal"
    PROJECT = "project"


BOARD_STATE_NAMES = {
    BoardState.DRAFT: Message("准备中"),
    BoardState.OPEN: Message("进行中"),
    BoardState.FROZEN: Message("已冻结"),
    BoardState.CLOSED: Message("已结束"),
}
ROUND_NAMES = {
    RoundKind.VOTE: Message("给主题投分"),
    RoundKind.PAIN: Message("提痛点"),
    RoundKind.REACT: Message("评目标"),
    RoundKind.RANK: Message("在预算内选项目"),
}
# What guests read above a round that has no question of its own.
ROUND_QUESTIONS = {
    RoundKind.VOTE: Message("哪些主题今年最要紧？每人 10 分，分给您看重的主题。"),
    RoundKind.PAIN: Message("业务上最疼的是什么？写一条，也可以附议别人的。"),
    RoundKind.REACT: Message("这些目标您认不认？不认的，请改写。"),
    RoundKind.RANK: Message("钱只有这么多，您会办哪些项目？"),
}
REACTION_NAMES = {Reaction.AGREE: Message("同意"), Reaction.UNCLEAR: Message("不清楚"), Reaction.DISAGREE: Message("不同意")}
TARGET_NAMES = {
    Target.THEME: Message("主题权重"),
    Target.NEED: Message("培训需求"),
    Target.GOAL: Message("项目目标"),
    Target.PROJECT: Message("项目紧迫度"),
}
