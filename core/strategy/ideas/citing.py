"""The clauses that ideas and projects rest on, as far as a reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right
from core.documents import service as library
from core.errors import BadInput
from core.i18n import Message
from core.storage import Session
from core.strategy import repository
from core.strategy.themes.accepted import Accepted, accepted


@dataclass(frozen=True)
class Cited:
    """`clauses` in the order in which they are named. `withheld`: something that the words rest on stands in a document that this reader
    may not see, so the words are not shown either. `lost` counts clauses that are no longer accepted."""

    clauses: tuple[Accepted, ...]
    withheld: bool
    lost: int


def cite(db: Session, actor: Actor, plan_id: int, finding_ids: Sequence[int]) -> Cited:
    """What somebody chose to rest a purpose on. Raises `BadInput` where one of them is no longer accepted, or not open to them."""
    cited = Citations(db, actor, plan_id, finding_ids).of(finding_ids)
    if cited.lost or cited.withheld:
        raise BadInput(Message("有一条依据已不在采纳之列，请重新选择依据。"))
    return cited


class Citations:
    """Those of the findings `wanted` that a plan accepted, for one reader; what the caller has `read` for them is not read again."""

    def __init__(self, db: Session, actor: Actor, plan_id: int, wanted: Iterable[int], read: Iterable[Accepted] = ()) -> None:
        only = set(wanted)
        self._seen = {one.id: one for one in read if one.id in only}
        rest = only - self._seen.keys()
        self._standing = {*self._seen, *(row.id for row in repository.findings(db, plan_id, rest))} if rest else set(self._seen)
        self._seen |= {one.id: one for one in accepted(db, actor, plan_id, rest)} if rest else {}
        places = repository.documents_of(db, only)
        open_ = library.visible(db, actor, set(places.values()))
        self._closed = {one for one, document in places.items() if document not in open_}
        self._decides = actor.may(Right.DECIDE_STRATEGY)

    def of(self, finding_ids: Sequence[int], rests_on: Collection[int] = ()) -> Cited:
        """What is cited by `finding_ids`, where the words rest on `rests_on` too."""
        # To somebody who cannot mend it, words whose finding is gone are as good as words from a closed document.
        hidden = [one for one in {*finding_ids, *rests_on} - self._seen.keys() if one in self._closed or not self._decides]
        return Cited(
            clauses=tuple(self._seen[one] for one in finding_ids if one in self._seen),
            withheld=bool(hidden),
            lost=sum(one not in self._standing for one in finding_ids),
        )
