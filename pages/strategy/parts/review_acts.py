"""What the review board's buttons and keys do. Each runs before the board is drawn again, on the findings that the person saw."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from core.access.actor import Actor
from core.errors import CexunError, NotFound
from core.strategy import merging, precedents, review
from core.strategy.review import Wanted
from core.strategy.tables import FindingRow, FindingState
from pages.shared import identity, state
from pages.shared.database import acting_first, reading
from pages.shared.shortcuts import DIALOG_OPEN
from pages.shared.text import _

Versions = Mapping[int, int | None]

AT, PICKED, OPENING = "review_at", "review_picked", DIALOG_OPEN
_ASKED = "review_asked"
EDIT, SPLIT, MERGE = "edit", "split", "merge"


def at() -> int:
    """The number (from 0) of the finding that the person looks at, among those that the filter leaves."""
    return int(state.get(AT, 0))


def go_to(number: int) -> None:
    """Look at another finding."""
    state.put(AT, max(0, number))


def open_asked(actor: Actor, plan_id: int) -> None:
    """Look at the finding that the address names, whatever its state; once, so that the person can go on from there.

    Of one that is not there for this person it was told on arriving.
    """
    asked = state.asked_number("finding")
    if asked is None or state.get(_ASKED) == asked:
        return
    state.put(_ASKED, asked)
    with suppress(NotFound):
        _look_at(actor, plan_id, asked)


def open_other(plan_id: int, finding_id: int) -> None:
    """Look at another finding, whatever its state and the filter."""
    person = identity.present()
    if person is None:
        return
    try:
        _look_at(person.actor, plan_id, finding_id)
    except CexunError as failure:
        state.refuse_next(_(failure.message))


def _look_at(actor: Actor, plan_id: int, finding_id: int) -> None:
    with reading() as db:
        row = review.find(db, actor, plan_id, finding_id)
        shown = merging.standing(row, merging.into(db, actor, plan_id, [row]))
        number = review.place(db, actor, plan_id, Wanted(states=(shown,)), finding_id)
    state.drop("review_document", "review_kinds", "review_words", PICKED)
    state.put("review_state", shown)
    go_to(number)


def at_most(last: int) -> int:
    """Look no further than the finding number `last`, where there are fewer by now; returns the number looked at."""
    go_to(min(at(), last))
    return at()


def start_over() -> None:
    """The filter has changed: look at the first finding, with none picked."""
    state.drop(AT, PICKED)


def turn_page(name: str, per_page: int) -> None:
    """Look at the first finding of the page that was chosen in the pagination `name`."""
    go_to((int(state.get(name, 1)) - 1) * per_page)


def picked() -> dict[int, int | None]:
    """The findings that are picked to be handled together: the version that the person saw, by id."""
    return dict(state.get(PICKED, {}))


def pick(row_id: int, version: int | None) -> None:
    """Pick a finding, or drop it again."""
    now = picked()
    if row_id in now:
        del now[row_id]
    else:
        now[row_id] = version
    state.put(PICKED, now)


def pick_these(versions: Versions) -> None:
    """Pick exactly these findings."""
    state.put(PICKED, dict(versions))


def open_dialog(name: str) -> None:
    """Open a dialog with the next run."""
    state.put(OPENING, name)


def decide(plan_id: int, row: FindingRow, to: FindingState, wanted: Wanted) -> None:
    """Decide on the finding that the person looks at, and look at the next one."""
    person = identity.present()
    if person is None:
        return
    with acting_first() as db:
        review.decide(db, person.actor, plan_id, [row.id or 0], to, versions={row.id or 0: row.version})
        if not wanted.states or to in wanted.states:
            go_to(at() + 1)


def decide_picked(plan_id: int, to: FindingState, said: str) -> None:
    """Decide on all picked findings, or on none when somebody has changed one of them meanwhile."""
    person, versions = identity.present(), picked()
    if person is None:
        return
    state.drop(PICKED)
    with acting_first(done=said) as db:
        review.decide(db, person.actor, plan_id, versions, to, versions=versions)


def take_earlier(plan_id: int, stamp: str, said: str) -> None:
    """Decide as earlier years did, all that the person saw offered."""
    person = identity.present()
    if person is None:
        return
    start_over()
    with acting_first(done=said) as db:
        precedents.take_over(db, person.actor, plan_id, stamp)


def undo(plan_id: int, wanted: Wanted) -> None:
    """Take back the person's last action and look at what it was about."""
    person = identity.present()
    if person is None:
        return
    with acting_first() as db:
        restored = review.undo(db, person.actor, plan_id)
        if restored:
            go_to(review.place(db, person.actor, plan_id, wanted, restored[0]))
