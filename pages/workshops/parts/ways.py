"""The ways between the steps and the workshops: a board opened from a step, and on what it gave to the plan the way back to it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from core.access.actor import Actor, Right
from core.i18n import Message
from core.instance import instance
from core.workshops.taking import Origin
from core.workshops.terms import RoundKind
from pages.shared.page import link
from pages.shared.text import _, literal

_ASKING = {
    RoundKind.VOTE: Message("请大家给主题投分"),
    RoundKind.PAIN: Message("请大家提痛点"),
    RoundKind.REACT: Message("请大家评目标"),
    RoundKind.RANK: Message("请大家在预算内选项目"),
}


def ask_the_room(actor: Actor, kind: RoundKind) -> None:
    """The way to a new board whose first round is of this kind, for whoever may lead one while there are workshops."""
    if actor.may(Right.RUN_WORKSHOPS) and instance().settings.workshops:
        link("workshops", _(_ASKING[kind]), icon=":material/groups_3:", kind=kind.value)


def from_workshop(actor: Actor, origin: Origin | None, *, stands: bool) -> None:
    """Where something of the plan comes from, with the way to the board. `stands`: it is still as the board left it."""
    if origin is None:
        return
    said = _(origin.said) if stands else _("{origin}，之后又改过", origin=_(origin.said))
    if actor.may(Right.RUN_WORKSHOPS):
        link("workshop_results", literal(said), icon=":material/groups_3:", id=origin.board_id)
    else:
        st.caption(f":material/groups_3: {literal(said)}")


def weights_from_workshops(actor: Actor, weighed: Iterable[tuple[Origin, bool]]) -> None:
    """Which boards gave themes their weights: one line for each board. Each origin with whether its weight still stands."""
    boards: dict[int, list[tuple[Origin, bool]]] = {}
    for origin, stands in weighed:
        boards.setdefault(origin.board_id, []).append((origin, stands))
    for board_id, found in boards.items():
        first, changed = found[0][0], sum(not stands for _origin, stands in found)
        said = _(
            "{n} 个主题的权重来自共创“{board}”（{day}），{guests} 人参与",
            n=len(found),
            board=first.board,
            day=first.row.taken_at.date().isoformat(),
            guests=first.row.guests,
        )
        said = _("{said}；其中 {n} 个之后又改过", said=said, n=changed) if changed else said
        if actor.may(Right.RUN_WORKSHOPS):
            link("workshop_results", literal(said), icon=":material/groups_3:", id=board_id)
        else:
            st.caption(f":material/groups_3: {literal(said)}")
