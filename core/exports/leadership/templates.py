"""Places in a template that are filled in, and what can be said of a template that somebody brings."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from core.exports.leadership.blocks import Matter
from core.exports.leadership.terms import PARTS, Paper, Part
from core.exports.leadership.words import Words
from core.i18n import Message

MARK = re.compile(r"\{\{\s*([A-Za-z_]+)\s*\}\}")
CONTENT, CONTENTS, HEADING = "content", "contents", "heading"
FACTS = {
    "title": Message("标题"),
    "unit": Message("机构"),
    "year": Message("年份"),
    "date": Message("制作日期"),
    "made_by": Message("制作人"),
    "version": Message("计划版本"),
    "scope": Message("数据范围"),
    "stamp": Message("内容校验码"),
}
LARGEST_MEGABYTES = 20


@dataclass(frozen=True)
class Checked:
    """What a template holds: places that are known, places that nobody fills, and those facts that it lacks. `usable`: there is a place for
    the text."""

    has: tuple[str, ...]
    unknown: tuple[str, ...]
    lacks: tuple[str, ...]
    usable: bool

    @property
    def sentences(self) -> list[Message]:
        """The same in words."""
        said = [Message("模板里找到的占位符：{names}。", names=_listed(self.has))] if self.has else [Message("模板里没有占位符。")]
        if self.unknown:
            said.append(Message("不认识的占位符：{names}，会原样留在文件里，请改正或删去。", names=_listed(self.unknown)))
        if self.lacks:
            said.append(Message("模板里没有 {names}，这些内容不会出现在封面上。", names=_listed(self.lacks)))
        if not self.usable:
            said.append(Message("模板里没有放正文的地方。请在单独一段（或一个文本框）里写 {name}。", name=_listed((CONTENT,))))
        return said


def checked(paper: Paper, places: Collection[str], own_paragraphs: Collection[str]) -> Checked:
    """What places a template has; `own_paragraphs` are those that stand alone, where sections can be put."""
    text = {CONTENT, HEADING} if paper in (Paper.DECISION, Paper.REVIEW) else {CONTENT, CONTENTS, *(one.value for one in PARTS[paper])}
    known = {*FACTS, *text}
    ordered = sorted(set(places))
    wanted = {CONTENT, *(one.value for one in Part)}
    return Checked(
        has=tuple(one for one in ordered if one in known),
        unknown=tuple(one for one in ordered if one not in known),
        lacks=tuple(one for one in FACTS if one not in places),
        usable=bool(wanted & text & set(own_paragraphs)),
    )


def facts(matter: Matter, say: Words) -> dict[str, str]:
    """What the places of the cover are filled with."""
    cover = matter.cover
    return {
        "title": cover.title,
        "unit": cover.unit + (say(Message("（示例）")) if cover.sample else ""),
        "year": str(cover.year),
        "date": say.day(cover.made_on),
        "made_by": cover.made_by,
        "version": cover.version,
        "scope": cover.scope,
        "stamp": matter.stamp,
    }


def filled(text: str, known: dict[str, str]) -> str:
    """A text with its places filled in; one that nobody fills stays as it is."""
    return MARK.sub(lambda one: known.get(one[1], one[0]), text)


def _listed(names: Collection[str]) -> str:
    return ", ".join("{{" + one + "}}" for one in names)
