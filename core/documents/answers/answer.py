"""The shape of an answer: claims, each with the citations it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from core.documents.hits import Hit
from core.i18n import Language, Message

Engine = Literal["extractive", "model"]

NOT_FOUND = Message("文件库中没有找到能回答这个问题的内容。可以换一种问法，或先把相关文件加入文件库。")


@dataclass(frozen=True)
class Citation:
    """A verbatim quote and where it stands: `quote` is the document's extracted text from `start` to `end`.

    `number` is what a claim refers to, counted from 1 within the answer.
    """

    number: int
    document_id: int
    document: str
    title: str
    page: int
    page_label: str
    heading: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Claim:
    """One statement and the numbers of the citations that support it: never none."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """What the assistant says to one question.

    `found` False: the documents do not hold the answer, and there is neither claim nor citation. `notes` say what happened on the way
    (an endpoint that failed, a claim that was dropped). `made_by` is the rule version, or the prompt stamp and the model's name.
    """

    found: bool
    engine: Engine
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    notes: tuple[Message, ...]
    made_by: str

    def text(self, language: Language) -> str:
        """The answer as plain text: a claim a line with its citation numbers in brackets."""
        if not self.found:
            return NOT_FOUND.render(language)
        return "\n".join(f"{claim.text}{''.join(f'[{number}]' for number in claim.citations)}" for claim in self.claims)

    def to_json(self) -> dict[str, Any]:
        """The answer as JSON, for `from_json`."""
        return {**asdict(self), "notes": [note.to_json() for note in self.notes]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Answer:
        """The answer that `to_json` wrote."""
        return cls(
            found=data["found"],
            engine=data["engine"],
            claims=tuple(Claim(claim["text"], tuple(claim["citations"])) for claim in data["claims"]),
            citations=tuple(Citation(**{**c, "heading": tuple(c["heading"])}) for c in data["citations"]),
            notes=tuple(Message.from_json(note) for note in data["notes"]),
            made_by=data["made_by"],
        )


def not_found(engine: Engine, made_by: str, notes: tuple[Message, ...] = ()) -> Answer:
    """The answer that the documents do not hold the answer."""
    return Answer(found=False, engine=engine, claims=(), citations=(), notes=notes, made_by=made_by)


def cite(number: int, hit: Hit, start: int, end: int) -> Citation:
    """The part `[start, end)` of a hit (offsets into the document's text) as citation `number`."""
    return Citation(
        number=number,
        document_id=hit.document_id,
        document=hit.document,
        title=hit.title,
        page=hit.page,
        page_label=hit.page_label,
        heading=hit.heading,
        start=start,
        end=end,
        quote=hit.text[start - hit.start : end - hit.start],
    )
