"""Interview records: what was said, by whom, when. Typed into a form, kept as a document like any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core import clock
from core.errors import BadInput
from core.i18n import Message


@dataclass(frozen=True)
class InterviewRecord:
    """A talk with a leader: `notes` in the interviewer's words, `quotes` in the leader's own."""

    person: str
    role: str
    held_on: date
    notes: str
    quotes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The record's name in the library."""
        return f"访谈记录：{self.person}（{self.role}，{self.held_on.isoformat()}）"


def checked(interview: InterviewRecord) -> InterviewRecord:
    """The record without stray blanks and empty quotes. Raises `BadInput` when it lacks a person, a date that can be, or any words."""
    person, role, notes = interview.person.strip(), interview.role.strip(), interview.notes.strip()
    quotes = tuple(quote.strip() for quote in interview.quotes if quote.strip())
    if not person:
        raise BadInput(Message("请填写访谈对象。"))
    if not role:
        raise BadInput(Message("请填写访谈对象的职务。"))
    if not notes and not quotes:
        raise BadInput(Message("请填写访谈纪要，或至少一句原话。"))
    if interview.held_on > clock.today():
        raise BadInput(Message("访谈日期 {day} 还没有到，请检查。", day=interview.held_on.isoformat()))
    return replace(interview, person=person[:80], role=role[:120], notes=notes, quotes=quotes)


def as_markdown(interview: InterviewRecord) -> str:
    """The record as the text that is indexed and read."""
    lines = [f"# {interview.title}", "", f"访谈对象：{interview.person}", "", f"职务：{interview.role}", ""]
    lines += [f"访谈日期：{interview.held_on.isoformat()}", ""]
    if interview.notes:
        lines += ["## 访谈纪要", "", interview.notes, ""]
    if interview.quotes:
        lines += ["## 原话", ""]
        lines += [f"- “{quote}”" for quote in interview.quotes]
    return "\n".join(lines).rstrip() + "\n"
