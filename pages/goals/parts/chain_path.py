"""The chosen chain as a list: each thing with its way to the page where it lives."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import Actor, Right
from core.goals.chain.chain import COLUMN_NAMES, Column, Node
from core.goals.chain.service import Alignment
from core.i18n import Message
from pages.shared.page import link
from pages.shared.text import _, literal

_ICONS = {
    Column.CLAUSE: ":material/format_quote:",
    Column.THEME: ":material/account_tree:",
    Column.CAPABILITY: ":material/psychology:",
    Column.GAP: ":material/troubleshoot:",
    Column.PROJECT: ":material/emoji_objects:",
    Column.GOAL: ":material/flag:",
}
_MISSING = {
    Column.CLAUSE: Message("没有看得到的条款"),
    Column.THEME: Message("没有主题"),
    Column.CAPABILITY: Message("没有点名的能力"),
    Column.GAP: Message("没有测得的短板"),
    Column.PROJECT: Message("还没有项目"),
    Column.GOAL: Message("还没有目标"),
}
_SHOWN = 8

Way = tuple[str, dict[str, Any]]


def show_path(actor: Actor, found: Alignment, chosen: str) -> None:
    """Everything of the chain through what is chosen, in the order in which it leads from the clause to the goal."""
    through = found.chain.through(chosen).nodes
    with st.container(border=True):
        for column in Column:
            here = [one for one in found.chain.of(column) if one.id in through]
            name, things = st.columns([1, 5], gap="small")
            name.markdown(f":gray[{_ICONS[column]} {_(COLUMN_NAMES[column])}]")
            with things.container(gap=None):
                _things(actor, found, column, here)


def way_to(actor: Actor, found: Alignment, node: Node) -> Way | None:
    """The page where a thing lives, with the parameters of its address; None where this reader has none."""
    if node.column is Column.CLAUSE:
        clause = found.clauses.get(node.subject or 0)
        return ("document", {"id": clause.document_id, "start": clause.start, "end": clause.end}) if clause else None
    if node.column is Column.CAPABILITY:
        return ("competencies", {}) if actor.may(Right.READ_PEOPLE) else None
    if node.column is Column.GAP:
        return _of_gap(actor, found, node)
    ways: dict[Column, Way] = {
        Column.THEME: ("themes", {"theme": node.subject}),
        Column.PROJECT: ("ideas", {"part": "projects", "project": node.subject}),
        Column.GOAL: ("goals", {"project": node.subject}),
    }
    return ways[node.column]


def _of_gap(actor: Actor, found: Alignment, node: Node) -> Way:
    """To the people of the gap for whoever reads everybody, to all gaps for the others."""
    gap = found.gaps.get(node.id.removeprefix(f"{Column.GAP}-"))
    if gap is None or not actor.may(Right.READ_PEOPLE):
        return "gaps", {}
    place = {"unit": gap.key.unit_id, "post": gap.key.post_id}
    return "gap_people", {"competency": gap.key.competency_id, **{name: value for name, value in place.items() if value is not None}}


def _things(actor: Actor, found: Alignment, column: Column, here: list[Node]) -> None:
    if not here:
        st.markdown(f":gray[{_(_MISSING[column])}]")
    for node in here[:_SHOWN]:
        way = way_to(actor, found, node)
        if way is None:
            st.markdown(literal(node.name))
        else:
            link(way[0], literal(node.name), **way[1])
        if node.note:
            st.caption(literal(node.note))
    if len(here) > _SHOWN:
        st.caption(_("其余 {n} 项在图上", n=len(here) - _SHOWN))
