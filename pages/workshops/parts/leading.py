"""How a facilitator leads: open, freeze, close, the timer, the board's own words."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.i18n import Message
from core.workshops import service
from core.workshops.service import MOST_MINUTES
from core.workshops.snapshot import Snapshot
from core.workshops.terms import LONGEST_TITLE, BoardState
from pages.shared.database import acting
from pages.shared.record_form import Written, record_form, record_of
from pages.shared.text import _

_MINUTES = 5
_FIELDS = {
    "title": Field(Message("看板名称")),
    "hide_names": Field(Message("来宾互相看不到昵称，大屏也不显示")),
    "by_code": Field(Message("凭加入码加入：一人一码，一码一票")),
}
# What the one primary button does, and what else there is, at each state.
_NEXT = {
    BoardState.DRAFT: (BoardState.OPEN,),
    BoardState.OPEN: (BoardState.FROZEN, BoardState.CLOSED),
    BoardState.FROZEN: (BoardState.OPEN, BoardState.CLOSED),
    BoardState.CLOSED: (BoardState.OPEN,),
}
_ICONS = {BoardState.OPEN: ":material/play_arrow:", BoardState.FROZEN: ":material/pause:", BoardState.CLOSED: ":material/stop:"}


def leading(actor: Actor, plan_id: int, found: Snapshot) -> None:
    """The buttons of a board, and what they do."""
    board, version = found.board, found.board.version or 0
    labels = {
        BoardState.OPEN: _("打开") if board.state is BoardState.DRAFT else _("恢复进行"),
        BoardState.FROZEN: _("冻结"),
        BoardState.CLOSED: _("结束"),
    }
    wanted, minutes = None, None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for place, one in enumerate(_NEXT[board.state]):
            how = "primary" if place == 0 and board.state is not BoardState.CLOSED else "secondary"
            if st.button(labels[one], key=f"workshop_{one.value}", icon=_ICONS[one], type=how):  # type: ignore[arg-type]
                wanted = one
        if board.state is BoardState.OPEN:
            chosen = st.number_input(_("计时（分钟）"), 1, MOST_MINUTES, _MINUTES, key="workshop_minutes", width=150)
            if st.button(_("开始计时"), key="workshop_timer", icon=":material/timer:"):
                minutes = int(chosen)
            if board.timer_ends_at is not None and st.button(_("取消计时"), key="workshop_timer_off", icon=":material/timer_off:"):
                minutes = 0
        with st.popover(_("看板设置"), icon=":material/tune:"):
            changed = _settings(found)
    if wanted is not None:
        with acting() as db:
            service.go(db, actor, plan_id, found.id, version, wanted)
    if minutes is not None:
        with acting() as db:
            service.set_timer(db, actor, plan_id, found.id, version, minutes)
    if changed is not None:
        with acting(changed.done(_("已保存"))) as db:
            service.change(db, actor, plan_id, found.id, changed.version, **changed.value)


def _settings(found: Snapshot) -> Written[dict[str, Any]] | None:
    board = found.board
    stored = {"title": board.title, "hide_names": board.hide_names, "by_code": board.by_code}
    return record_form("workshop_settings", record_of(board, "workshop_changed"), stored, _FIELDS, _fields)


def _fields(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        title = st.text_input(_("看板名称"), known["title"], max_chars=LONGEST_TITLE, key=f"{key}_title")
        hide = st.toggle(_("来宾互相看不到昵称，大屏也不显示"), known["hide_names"], key=f"{key}_hide")
        code = st.toggle(_("凭加入码加入：一人一码，一码一票"), known["by_code"], key=f"{key}_code")
        st.caption(_("不用加入码时，一个浏览器算一票：换浏览器或清除记录的人可以再来一次，链接做不到更严。要真正一人一票，请发加入码。"))
        pressed = st.form_submit_button(_("保存"), type="primary", key=f"{key}_save")
    return {"title": title, "hide_names": hide, "by_code": code} if pressed else None
