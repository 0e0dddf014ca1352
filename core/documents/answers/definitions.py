"""Questions for the meaning of a word, 什么是有效客户, and the sentences and table rows that say it in so many words.

Such a question is too short to be weighed: it shares one word with everything that mentions the thing. What tells is the form.
"""

from __future__ import annotations

import re

from core.documents.answers.question import Question
from core.documents.answers.sentences import Unit
from core.documents.grams import normalise
from core.patterns import lazily

_CLOSING = r"[?。.!\s]*$"
_ASKED = (
    lazily(rf"^(?:请问|那么?)?(?:什么(?:是|叫做?|才算)|何谓|何为|(?:如何|怎么|怎样)(?:定义|界定|理解))(.+?){_CLOSING}"),
    lazily(
        rf"^(?:请问|那么?)?(.+?)的?(?:是什么意思|什么意思|是什么概念|(?:是)?指(?:的是)?什么|(?:定义|含义|概念|口径)(?:是什么|是)?|"
        rf"(?:是)?(?:如何|怎么|怎样)(?:定义|界定|认定)(?:的)?|是什么){_CLOSING}"
    ),
    lazily(rf"^(?:what does )(?:an? |the )?(.+?) mean{_CLOSING}"),
    lazily(rf"^(?:what is the )?(?:definition|meaning) of (?:an? |the )?(.+?){_CLOSING}"),
)
_YEAR = lazily(r"^(?:19|20)\d{2}年?度?")
_QUOTES = lazily("[“”\"'‘’「」『』《》]")
_LONGEST = 24
# What follows a word that is being explained; 即将 and a figure behind a colon explain nothing.
_MEANS = (
    r"(?:\([^()]{0,40}\))?,?(?:是指|系指|指的是|定义为|指(?!标|导|定|出|引|数)|即(?!将|可|使|便|时|日|席)|:(?!\s*[\d¥$<>≥≤约]).{6}|"
    r"(?:means|refers to|is defined as)\b)"
)
_IN_FRONT = r"(?:^|[,。;:、\s>)•·\-]|所称的?|所指的?|其中,?)"
_EXPLAINS = lazily("说明|定义|口径|释义|含义|解释|内涵|概念|认定|界定|definition|meaning|description")
_FIGURE = lazily(r"[\d.,%≥≤<>约\-+]*\s*[\u3400-\u9fff%]{0,3}")


def word_asked_for(question: Question) -> str:
    """The word whose meaning is asked for, normalised; "" where the question asks for something else."""
    found = next((match for pattern in _ASKED if (match := pattern.search(question.text))), None)
    word = _plain(_YEAR.sub("", found.group(1))) if found else ""
    return word if 2 <= len(word) <= _LONGEST else ""


def explains(word: str, unit: Unit) -> bool:
    """Whether a sentence or row says what `word` means."""
    if unit.table is not None:
        return _row_explains(word, unit)
    text = _plain(unit.text)
    return re.search(_IN_FRONT + re.escape(word) + _MEANS, text) is not None


def _row_explains(word: str, unit: Unit) -> bool:
    cells = [_plain(cell) for cell in unit.text.split(" | ")]
    if word not in cells[:-1] or not _EXPLAINS.search(normalise(unit.before)):
        return False
    return any(cell and not _FIGURE.fullmatch(cell) for cell in cells[cells.index(word) + 1 :])


def says_no_more(word: str, unit: Unit) -> bool:
    """Whether a text is hardly more than the word itself, as a label on a slide is."""
    return len(_plain(unit.text)) <= len(word) + 1


def _plain(text: str) -> str:
    return _QUOTES.sub("", normalise(text)).strip()
