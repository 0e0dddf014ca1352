"""`Message`: a text with its values, not yet in anyone's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from core.i18n.catalog import Language, translate

# What stands between the parts of a list. A message of one of these texts alone is a list of its values.
_BETWEEN = ("、", "；", " → ")


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

    @classmethod
    def listed(cls, words: Iterable[str | Message], most: int | None = None, between: Literal["、", "；", " → "] = "、") -> Message:
        """Words as a list inside a sentence: 甲、乙、丙, or A, B, C. Of more than `most` the first, and that there are others.

        Longer parts, which may hold such lists, are told apart `between` them by a semicolon; steps by an arrow.
        """
        every = list(words)
        shown = every if most is None else every[:most]
        if len(shown) < len(every):
            shown[-1] = cls("{name}…", name=shown[-1])
        # Values stand in the order of their names.
        return cls(between, **{f"{at:06}": word for at, word in enumerate(shown)})

    def render(self, language: Language) -> str:
        """The sentence in `language`."""
        values = {name: value.render(language) if isinstance(value, Message) else value for name, value in self.values}
        if self.text in _BETWEEN:
            return translate(self.text, language).join(map(str, values.values()))
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
