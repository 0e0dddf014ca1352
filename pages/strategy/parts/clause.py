"""One HQ clause: HQ's words, the branch's version, what changed, and the branch fact behind it."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.documents.parsing.draft import CELL_BORDER
from core.editing.comparing import Field
from core.i18n import Message
from core.instance import instance
from core.strategy.localising import Change, difference
from core.strategy.themes import localisation
from core.strategy.themes.localisation import LACK_NAMES, LONGEST_VERSION, Clause, Fact
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import link
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, literal, sample_mark
from pages.strategy.parts.blocks import show_text

_FIELDS = {"text": Field(Message("本行的版本"))}


def clause_card(actor: Actor, plan_id: int, clause: Clause, *, may_edit: bool) -> None:
    """The clause on the left, the branch's version on the right; below, the difference and the fact."""
    one = clause.finding
    with st.container(border=True):
        _verdict(clause)
        left, right = st.columns(2, gap="large")
        with left:
            st.caption(f"{_('总行')} · {literal(one.document)}{sample_mark(one.sample)} · {_('第 {page} 页', page=one.page)}")
            if one.heading:
                st.caption(literal(" › ".join(one.heading)))
            if CELL_BORDER in one.quote:
                # A row of figures does not say which year each of them is.
                st.markdown(f"**{literal(one.text)}**")
            show_text(one.quote)
            link("document", _("在原文中查看"), icon=":material/article:", id=one.document_id, start=one.start, end=one.end)
        with right:
            if may_edit:
                _version(actor, plan_id, clause)
            else:
                st.caption(_("本行"))
                show_text(clause.text or _("还没有分行版本。"))
        if clause.text:
            _changes(clause)
        _fact(actor, plan_id, clause, may_edit=may_edit)


def _verdict(clause: Clause) -> None:
    if clause.lack is None:
        st.badge(_("已本地化"), icon=":material/check:", color="green")
    else:
        st.badge(_(LACK_NAMES[clause.lack]), icon=":material/flag:", color="orange")


def _version(actor: Actor, plan_id: int, clause: Clause) -> None:
    def draw(known: dict[str, str], key: str) -> dict[str, str] | None:
        with st.form(key, border=False, enter_to_submit=False):
            text = st.text_area(
                _("本行的版本"),
                known["text"],
                max_chars=LONGEST_VERSION,
                height=140,
                placeholder=_("在本行，这一条具体是什么：哪个客群、哪些岗位、多少、到什么时候？"),
                key=f"{key}_text",
            )
            return {"text": text} if st.form_submit_button(_("保存"), key=f"{key}_save") else None

    record = Record("clause", clause.finding.id, clause.version, actions=("clause_localised",), subject="finding")
    if written := record_form("version", record, {"text": clause.text}, _FIELDS, draw):
        with acting(done=written.done(_("已保存分行版本"))) as db:
            localisation.write(db, actor, plan_id, clause.finding.id, clause.version, written.value["text"])


def _changes(clause: Clause) -> None:
    marks = {Change.KEPT: "{}", Change.ADDED: ":green-background[{}]", Change.REMOVED: ":gray[~~{}~~]"}
    runs = difference(clause.finding.quote, clause.text)
    shown = "".join(marks[run.change].format(literal(run.text)) if run.text.strip() else run.text for run in runs)
    st.caption(_("与总行原文相比：:green-background[新增]　:gray[~~删去~~]　其余保留"))
    st.markdown(shown.replace("\n", " "))


def _fact(actor: Actor, plan_id: int, clause: Clause, *, may_edit: bool) -> None:
    if clause.hidden:
        st.caption(_("依据的分行事实在一份不对您开放或已移除的文件里。"))
    if clause.fact is not None:
        st.caption(_("依据的分行事实"))
        _show(clause.fact)
        if may_edit and st.button(_("换一条事实"), key=f"fact_drop_{clause.finding.id}", icon=":material/close:", type="tertiary"):
            with acting(done=_("已取消这条事实")) as db:
                localisation.justify(db, actor, plan_id, clause.finding.id, clause.version, None)
    elif may_edit:
        _search(actor, plan_id, clause)


def _search(actor: Actor, plan_id: int, clause: Clause) -> None:
    key = clause.finding.id
    wanted = st.text_input(
        _("在分行文件和访谈里查找依据"),
        placeholder=_("例如：跨境电商 汇率避险 覆盖率"),
        key=f"fact_words_{key}",
        icon=":material/search:",
    )
    with st.container(horizontal=True):
        if st.button(_("用这一条的原文查找"), key=f"fact_own_{key}", type="tertiary", icon=":material/auto_awesome:"):
            state.put(f"fact_open_{key}", True)
    if not wanted.strip() and not state.get(f"fact_open_{key}"):
        return
    with reading() as db:
        found = localisation.facts(db, instance().index, actor, wanted.strip() or clause.text or clause.finding.quote)
    if not found:
        st.info(_("分行文件和访谈里没有找到相关的内容。可以换几个字，或先把分行文件加入文件库。"), icon=":material/search_off:")
    for number, fact in enumerate(found):
        with st.container(border=True):
            _show(fact)
            if st.button(_("以此为依据"), key=f"fact_take_{key}_{number}_{fact.start}", icon=":material/add_link:"):
                state.drop(f"fact_open_{key}")
                with acting(done=_("已选为依据")) as db:
                    place = (fact.document_id, fact.start, fact.end)
                    localisation.justify(db, actor, plan_id, key, clause.version, place)


def _show(fact: Fact) -> None:
    show_text(fact.quote)
    place = " › ".join((_("第 {page} 页", page=fact.page), *fact.heading))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{literal(fact.title)}{sample_mark(fact.sample)} · {literal(place)}", width="content")
        link("document", _("在原文中查看"), icon=":material/article:", id=fact.document_id, start=fact.start, end=fact.end)
