"""Answers by a language model. It chooses the excerpts by number; the quotes come from the documents, and every statement is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.documents.answers.answer import Answer, Citation, Claim, cite, not_found
from core.documents.answers.claims import Reader, Statement
from core.documents.answers.fence import Fenced, Sentence, fence, harmless
from core.documents.answers.figures import figures, unsupported
from core.documents.answers.plain import plain, stripped
from core.documents.hits import Hit
from core.errors import Unavailable
from core.i18n import Language, Message
from core.llm import Model, prompts
from core.llm.reasoning import answer_part
from core.patterns import lazily

_NOT_FOUND = "NOT_FOUND"
_LONGEST_TAG = len("</thinking>") - 1
_MOST_CITATIONS = 6
_EARLIER = 4
_LONGEST_QUESTION = 300
_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "英文（English）"}
_NOTHING_EARLIER = "(没有)"
_CELLS = " | "
_CHINESE = lazily("[\u4e00-\u9fff]+")
_WORD = lazily("[a-z]{2,}")


def stream_answer(
    question: str,
    hits: Sequence[Hit],
    model: Model,
    *,
    language: Language,
    fallback: Callable[[], Answer],
    earlier: Sequence[str] = (),
) -> Iterator[str | Answer]:
    """The answer to `question` out of `hits`: Markdown, sentence by sentence, safe to show as it comes, and at last the `Answer`.

    A sentence appears when its citations and its numbers have been checked. `earlier` are the questions asked before in the conversation.
    When the endpoint fails, or nothing it wrote holds, the last item is `fallback()` with a note that says so; it replaces what was shown.
    """
    if not hits:
        yield fallback()
        return
    fenced = fence(hits)
    prompt = prompts.load("assistant/answer")
    made_by = f"{prompt.stamp} · {model.name}"[:120]
    turns = prompt.fill(
        earlier=_listed(earlier),
        excerpts=fenced.text,
        fence=fenced.tag,
        language=_LANGUAGES[language],
        question=harmless(question),
    )
    draft = _Draft(fenced)
    try:
        yield from _written(model, turns, draft)
    except Unavailable as failure:
        yield _instead(fallback, Message("模型没有给出可用的回答，已改用摘录。原因：{reason}", reason=failure.message))
        return
    yield _concluded(draft, made_by, fallback)


def rewrite_followup(question: str, earlier: Sequence[str], model: Model, *, given: str) -> str:
    """A follow-up as a full question by the model; `given`, the rewriting by rules, when it fails or adds or loses a number."""
    if not earlier:
        return given
    turns = prompts.load("assistant/rewrite").fill(earlier=_listed(earlier), question=harmless(question))
    try:
        written = stripped(model.write(turns, longest=_LONGEST_QUESTION))
    except Unavailable:
        return given
    numbers = figures(written)
    invented = numbers - figures("\n".join([question, *earlier]))
    if not written or "\n" in written or len(written) >= _LONGEST_QUESTION or invented or figures(question) - numbers:
        return given
    return written


@dataclass
class _Draft:
    """An answer while it is being written."""

    fenced: Fenced
    claims: list[Claim] = field(default_factory=list)
    citations: dict[Sentence, Citation] = field(default_factory=dict)
    dropped: int = 0
    refused: bool = False

    def take(self, statement: Statement) -> Claim | None:
        """The statement as a claim, if its citations hold it."""
        if not statement.text:
            return None
        if _NOT_FOUND in statement.text:
            self.refused = True
            return None
        cited = self._cited(statement)
        if not cited or not _supported(statement.text, cited):
            self.dropped += not statement.announces
            return None
        claim = Claim(statement.text, tuple(self._number(sentence) for sentence in cited))
        self.claims.append(claim)
        return claim

    def start_again(self) -> None:
        """Forget everything: what came so far was the model's thinking."""
        self.claims.clear()
        self.citations.clear()
        self.dropped = 0
        self.refused = False

    def _cited(self, statement: Statement) -> list[Sentence]:
        known = [number for number in statement.ids if 1 <= number <= len(self.fenced.sentences)]
        return [self.fenced.sentences[number - 1] for number in known[:_MOST_CITATIONS]]

    def _number(self, sentence: Sentence) -> int:
        if sentence not in self.citations:
            number = len(self.citations) + 1
            self.citations[sentence] = cite(number, sentence.hit, sentence.start, sentence.end)
        return self.citations[sentence].number


def _written(model: Model, turns: list[prompts.Turn], draft: _Draft) -> Iterator[str]:
    reader = Reader()
    tail = ""
    for piece in model.stream(turns):
        held = tail + piece
        answer = answer_part(held)
        if len(answer) < len(held):
            # A closing tag that was never opened: all before it was the model's thinking.
            draft.start_again()
            reader = Reader()
            held = piece = answer
        tail = held[-_LONGEST_TAG:]
        yield from _shown(reader.feed(piece), draft)
    yield from _shown(reader.close(), draft)


def _shown(statements: list[Statement], draft: _Draft) -> Iterator[str]:
    for statement in statements:
        if claim := draft.take(statement):
            yield f"{plain(claim.text)}{''.join(f'[{number}]' for number in claim.citations)}\n\n"


def _supported(text: str, cited: Sequence[Sentence]) -> bool:
    evidence = "\n".join(sentence.text for sentence in cited)
    around = "\n".join(_around(sentence) for sentence in cited)
    table = any(_CELLS in sentence.text for sentence in cited)
    return not unsupported(text, evidence, around, table=table) and _has_to_do_with(text, f"{evidence}\n{around}")


def _around(sentence: Sentence) -> str:
    """What a reader of the citation sees beside its quote: title, headings, and for a table row the passage's header and first rows."""
    hit = sentence.hit
    header = "\n".join([hit.context, *hit.text.splitlines()[:2]]) if _CELLS in sentence.text else hit.context
    return "\n".join([hit.title, *hit.heading, header])


def _has_to_do_with(text: str, evidence: str) -> bool:
    """Whether a Chinese statement shares a pair of characters or a foreign word with Chinese evidence; else nothing is compared."""
    return not (_CHINESE.search(text) and _CHINESE.search(evidence)) or bool(_shreds(text) & _shreds(evidence))


def _shreds(text: str) -> set[str]:
    runs = _CHINESE.findall(text)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)} | set(_WORD.findall(text.lower()))


def _concluded(draft: _Draft, made_by: str, fallback: Callable[[], Answer]) -> Answer:
    notes = [Message("《{title}》中有写给人工智能的指令，只当作资料，没有照做。", title=title) for title in draft.fenced.suspicious]
    if not draft.claims and draft.refused:
        return not_found("model", made_by, tuple(notes))
    if not draft.claims:
        return _instead(fallback, Message("模型写的内容都没有原文支持，已改用摘录。"), *notes)
    if draft.dropped:
        notes.append(Message("有 {n} 句话没有原文支持，已去掉。", n=draft.dropped))
    return Answer(True, "model", tuple(draft.claims), tuple(draft.citations.values()), tuple(notes), made_by)


def _instead(fallback: Callable[[], Answer], *notes: Message) -> Answer:
    answer = fallback()
    return replace(answer, notes=(*notes, *answer.notes))


def _listed(earlier: Sequence[str]) -> str:
    return "\n".join(f"- {harmless(question)}" for question in earlier[-_EARLIER:]) or _NOTHING_EARLIER
