"""The approval of a plan: planned, approved and executed side by side; what was submitted; what was decided before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.approvals.contents import Contents, Item
from core.approvals.differences import money as sum_of
from core.approvals.differences import value_of
from core.approvals.service import Board
from core.approvals.terms import DECISION_NAMES
from core.i18n import Message
from pages.home.parts.approval import badge
from pages.shared.page import on_phone
from pages.shared.text import _, literal, moment, person, wide


def side_by_side(board: Board) -> None:
    """A table of projects: sessions and money as planned, as approved and as executed."""
    if not board.lines:
        return
    st.subheader(_("计划、批准、执行对照"), anchor=False)
    heads = {
        "name": _("项目"),
        "planned_sessions": _("课次：计划"),
        "approved_sessions": _("课次：批准"),
        "held_sessions": _("课次：已上"),
        "planned_money": _("预算：计划"),
        "approved_money": _("预算：批准"),
        "paid": _("预算：已付"),
    }
    if board.approved is None:
        heads = {name: head for name, head in heads.items() if not name.startswith("approved")}
    rows = [{head: getattr(one, name) for name, head in heads.items()} for one in board.lines]
    table = pd.DataFrame(rows)
    table[heads["name"]] = [one.name or _("不属于项目") for one in board.lines]
    whole = {heads[name]: st.column_config.NumberColumn(format="%d", width=wide(90, 140)) for name in heads if name.endswith("sessions")}
    money = {heads[name]: st.column_config.NumberColumn(format="¥%,.0f", width=wide(110, 130)) for name in heads if name not in ("name",)}
    first = {heads["name"]: st.column_config.TextColumn(width=150 if on_phone() else 320, pinned=True)}
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        column_config={**money, **whole, **first},
        placeholder="—",
        alt=_("每个项目的课次和预算：计划、批准、执行"),
    )
    if board.approved is None:
        st.caption(_("计划是现在的数；还没有批准的版本；已上的课次和已付的钱算到今天。"))
    else:
        st.caption(_("计划是现在的数；批准取自最近一次批准的版本；已上的课次和已付的钱算到今天。— 表示不在那一版里，或您看不到草稿排期。"))


def contents(board: Board) -> None:
    """What was handed up last, project by project."""
    if board.last is None:
        return
    kept = board.last.contents
    with st.expander(_("提交的内容（{n} 个项目）", n=kept.projects), icon=":material/inventory:", expanded=board.mine):
        st.caption(_words(kept))
        for one in kept.items:
            st.markdown(_item(one))


def history(board: Board) -> None:
    """Every submission with what was decided on it, also those that were sent back or taken back."""
    if len(board.submissions) < 2:
        return
    with st.expander(_("历次提交（{n}）", n=len(board.submissions)), icon=":material/history:"):
        for view in board.submissions:
            row = view.row
            said = _(
                "第 {number} 次提交，{name}于{when}", number=str(row.number), name=_who(row.submitted_by), when=moment(row.submitted_at)
            )
            st.markdown(f"{badge(view)} {said}")
            for one in view.decisions:
                words = f" · {literal(one.words)}" if one.words else ""
                layer = literal(one.layer_name)
                st.markdown(f"- {layer} · {_(DECISION_NAMES[one.decision])} · {_who(one.by)} · {moment(one.at)}{words}")


def _who(name: str) -> str:
    return literal(person(name))


def _words(kept: Contents) -> str:
    said = _("{sessions} 次课 · 预算 {money}", sessions=kept.sessions, money=sum_of(kept.planned))
    return f"{said} · {_('课次取自草稿排期')}" if kept.draft else said


def _item(one: Item) -> str:
    people = f" · {_('{n} 人', n=one.people)}" if one.people else ""
    said = _("{sessions} 次课 · 预算 {money}", sessions=one.sessions, money=sum_of(one.planned, small=True))
    goals = " · ".join(f"{literal(each.name)} {_shown(value_of(each))}" for each in one.figures)
    lines = [f"**{literal(one.name)}** :gray[{said}{people}]", *(literal(text) for text in (one.pain_point, one.behaviour) if text), goals]
    return "  \n".join(line for line in lines if line)


def _shown(value: Message | str) -> str:
    return _(value) if isinstance(value, Message) else literal(value)
