"""Words of documents and of models, made harmless for where Markdown is shown.

Markdown can fetch a remote picture (and so send away what stands in its address), link elsewhere, or dress a stranger's text up as the
product's own. `plain` keeps every character a person sees and takes away what it does; `stripped` takes the marking itself out of what a
model wrote.
"""

from __future__ import annotations

import re
import unicodedata

from core.patterns import lazily

# Invisible, and enough to keep two characters from being read as one sign by a later step that no backslash reaches.
_JOINER = "\u2060"

_SPECIAL = lazily(r"([\\`*_{}\[\]()<>#+!|~$&^=\"'])")
_LINKING = lazily(r":(?=\S)|www(?=\.)|@(?=\w)", re.IGNORECASE)
_ARROWS = lazily(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)")
_LINE_START = lazily(r"^([ \t]*)(?:([-+=])|(\d+)([.)]))?", re.MULTILINE)

# Every repetition has a bound: what is matched comes from strangers, and an unbounded pattern can be made to run for minutes.
_IMAGE = lazily(r"!\[([^\]\n]{0,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_LINK = lazily(r"\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_DEFINITION = lazily(r"^[ \t]*\[[^\]\n]{1,200}\]:[ \t]*\S.*$", re.MULTILINE)
_TAG = lazily(r"<!--.{0,2000}?-->|</?[A-Za-z][^<>\n]{0,2000}>|<(?:https?|mailto)[^<>\s]{0,2000}>", re.DOTALL)
_DIRECTIVE = lazily(r":[a-z][a-z0-9-]*\[([^\]\n]{0,500})\]|:(?:material/\w+|streamlit|[a-z][\w+-]*_[\w+-]*):")
_EMPHASIS = lazily(r"(\*\*|__|~~|`{1,3})(?=[^\s`])([^\n]{1,300}?)(?<=\S)\1")
_ITALIC = lazily(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=\S)\*(?![\w*])")


def plain(text: str) -> str:
    """Markdown that shows `text` as it reads and does nothing: no picture, link, HTML, formula, icon, colour, list or heading.

    Invisible characters are dropped and line breaks kept. For showing only: what is stored, compared or copied is the text itself.
    """
    text = visible(text)
    text = _ARROWS.sub(lambda match: match[0] + _JOINER, text)
    text = _LINKING.sub(lambda match: match[0] + _JOINER, text)
    lines = [_line(line) for line in text.split("\n")]
    return "  \n".join(lines).strip()


def stripped(text: str) -> str:
    """What a model wrote, without Markdown's and HTML's marking; a link leaves its words, a picture nothing."""
    text = visible(text)
    for marking, kept in (
        (_IMAGE, ""),
        (_LINK, r"\1"),
        (_DEFINITION, ""),
        (_TAG, ""),
        (_DIRECTIVE, r"\1"),
        (_EMPHASIS, r"\2"),
        (_ITALIC, r"\1"),
    ):
        text = marking.sub(kept, text)
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def visible(text: str) -> str:
    """`text` without control and format characters, of which a person sees nothing but a machine may read much."""
    return "".join(
        character for character in text if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    )


def _line(line: str) -> str:
    start = _LINE_START.match(line)
    assert start is not None
    space, mark, number, dot = start.groups()
    # Four spaces would make a code block; fixed ones look the same and make none.
    head = (space or "").replace("\t", "    ").replace(" ", "\u00a0")
    if mark:
        head += f"\\{mark}"
    elif dot:
        head += f"{number}\\{dot}"
    return head + _SPECIAL.sub(r"\\\1", line[start.end() :])
