"""Hits as numbered sentences that a model may read and cite, fenced so that nothing in them is taken for an instruction."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.answers.plain import visible
from core.documents.hits import Hit
from core.patterns import lazily

_MOST_CHARACTERS = 9000
_SHORT = 6
_END = lazily(r"[。！？；;…]+[”’」』）)\]]*|[!?]+(?=\s|[\u4e00-\u9fff])|(?<=[^\W\d])\.(?=\s)|\n+")
# Brackets of a chat template, of a tag and of our own markers look alike to a model in their full-width form, but mean nothing.
_MARKING = str.maketrans("<>[]{}`", "＜＞［］｛｝'")

_ORDERS = lazily(
    r"(?:忽略|无视|忘记|忘掉|不要理会|不用理会|跳过|推翻)[^。！？,，;；\n]{0,10}"
    r"(?:指令|提示词|设定|(?:以上|上述|上面|前面|之前|先前|此前)[^。！？,，;；\n]{0,6}(?:指示|提示|规则|要求|命令|限制|内容))"
    r"|(?:你(?:现在|从现在起|接下来)|从现在起,?你)(?:是|必须|扮演|要|只)"
    r"|(?:系统提示词?|system\s*prompt|开发者模式|developer\s*mode|越狱|jailbreak)"
    r"|(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:instruction|prompt|rule|direction|guideline)s?"
    r"|\byou\s+are\s+now\b|\bact\s+as\s+(?:an?|the)\b|\bnew\s+instructions?\s*:"
    r"|<\|[^|\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?think(?:ing)?>",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """A sentence or table row of a hit: `[start, end)` of the document's text."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words, to the letter."""
        return self.hit.text[self.start - self.hit.start : self.end - self.hit.start]


@dataclass(frozen=True)
class Fenced:
    """What goes to the model: `text`, between tags called `tag`. The sentence numbered S1 in it is `sentences[0]`.

    `suspicious` are the titles of documents that hold words addressed to a model.
    """

    tag: str
    text: str
    sentences: tuple[Sentence, ...]
    suspicious: tuple[str, ...]


def fence(hits: Sequence[Hit], most: int = _MOST_CHARACTERS) -> Fenced:
    """The hits' sentences, best hit first, as far as `most` characters reach; a passage met twice is shown once."""
    lines: list[str] = []
    sentences: list[Sentence] = []
    seen: set[tuple[int, int, int]] = set()
    used = 0
    for hit in hits:
        fresh = [one for one in split(hit) if (hit.document_id, one.start, one.end) not in seen]
        used += sum(len(one.text) for one in fresh)
        if not fresh or (used > most and sentences):
            continue
        lines.append(_place(hit))
        for one in fresh:
            seen.add((hit.document_id, one.start, one.end))
            sentences.append(one)
            lines.append(f"S{len(sentences)}: {harmless(one.text)}")
    suspects = dict.fromkeys(one.hit.title for one in sentences if gives_orders(one.text) or gives_orders(one.hit.title))
    return Fenced(f"excerpts-{secrets.token_hex(8)}", "\n".join(lines), tuple(sentences), tuple(suspects))


def split(hit: Hit) -> list[Sentence]:
    """The sentences of a hit in reading order. A fragment of a few characters, such as a number, joins its successor on the line."""
    found: list[Sentence] = []
    begin = 0
    for mark in [*(match.end() for match in _END.finditer(hit.text)), len(hit.text)]:
        piece = hit.text[begin:mark].strip()
        if len(piece) < _SHORT and mark < len(hit.text) and "\n" not in hit.text[begin:mark]:
            continue
        if len(piece) >= 2:
            start = hit.start + begin + hit.text[begin:mark].index(piece)
            found.append(Sentence(hit, start, start + len(piece)))
        begin = mark
    return found


def harmless(text: str) -> str:
    """`text` on one line, without invisible characters, its brackets full-width: no tag, template token or marker survives."""
    return " ".join(visible(text).translate(_MARKING).split())


def gives_orders(text: str) -> bool:
    """Whether `text` speaks to a model instead of a reader."""
    return _ORDERS.search(unicodedata.normalize("NFKC", visible(text))) is not None


def _place(hit: Hit) -> str:
    parts = [f"《{hit.title}》", hit.page_label, " > ".join(hit.heading), hit.context]
    return "# " + " · ".join(filter(None, map(harmless, parts)))
