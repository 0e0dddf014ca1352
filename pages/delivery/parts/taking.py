"""How content comes in without being typed: proposed from what is decided, from the catalogue, pasted from Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.cases.service import CaseView, item_of
from core.delivery.content import suggesting
from core.delivery.content.item import ItemFacts
from core.delivery.content.pasting import FIELDS, read
from core.delivery.content.service import ContentView
from core.delivery.content.suggesting import Proposals
from core.delivery.content.terms import ORIGIN_NAMES
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.page import link
from pages.shared.table import tall
from pages.shared.text import _, joined, literal

_SHORT = 10


def taking(view: ContentView, known: Proposals, cases: Sequence[CaseView], *, opened: bool) -> Wish | None:
    """Four ways in; what the reader wants taken in."""
    with st.expander(_("取用已有的内容"), icon=":material/library_add:", expanded=opened):
        first, second, third, fourth = st.tabs([_("按能力和目标建议"), _("课程目录"), _("案例库"), _("从 Excel 粘贴")])
        with first:
            wish = _proposed(view, known)
        with second:
            wish = _courses(view, known) or wish
        with third:
            wish = _cases(view, cases) or wish
        with fourth:
            wish = _pasted(view) or wish
    return wish


def _proposed(view: ContentView, known: Proposals) -> Wish | None:
    if known.lacking:
        st.caption(_("能力模型里没有：{names}。", names=joined(literal(one) for one in known.lacking)))
    if not known.own:
        st.caption(_("没有更多建议：先给项目写上要补的能力和行为目标。"))
        return None
    st.caption(_("按能力模型各级的行为和项目的行为目标写出；学时是起步值（知识 1，应用 3.5，判断 7），请改成自己的。"))
    return _table(view, known.own, "own")


def _courses(view: ContentView, known: Proposals) -> Wish | None:
    if not known.courses:
        st.caption(_("课程目录里没有可取的课。"))
        link("catalogue", _("打开课程目录"), icon=":material/menu_book:")
        return None
    fitting = [one.facts for one in known.courses if one.fits]
    everything = st.toggle(_("也列出与项目能力无关的课"), value=not fitting, key=f"content_all_courses_{view.id}")
    shown = [one.facts for one in known.courses] if everything else fitting
    return _table(view, shown, "courses") if shown else None


def _cases(view: ContentView, cases: Sequence[CaseView]) -> Wish | None:
    if not cases:
        st.caption(_("案例库里还没有内容。"))
        link("cases", _("打开案例库"), icon=":material/collections_bookmark:")
        return None
    own = set(view.project.competencies)
    words = st.text_input(_("搜索"), placeholder=_("标题、正文、标签或场景中的字"), key=f"content_cases_words_{view.id}").split()
    found = sorted((one for one in cases if one.has(words)), key=lambda one: one.row.competency not in own)
    return _table(view, [item_of(one) for one in found], "cases") if found else None


def _table(view: ContentView, some: Sequence[ItemFacts], name: str) -> Wish | None:
    rows = [
        {
            "name": one.name,
            "hours": one.hours,
            "competency": one.competency,
            "learnt": one.learnt,
            "material": one.material,
            "origin": _(ORIGIN_NAMES[one.origin]),
        }
        for one in some
    ]
    frame = pd.DataFrame(rows).replace("", None)
    event = st.dataframe(
        frame,
        hide_index=True,
        height=tall(len(rows), 10),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"content_take_{name}_{view.id}_{view.content.version}_{len(rows)}",
        placeholder="—",
        alt=_("可以取用的内容"),
        column_config={
            "name": st.column_config.TextColumn(_("内容单元"), width=240),
            "hours": st.column_config.NumberColumn(_("学时"), width=70),
            "competency": st.column_config.TextColumn(_("对应能力"), width=140),
            "learnt": st.column_config.TextColumn(_("学会什么"), width=300),
            "material": st.column_config.TextColumn(_("材料或案例"), width=150),
            "origin": st.column_config.TextColumn(_("来源"), width=140),
        },
    )
    picked = [some[place] for place in event.selection.rows if place < len(some)]
    wanted = picked or list(some)
    label = _("取用 {n} 项", n=len(wanted)) if picked else _("全部取用（{n} 项）", n=len(wanted))
    if not picked and len(some) > _SHORT:
        st.caption(_("先勾选要取用的。"))
        return None
    if not st.button(label, icon=":material/add:", key=f"content_take_{name}"):
        return None
    return Wish(_("已取用 {n} 项", n=len(wanted)), lambda db, actor: _take(db, actor, view, wanted))


def _pasted(view: ContentView) -> Wish | None:
    stamp = state.get(f"content_pasted_{view.id}", 0)
    st.caption(_("连表头一起复制最稳妥；没有表头时，列的顺序应为：{columns}。", columns=joined(_(one.title) for one in FIELDS)))
    pasted = st.text_area(
        _("粘贴到这里"), height=120, key=f"content_paste_{view.id}_{stamp}", placeholder=_("内容单元 → 学会什么 → 学时 → …，一行一条")
    )
    if not pasted.strip():
        return None
    found, refused = read(pasted)
    if refused:
        st.warning(_("{n} 行不能用，其余的可以导入。", n=len(refused)), icon=":material/error:")
        lines = [{_("行"): one.line, _("内容"): one.text, _("原因"): _(one.why)} for one in refused]
        st.dataframe(pd.DataFrame(lines), hide_index=True, alt=_("不能用的行"))
    if not found:
        return None
    rows = [{_("内容单元"): one.name, _("学时"): one.hours, _("学会什么"): one.learnt, _("怎么用"): one.use} for one in found]
    st.dataframe(pd.DataFrame(rows).replace("", None), hide_index=True, placeholder="—", alt=_("将要导入的内容单元"))
    if not st.button(_("导入 {n} 项", n=len(found)), icon=":material/add:", key="content_paste_take"):
        return None

    def act(db: Any, actor: Actor) -> None:
        _take(db, actor, view, found)
        state.put(f"content_pasted_{view.id}", stamp + 1)

    return Wish(_("已导入 {n} 项", n=len(found)), act)


def _take(db: Any, actor: Actor, view: ContentView, wanted: Sequence[ItemFacts]) -> None:
    suggesting.take(db, actor, view.id, view.content.version, wanted)
