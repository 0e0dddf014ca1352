"""What a planner says about two lines of the contrast: that they are on the same matter, that they are not, or nothing any more."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor, Right
from core.strategy import same_matter
from core.strategy.contrast import By, Line, Match
from core.strategy.interviews import Held
from pages.shared.database import acting
from pages.shared.text import _, joined, literal, moment, person

_LONGEST = 60


def judge_match(actor: Actor, plan_id: int, held: Held, line: Line, match: Match) -> None:
    """Beneath a clause that a line is held to say too: that it does not, or that what a person said is taken back."""
    if not actor.may(Right.DECIDE_STRATEGY):
        return
    clause = held.contrast.whole(match.id)
    if match.by is By.PERSON:
        _take_back(actor, plan_id, held, line, clause, match.id)
    elif st.button(
        _("不是一回事"),
        icon=":material/link_off:",
        type="tertiary",
        key=f"matter_part_{line.id}_{match.id}",
        help=_("系统认错了：分开这两条，可以撤销。"),
    ):
        _judge(actor, plan_id, held, line, clause, same=False)


def parted(actor: Actor, plan_id: int, held: Held, line: Line, *, spoken: bool) -> None:
    """The lines of the other side that a person says are on another matter."""
    for one in line.parted:
        other = held.contrast.whole(one)
        said, clause = (line, other) if spoken else (other, line)
        st.caption(_("人工认定不是一回事：{text}", text=literal(held.rows[one].text)) + set_by(held, said, clause))
        if actor.may(Right.DECIDE_STRATEGY):
            _take_back(actor, plan_id, held, said, clause, one)


def link_by_hand(actor: Actor, plan_id: int, held: Held, line: Line, *, spoken: bool) -> None:
    """Choose a line of the other side that is on the same matter although the rules do not see it."""
    met = {match.id for match in line.matches}
    others = [one for one in (held.contrast.clauses if spoken else held.contrast.raised) if met.isdisjoint(one.ids)]
    if not others or not actor.may(Right.DECIDE_STRATEGY):
        return
    with st.expander(_("和文件里的另一条是一回事？") if spoken else _("访谈里其实有人说过？"), icon=":material/add_link:"):
        by_id = {one.id: one for one in others}
        chosen = st.selectbox(
            _("文件里的说法") if spoken else _("访谈里的说法"),
            list(by_id),
            index=None,
            format_func=lambda one: _named(held, by_id[one]),
            placeholder=_("输入几个字查找"),
            key=f"matter_other_{line.id}",
        )
        pressed = st.button(_("是一回事"), icon=":material/link:", key=f"matter_link_{line.id}", disabled=chosen is None)
    if pressed and chosen is not None:
        said, clause = (line, by_id[chosen]) if spoken else (by_id[chosen], line)
        _judge(actor, plan_id, held, said, clause, same=True)


def set_by(held: Held, said: Line, clause: Line) -> str:
    """Who said so, and when."""
    row = held.set_between(said.ids, clause.ids)
    return _("（{who}，{when}）", who=literal(person(row.set_by)), when=moment(row.set_at)) if row else ""


def _take_back(actor: Actor, plan_id: int, held: Held, said: Line, clause: Line, shown: int) -> None:
    if st.button(_("撤销认定"), icon=":material/undo:", type="tertiary", key=f"matter_undo_{said.id}_{shown}"):
        _judge(actor, plan_id, held, said, clause, same=None)


def _judge(actor: Actor, plan_id: int, held: Held, said: Line, clause: Line, *, same: bool | None) -> None:
    done = {True: _("已认定是一回事"), False: _("已认定不是一回事"), None: _("已撤销，按系统的对照")}[same]
    seen = {pair: row.version or 0 for pair, row in held.matters.items()}
    # A line of what only documents say may be part of a clause of which another part is said in interviews too.
    whole = held.contrast.whole(clause.id)
    with acting(done=done) as db:
        same_matter.judge(db, actor, plan_id, said.ids, whole.ids, same=same, seen=seen)


def _named(held: Held, line: Line) -> str:
    text = held.rows[line.id].text
    return f"{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}　·　{joined(line.sources)}"
