"""Shares of methods and subjects: how much of the learning time is cases, fintech, customer insight, against what the plan aims at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.delivery.content.item import ItemFacts
from core.delivery.content.storing import Content
from core.delivery.content.terms import Method, ShareKind
from core.i18n import Language, Message


@dataclass(frozen=True)
class ShareFacts:
    """A share that is aimed at: at least `target` per cent. `methods` count where it is one of methods; where it is one of subjects an
    item counts that a person put into it, or whose name, text or competency holds one of `words`. `note`: where the figure is from."""

    name: str
    kind: ShareKind
    methods: tuple[Method, ...] = ()
    words: tuple[str, ...] = ()
    target: float = 0.0
    note: str = ""


@dataclass(frozen=True)
class Part:
    """The hours of a share in a project: `hours` of `whole`."""

    hours: float
    whole: float

    @property
    def share(self) -> float | None:
        """Per cent; None where there are no hours at all."""
        return 100 * self.hours / self.whole if self.whole else None


@dataclass(frozen=True)
class Share:
    """A share as it stands: over the plan, and by project for those that have hours."""

    facts: ShareFacts
    plan: Part
    by_project: Mapping[int, Part]

    @property
    def met(self) -> bool | None:
        """Whether the plan reaches it; None where there is nothing to count."""
        return None if self.plan.share is None else self.plan.share + 1e-9 >= self.facts.target

    @property
    def formula(self) -> Message:
        """How the figure came about."""
        if self.facts.kind is ShareKind.METHOD:
            return Message("{name} = 用这些方式的步骤的学时 {hours} ÷ 全部步骤的学时 {whole} = {share}%", **self._values())
        return Message("{name} = 属于这个主题的内容单元的学时 {hours} ÷ 全部内容单元的学时 {whole} = {share}%", **self._values())

    def _values(self) -> dict[str, object]:
        share = "—" if self.plan.share is None else f"{self.plan.share:.1f}"
        return {"name": self.facts.name, "hours": f"{self.plan.hours:g}", "whole": f"{self.plan.whole:g}", "share": share}


_NOTE = Message("示例默认值，取自公开的银行培训实践，请按本行的办法修改")


def defaults(language: Language) -> tuple[ShareFacts, ...]:
    """What is aimed at until a plan says otherwise: examples, labelled as such."""
    note = _NOTE.render(language)
    fintech = ("科技", "数字", "数据", "AI", "大模型", "智能", "线上", "自动化", "fintech", "digital", "data", "model")
    insight = ("客户", "需求", "面谈", "拜访", "画像", "分层", "体验", "customer", "needs", "interview")
    return (
        ShareFacts(Message("案例教学").render(language), ShareKind.METHOD, (Method.CASE,), (), 15.0, note),
        ShareFacts(Message("金融科技").render(language), ShareKind.SUBJECT, (), fintech, 20.0, note),
        ShareFacts(Message("客户洞察").render(language), ShareKind.SUBJECT, (), insight, 40.0, note),
    )


def measure(contents: Sequence[Content], facts: ShareFacts) -> Share:
    """How much of the time a share takes."""
    parts = {one.project_id: _part(one, facts) for one in contents}
    counted = {project: part for project, part in parts.items() if part.whole}
    whole = Part(round(sum(one.hours for one in counted.values()), 2), round(sum(one.whole for one in counted.values()), 2))
    return Share(facts, whole, counted)


def belongs(item: ItemFacts, facts: ShareFacts) -> str:
    """Why an item counts: the word that tells it, the subject that a person chose; "" where it does not."""
    if item.subject:
        return item.subject if item.subject.lower() == facts.name.lower() else ""
    text = " ".join((item.name, item.learnt, item.competency, item.use)).lower()
    return next((word for word in facts.words if word.lower() in text), "")


def _part(content: Content, facts: ShareFacts) -> Part:
    if facts.kind is ShareKind.METHOD:
        steps = content.activities
        return Part(sum(one.hours for one in steps if one.method in facts.methods), sum(one.hours for one in steps))
    items = [one.facts for one in content.items]
    return Part(sum(one.hours for one in items if belongs(one, facts)), sum(one.hours for one in items))
