"""Where the year's days come from; and, when its notice was published after people planned with it, what changed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.calendar import editing
from core.delivery.calendar.service import Publication, YearCalendar
from core.delivery.calendar.terms import KIND_NAMES, YearSource
from core.i18n import Message
from pages.settings.parts.wish import Wish
from pages.shared.page import chosen_plan
from pages.shared.table import tall
from pages.shared.text import _, day


def news(year: YearCalendar, published: Publication | None, may_edit: bool) -> Wish | None:
    """What the reader should know of the year, and their wish to have taken note of it."""
    if year.provisional:
        st.warning(_(year.source), icon=":material/pending:")
        if may_edit:
            st.caption(_("放假通知公布后，升级软件，或在“从表格导入”里粘贴通知；到时这里会列出哪些天变了，排期可以按变化最少重排。"))
    elif year.origin is YearSource.NOTICE:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(_(year.source), icon=":material/fact_check:", width="stretch")
            if may_edit and st.button(_("删除导入的通知"), key="calendar_forget", icon=":material/delete:"):
                return _forgotten()
    else:
        st.caption(f":material/fact_check: {_(year.source)}")
    return _changes(published, may_edit) if published is not None else None


def _changes(published: Publication, may_edit: bool) -> Wish | None:
    with st.container(border=True):
        st.markdown(f"**{_('{year} 年的放假安排已经公布', year=str(published.year))}**")
        if not published.changes:
            st.markdown(_("和暂定的一样，可排的日子没有变化。"))
        else:
            lost = _("有 {n} 天不能再排", n=len(published.lost))
            won = _("多出 {n} 天可排", n=len(published.changes) - len(published.lost))
            st.markdown(_("和暂定的相比，{lost}，{won}。已排的课次请到排期页按变化最少重排。", lost=lost, won=won))
            rows = [[day(one.day), _("可排") if one.usable else _("不能排"), _why(one.kind, one.name)] for one in published.changes]
            headings = [_("日期"), _("现在"), _("是什么日子")]
            st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, height=tall(len(rows)), alt=_("变化的日子"))
        if may_edit and st.button(_("知道了，按公布的算"), type="primary", key="calendar_noted"):
            return _noted()
    return None


def _why(kind: Any, name: Message | str | None) -> str:
    called = _(name) if isinstance(name, Message) else name or ""
    return f"{_(KIND_NAMES[kind])} {called}".strip()


def _noted() -> Wish:
    plan_id = chosen_plan()[1]

    def act(db: Any, actor: Actor) -> None:
        editing.take_note(db, actor, plan_id)

    return Wish(_("已确认"), act)


def _forgotten() -> Wish:
    plan_id = chosen_plan()[1]

    def act(db: Any, actor: Actor) -> None:
        editing.remove_notice(db, actor, plan_id)

    return Wish(_("已删除"), act)
