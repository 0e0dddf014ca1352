"""A model's draft of a purpose. It is shown the clauses and writes the why; every number in it must stand in a clause. A person approves.

No transaction is held while the model is waited for: the caller reads, drafts, and writes.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from core.documents.answers.fence import harmless
from core.documents.answers.figures import unsupported
from core.documents.answers.plain import stripped
from core.errors import BadInput, Unavailable
from core.i18n import Language, Message
from core.llm import Model, prompts
from core.strategy.ideas.draft import LONGEST_PURPOSE

PROMPT = "strategy/purpose"

_NOT_FOUND = "NOT_FOUND"
_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "英文（English）"}
_NONE = "(没有)"


@dataclass(frozen=True)
class Drafted:
    """A purpose and what made it: the prompt's stamp and the model's name."""

    purpose: str
    made_by: str


def draft_purpose(
    model: Model, *, theme: str, post: str, competencies: Sequence[str], clauses: Sequence[str], language: Language
) -> Drafted:
    """A purpose for a project that trains `post` for `theme`, out of the words of `clauses`.

    Raises `BadInput` when there is no clause, `Unavailable` when the model fails or writes what the clauses do not hold.
    """
    if not clauses:
        raise BadInput(Message("还没有依据，模型无从起草。请先选一条已采纳的条款。"))
    prompt = prompts.load(PROMPT)
    turns = prompt.fill(
        clauses="\n".join(f"{number}. {harmless(clause)}" for number, clause in enumerate(clauses, 1)),
        competencies="、".join(harmless(one) for one in competencies) or _NONE,
        fence=f"clauses-{secrets.token_hex(8)}",
        language=_LANGUAGES[language],
        post=harmless(post),
        theme=harmless(theme),
    )
    written = " ".join(stripped(model.write(turns, longest=LONGEST_PURPOSE + 1)).split())
    if not written or _NOT_FOUND in written:
        raise Unavailable(Message("模型说这些条款不足以写出目的。原来的目的没有改动。"))
    if len(written) > LONGEST_PURPOSE:
        raise Unavailable(Message("模型写的目的太长，没有采用。原来的目的没有改动。"))
    invented = unsupported(written, "\n".join([*clauses, theme, post]))
    if invented:
        numbers = Message.listed(sorted(f"{one.value:f}{one.scale}" for one in invented))
        raise Unavailable(Message("模型写的目的里有条款中没有的数字（{numbers}），没有采用。原来的目的没有改动。", numbers=numbers))
    return Drafted(written, f"{prompt.stamp} · {model.name}"[:120])
