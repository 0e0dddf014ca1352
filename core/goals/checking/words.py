"""The words by which goals are judged (`data/seed/goal_words.toml`), and text made ready for them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from core.i18n import Language
from core.patterns import lazily

_SEED = Path(__file__).parents[3] / "data" / "seed" / "goal_words.toml"
_LONGEST = 2000
_CHINESE = lazily(r"[\u4e00-\u9fff]")
# A colon in 11:30 and a point in 3.5 end nothing.
_ENDS = lazily(r"[,;。!?！？…\n—]+|:(?!\d)|\.(?=\s|$)")
_ENGLISH_ENDS = lazily(r"\s(?:and|then|so that|but|while|which|because|whenever)\s")


def plain(text: str) -> str:
    """`text` in half-width characters and lower case, with single blanks, as all patterns want it; of a huge one the beginning."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text[:_LONGEST])).strip().lower()


def spoken(text: str) -> Language:
    """The language that a text is in; whoever writes Chinese with English names in it writes Chinese."""
    return "zh" if _CHINESE.search(text) else "en"


def clauses(text: str) -> list[str]:
    """The clauses of a plain text, none of them empty. English ones end at "and" too: what follows it is often another act."""
    return [part for one in sentences(text) for part in acts(one)]


def sentences(text: str) -> list[str]:
    """What stands between the stops of a plain text, none of them empty."""
    return _stripped(_ENDS.split(text))


def acts(sentence: str) -> list[str]:
    """The parts that English joins with "and"; Chinese needs a comma between two acts."""
    return _stripped(_ENGLISH_ENDS.split(sentence) if spoken(sentence) == "en" else [sentence])


def _stripped(parts: list[str]) -> list[str]:
    return [part for part in (one.strip(" \"'“”") for one in parts) if part]


@cache
def words(language: Language, part: str, group: str) -> re.Pattern[str]:
    """The pattern of a group of words: `words("zh", "behaviour", "visible")`."""
    return pattern(_seed()[language][part][group], language)


@cache
def lead(language: Language, part: str, group: str, *, who: bool) -> re.Pattern[str]:
    """The same words at the head of a clause, after how and, if `who`, after whoever acts: 客户经理要进一步**提升**."""
    behaviour = _seed()[language]["behaviour"]
    before = _alternatives(behaviour["how"] + (behaviour["who"] if who else ""))
    end = r"\b" if language == "en" else ""
    # The blank of English words stands between them, Chinese needs none.
    return re.compile(rf"^(?:(?:{before}){end}\s*){{0,6}}(?:{_alternatives(_seed()[language][part][group])}){end}")


def pattern(listed: str, language: Language) -> re.Pattern[str]:
    """A list of alternatives as one pattern; English ones are whole words."""
    some = _alternatives(listed)
    return re.compile(rf"(?<![a-z])(?:{some})(?![a-z])" if language == "en" else some)


def _alternatives(listed: str) -> str:
    # Longer words first, so that 提升到 is not read as 提升.
    return "|".join(sorted((word.replace("_", "[ ]") for word in listed.split()), key=lambda word: (-len(word), word)))


@cache
def _seed() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(_SEED.read_text(encoding="utf-8"))
