"""The words in which ideas are spoken of: how urgent, of which kind, for what reason, how far decided."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Urgency(StrEnum):
    """紧迫度: how soon a project has to bear fruit."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ProjectKind(StrEnum):
    """Whether a project builds ability before it is needed (前置储能) or mends what is lacking now (即时赋能)."""

    PRE_EMPTIVE = "pre_emptive"
    PROBLEM_DRIVEN = "problem_driven"


class Match(StrEnum):
    """Why a post belongs to a theme: a person said so, their words are alike, or a person wrote the idea."""

    ASSIGNED = "assigned"
    LIKENESS = "likeness"
    PERSON = "person"


class Source(StrEnum):
    """Where an idea's competencies come from; `NONE`: nothing that was accepted names any."""

    CAPABILITY = "capability"
    TASK = "task"
    PERSON = "person"
    NONE = "none"


class IdeaState(StrEnum):
    """What people decided about an idea. An accepted one has a project."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Author(StrEnum):
    """Who wrote something."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


STATE_NAMES = {IdeaState.PENDING: Message("待定"), IdeaState.ACCEPTED: Message("已成为项目"), IdeaState.REJECTED: Message("未采纳")}
URGENCY_NAMES = {Urgency.HIGH: Message("紧迫"), Urgency.MEDIUM: Message("一般"), Urgency.LOW: Message("可缓")}
KIND_NAMES = {ProjectKind.PROBLEM_DRIVEN: Message("即时赋能"), ProjectKind.PRE_EMPTIVE: Message("前置储能")}
MATCH_NAMES = {
    Match.ASSIGNED: Message("在锚定重点里指定"),
    Match.LIKENESS: Message("按用词相近建议，请核对"),
    Match.PERSON: Message("由人提出"),
}
SOURCE_NAMES = {
    Source.CAPABILITY: Message("取自已采纳的能力要求"),
    Source.TASK: Message("取自已采纳的任务"),
    Source.PERSON: Message("由人填写"),
    Source.NONE: Message("还没有能力要求"),
}
