"""The words in which returns are spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Isolation(StrEnum):
    """How it was found out which part of a change is the training's (Phillips and Phillips, ten strategies, those that a bank can use)."""

    CONTROL = "control"
    TREND = "trend"
    MODEL = "model"
    PARTICIPANTS = "participants"
    MANAGERS = "managers"
    EXPERTS = "experts"


class Factor(StrEnum):
    """What a return is made of."""

    DELTA = "delta"
    VALUE = "value"
    ISOLATION = "isolation"
    CONFIDENCE = "confidence"
    COST = "cost"


class Basis(StrEnum):
    """Which money counts: what was paid, or what is planned."""

    ACTUAL = "actual"
    PLANNED = "planned"


class Per(StrEnum):
    """What efficiency is looked at by."""

    PROGRAMME = "programme"
    PLAN = "plan"
    TYPE = "type"


ISOLATION_NAMES = {
    Isolation.CONTROL: Message("对照组"),
    Isolation.TREND: Message("趋势外推"),
    Isolation.MODEL: Message("统计模型"),
    Isolation.PARTICIPANTS: Message("学员估计"),
    Isolation.MANAGERS: Message("上级估计"),
    Isolation.EXPERTS: Message("专家估计"),
}
FACTOR_NAMES = {
    Factor.DELTA: Message("变化量 Δ"),
    Factor.VALUE: Message("单位价值"),
    Factor.ISOLATION: Message("归因隔离系数"),
    Factor.CONFIDENCE: Message("置信系数"),
    Factor.COST: Message("成本"),
}
BASIS_NAMES = {Basis.ACTUAL: Message("已发生"), Basis.PLANNED: Message("计划")}
PER_NAMES = {Per.PROGRAMME: Message("项目"), Per.PLAN: Message("全年"), Per.TYPE: Message("费用类型")}
