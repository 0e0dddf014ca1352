"""What hangs on the wall."""

from __future__ import annotations

import streamlit as st

from core.exports.qr import qr_svg
from core.workshops.snapshot import Snapshot
from core.workshops.terms import BoardState
from pages.shared.addresses import server_address
from pages.shared.text import _, joined, literal
from pages.workshops.parts.results import question, results, took_part

_QR = 260
_MOST_NAMES = 60


def wall(found: Snapshot, token: str | None) -> None:
    """The question with its results, and beside it the way in; before the first round only the way in, after the last one thanks."""
    view = found.current
    st.markdown(f"#### {literal(found.board.title)}")
    if found.board.state is BoardState.CLOSED:
        st.markdown(_("# 谢谢大家，这场共创已结束"))
    elif found.board.state is BoardState.DRAFT or view is None:
        st.markdown(_("# 马上开始，请稍候"))
    else:
        st.markdown(f"# {literal(question(view))}")
    left, right = st.columns([3, 1], gap="large")
    with right:
        _way_in(found, token)
    with left:
        if view is not None and found.board.state is not BoardState.DRAFT:
            results(found, view, big=True)
            st.markdown(f"### {took_part(found, view)}")


def timer(found: Snapshot) -> str | None:
    """The time that is left, as minutes and seconds; None without a timer."""
    rest = found.seconds_left()
    if rest is None:
        return None
    return f"{rest // 60}:{rest % 60:02d}" if rest else _("时间到")


def _way_in(found: Snapshot, token: str | None) -> None:
    if (rest := timer(found)) is not None:
        st.metric(_("剩余时间"), rest)
    if found.board.state is BoardState.FROZEN:
        st.markdown(_("## :material/lock: 已冻结"))
    if found.board.state in (BoardState.OPEN, BoardState.FROZEN) and token is not None:
        address = f"{server_address()}/join/{token}"
        st.image(qr_svg(address), width=_QR)
        st.markdown(_("### 手机扫码加入"))
        st.caption(_("不用账号，填昵称即可。{rule}", rule=_rule(found)))
    elif found.board.state in (BoardState.OPEN, BoardState.FROZEN):
        st.markdown(_("加入链接没有打开。"))
    if not found.board.hide_names and found.guests:
        names = list(found.guests.values())
        more = _("等 {n} 人", n=len(names)) if len(names) > _MOST_NAMES else ""
        st.caption(literal(joined(names[-_MOST_NAMES:])) + more)


def _rule(found: Snapshot) -> str:
    return _("一个加入码一票。") if found.board.by_code else _("一个浏览器一票。")
