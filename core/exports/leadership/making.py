"""A document from a plan: the sections that were asked for, read as the person who makes it, then written as a file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.access.actor import Actor
from core.exports.leadership import planned, reviewed, taught
from core.exports.leadership.blocks import Block, Column, Cover, Form, Head, Matter, Said, Section, Table, Tone
from core.exports.leadership.material import Material
from core.exports.leadership.terms import PART_NAMES, PARTS, TITLES, Paper, Part
from core.i18n import Language, Message
from core.people.gates import HIDE
from core.storage import Session

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Wanted:
    """A document as somebody asks for it; without `parts`, all that belong to it."""

    paper: Paper
    language: Language
    parts: tuple[Part, ...] = ()

    @property
    def chosen(self) -> tuple[Part, ...]:
        """Its sections in their order."""
        own = PARTS[self.paper]
        return tuple(one for one in own if one in self.parts) or own


def matter(db: Session, actor: Actor, plan_id: int, wanted: Wanted, today: date | None = None, told: Told | None = None) -> Matter:
    """What the document says. `told` hears how many of the sections are read. Raises `NotFound`, `NotAllowed`."""
    wide, pictured = wanted.paper is not Paper.PLAN, wanted.paper is not Paper.WORKBOOK
    found = Material(db, actor, plan_id, wanted.language, today, wide=wide, pictured=pictured)
    say, plan = found.say, found.plan
    sections = []
    for number, part in enumerate(wanted.chosen):
        if told is not None:
            told(number, len(wanted.chosen))
        sections.append(Section(part, say(PART_NAMES[part]), tuple(_READ[part](found))))
    if wanted.paper is Paper.WORKBOOK:
        sections = _told_once(sections)
    title = Message(TITLES[wanted.paper].text, year=str(plan.year))
    cover = Cover(say(title), plan.unit, plan.year, found.made_by, found.today, found.version, found.reach, plan.sample)
    return Matter(wanted.paper, cover, tuple(sections))


def _told_once(sections: list[Section]) -> list[Section]:
    """A workbook needs no table twice: the complete one stands for the one that was shortened for paper."""
    complete = {one.name for section in sections for one in section.blocks if isinstance(one, Table) and one.sheet_only}

    def kept(block: Block) -> bool:
        return not isinstance(block, Table) or block.sheet_only or block.name not in complete

    return [replace(one, blocks=tuple(block for block in one.blocks if kept(block))) for one in sections]


def _appendix(found: Material) -> list[Block]:
    """Which documents the plan rests on, every session, and how figures come about."""
    say = found.say
    columns = (
        Column(say(Message("文件")), 7),
        Column(say(Message("版次")), 1.6, Form.COUNT),
        Column(say(Message("入库日期")), 3, Form.DAY),
    )
    rows = tuple((one.document.title, one.document.edition, one.document.added_at.date()) for one in found.chapter.sources)
    blocks: list[Block] = []
    if rows:
        blocks += [Head(say(Message("读了哪些文件"))), Table(say(Message("文件来源")), "", columns, rows, reading=True)]
    every = taught.sessions(found)
    if every.rows:
        blocks += [Head(say(Message("全部课次"))), replace(every, sheet_only=False, reading=True)]
    blocks.append(Head(say(Message("数字的口径"))))
    told = (
        Message("每个数字都来自系统里同名页面，按制作人的权限读取；截至 {day}。", day=say.day(found.today)),
        Message("不足 {few} 人的组不列出，避免从汇总推出个人。", few=HIDE),
        Message("只收已采纳的发现、已采纳的项目、已发布的排期；草稿和待确认的内容不进文件，预算在排期发布前按草稿估算，并在图下注明。"),
        Message("没有数据的地方写明没有，不以零代替。"),
    )
    return [*blocks, *(Said(say(one), Tone.ITEM, short=False) for one in told)]


_READ: Mapping[Part, Callable[[Material], Collection[Block]]] = {
    Part.SUMMARY: planned.summary,
    Part.STRATEGY: planned.strategy,
    Part.FOCUS: planned.focus,
    Part.GAPS: planned.gaps,
    Part.PROJECTS: taught.projects,
    Part.CALENDAR: taught.calendar,
    Part.BUDGET: taught.money,
    Part.EVALUATION: taught.evaluation,
    Part.STANDING: reviewed.standing,
    Part.LEVELS: reviewed.levels,
    Part.EFFECTS: reviewed.effects,
    Part.RETURNS: reviewed.returns,
    Part.WARNINGS: reviewed.warnings,
    Part.CONCLUSIONS: reviewed.conclusions,
    Part.DECISIONS: reviewed.decisions,
    Part.APPENDIX: _appendix,
}
