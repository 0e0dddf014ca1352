"""`Message`: a text with its values, not yet in anyone's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.i18n.catalog import Language, translate


@dataclass(frozen=True)
class Message:
    """A sentence for a person, in Chinese, with `{named}` places for its values.

    `Message("第 {page} 页无法读取。", page=3).render("en")` gives the English of the catalog. Values may be messages themselves.
    A count called `n` chooses between singular and plural where the language has both.
    """

    text: str
    values: tuple[tuple[str, object], ...]

    def __init__(self, text: str, /, **values: object) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", tuple(sorted(values.items())))

    def render(self, language: Language) -> str:
        """The sentence in `language`."""
        values = {name: value.render(language) if isinstance(value, Message) else value for name, value in self.values}
        return translate(self.text, language, **values)

    def __str__(self) -> str:
        return self.render("zh")

    def to_json(self) -> list[object]:
        """The message as JSON, to be stored and shown later in the language of whoever looks."""
        values = {name: value.to_json() if isinstance(value, Message) else value for name, value in self.values}
        return [self.text, values]

    @classmethod
    def from_json(cls, stored: Any) -> Message:
        """The message that `to_json` wrote."""
        text, values = stored
        return cls(text, **{name: cls.from_json(v) if isinstance(v, list) else v for name, v in values.items()})


class Figure(Message):
    """A value that each language writes in its own way: 33.0 万元, ¥330,000. It stands in a sentence as any other value does."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en=en)

    def render(self, language: Language) -> str:
        """The value as `language` writes it."""
        return self.text if language == "zh" else str(dict(self.values)[language])
