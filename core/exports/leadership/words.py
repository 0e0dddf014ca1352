"""How a document writes dates, figures and lists in its language, which need not be that of whoever makes it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from core.exports.leadership.blocks import Cell, Form
from core.i18n import Language, Message

_TEN_THOUSAND = 1e4


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, text: str | Message) -> str:
        """A message in this language; other text stays as it is."""
        return text.render(self.language) if isinstance(text, Message) else text

    def day(self, value: date) -> str:
        """A date as people write it."""
        if self.language == "zh":
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {value:%B %Y}"

    def month(self, number: int) -> str:
        """A month by its number."""
        return f"{number}月" if self.language == "zh" else calendar.month_abbr[number]

    def joined(self, words: Iterable[str]) -> str:
        """Words as a list inside a sentence."""
        return Message.listed(words).render(self.language)

    def together(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return ("" if self.language == "zh" else " ").join(one for one in sentences if one)

    def money(self, yuan: float) -> str:
        """Money as each language says it shortly, with its unit."""
        if self.language == "zh":
            return f"{yuan / _TEN_THOUSAND:,.1f} 万元" if abs(yuan) >= _TEN_THOUSAND else f"{yuan:,.0f} 元"
        return f"¥{yuan:,.0f}"

    def cell(self, value: Cell, form: Form) -> str:
        """A cell as it reads; what is not known is a dash and never a zero."""
        if value is None or value == "":
            return "—"
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            return value
        return _WRITTEN.get(form, "{:g}").format(value)


_WRITTEN = {Form.COUNT: "{:,.0f}", Form.MONEY: "{:,.0f}", Form.SHARE: "{:.0%}", Form.FIGURE: "{:,.1f}"}
