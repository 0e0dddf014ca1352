"""A document's findings, refined by a model: the entry, the same for the command line and the jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.documents.answers.fence import gives_orders, harmless
from core.documents.parsed import ParsedDocument
from core.documents.service import KIND_NAMES
from core.documents.tables import DocumentKind
from core.i18n import Message
from core.llm import Model, prompts
from core.strategy.findings import Decoding
from core.strategy.refining.answers import Answer, answer_about
from core.strategy.refining.batches import Batch, batches
from core.strategy.refining.judging import Judged, Refusal, judge
from core.strategy.refining.measuring import Measuring
from core.strategy.refining.units import units

_LONGEST_NAME = 80

Told = Callable[[int, int], None]
"""Hears how many of how many batches are done; may raise to stop between two."""


def refine(
    parsed: ParsedDocument,
    kind: DocumentKind,
    decoding: Decoding,
    model: Model,
    told: Told = lambda done, total: None,
    *,
    dated: date | None = None,
) -> Decoding:
    """The rules' `decoding` of a document, written on the day `dated`, after a model has gone over it, batch by batch. Raises `Unavailable`
    when the model fails at any of them: then nothing of what it said counts."""
    shown = units(parsed, decoding)
    portions = batches(shown)
    prompt = prompts.load("strategy/decode")
    answers = []
    for number, batch in enumerate(portions):
        told(number, len(portions))
        turns = prompt.fill(document=harmless(parsed.title) or "-", fence=batch.tag, kind=str(KIND_NAMES[kind]), sentences=batch.text)
        answers.append(model.structured(turns, _shape(batch)))
    told(len(portions), len(portions))
    judged = judge(shown, answers, Measuring(parsed, kind, dated))
    return replace(
        decoding,
        findings=judged.findings,
        set_aside=judged.set_aside,
        refined_by=f"{model.name[:_LONGEST_NAME]} · {prompt.stamp}",
        notes=_notes(judged, suspicious=gives_orders(parsed.title) or any(batch.suspicious for batch in portions)),
    )


def rules_only(reason: Message) -> Message:
    """The note on a document that no model went over although one was asked, and why."""
    return Message("只用规则解码：模型没有给出可用的回答。原因：{reason}", reason=reason)


def _shape(batch: Batch) -> type[Answer]:
    return answer_about([one.id for unit in batch.units for one in unit.proposals], [unit.id for unit in batch.units])


def _notes(judged: Judged, *, suspicious: bool) -> tuple[Message, ...]:
    done = Message(
        "模型改动了 {changed} 条、补充了 {added} 条、排除了 {aside} 条；每一条都标明出处，等您确认。",
        changed=judged.changed,
        added=judged.added,
        aside=judged.put_aside,
    )
    notes = [done, *(_refused(why, n) for why, n in sorted(judged.refused.items()))]
    if suspicious:
        notes.append(Message("文件中有写给人工智能的指令，只当作资料，没有照做。"))
    return tuple(notes)


def _refused(why: Refusal, n: int) -> Message:
    match why:
        case Refusal.UNKNOWN:
            return Message("模型有 {n} 条建议指向不存在的编号或类型，没有采用。", n=n)
        case Refusal.UNSUPPORTED:
            return Message("模型有 {n} 处措辞在原文里没有依据（多出数字或改了意思），没有采用。", n=n)
        case Refusal.UNMEASURED:
            return Message("模型有 {n} 条建议的目标在原文里测不出来，没有采用。", n=n)
        case Refusal.REPEATED:
            return Message("模型有 {n} 条建议与已有的重复，没有采用。", n=n)
