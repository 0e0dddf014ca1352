"""Documents for leaders on the page: the choice, what is being made, and the list of what was made."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.access.actor import Actor
from core.exports.leadership import service as papers
from core.exports.leadership.making import Wanted
from core.exports.leadership.service import TEMPLATED, Board, PaperView
from core.exports.leadership.terms import ENDINGS, MIME, PAPER_NAMES, PART_NAMES, PARTS, Paper, State
from core.i18n import LANGUAGES, Language
from core.instance import instance
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import link
from pages.shared.text import _, literal, moment, person, size


@dataclass(frozen=True)
class Asked:
    """A document that is wanted, and whether in the bank's template."""

    wanted: Wanted
    own_template: bool


_LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}


def paper_form(found: Board) -> Asked | None:
    """What document, in which language and template, with which sections."""
    names = {paper: _(PAPER_NAMES[paper]) for paper in Paper}
    with st.container(border=True):
        paper = st.selectbox(_("生成哪一份"), list[Paper](Paper), format_func=names.__getitem__, key="paper_kind")
        parts = {part: _(PART_NAMES[part]) for part in PARTS[paper]}
        chosen = st.pills(
            _("包括哪些章节"),
            list(parts),
            selection_mode="multi",
            default=list(parts),
            format_func=parts.__getitem__,
            key=f"paper_parts_{paper}",
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            language = st.segmented_control(
                _("文件的语言"),
                list(LANGUAGES),
                default=state.language(),
                format_func=_LANGUAGES.__getitem__,
                required=True,
                key="paper_language",
            )
            own = _template_choice(found, paper)
        pressed = st.button(_("生成文件"), icon=":material/description:", type="primary", key="paper_make", disabled=not chosen)
        st.caption(_("按您的权限读取此刻的数据；没有数据的章节会用一句话说明缺什么。不足 5 人的组不列出。"))
    if not pressed:
        return None
    return Asked(Wanted(paper, language or state.language(), tuple(chosen)), own)


def _template_choice(found: Board, paper: Paper) -> bool:
    """Whether the bank's template is used, where it has one."""
    current = found.current(ENDINGS[paper]) if ENDINGS[paper] in TEMPLATED else None
    if current is None:
        return True
    names = {True: f"{current.name} ({current.number})", False: _("系统自带的模板")}
    return bool(st.selectbox(_("模板"), list(names), format_func=names.__getitem__, key=f"paper_template_{paper}"))


@st.fragment(run_every=1.0)
def working(plan_id: int) -> None:
    """What is being made; the page may be closed meanwhile."""
    # A fragment runs without the page around it: whoever has been shut out since must not go on.
    actor = state.present().actor
    with reading() as db:
        found = papers.board(db, actor, plan_id)
    if not found.working:
        st.rerun()
    for one in found.papers:
        if one.progress is not None:
            share = one.progress.done / one.progress.total if one.progress.total else 0.0
            said = _(
                "正在生成{paper}：第 {place} 章，共 {total} 章",
                paper=_(PAPER_NAMES[one.row.paper]),
                place=one.progress.done + 1,
                total=one.progress.total,
            )
            st.progress(min(1.0, share), text=said if one.progress.running and one.progress.total else _("排队等候"))


def paper_list(actor: Actor, found: Board) -> int | None:
    """Everything that was made, the newest first; the number of one that is to be deleted."""
    st.subheader(_("做好的文件"), anchor=False)
    listed = [one for one in found.papers if one.row.state is not State.WAITING]
    if not listed:
        st.caption(_("还没有。生成的文件留在这里，可以再下载，也可以删除。"))
    wish = None
    for one in listed:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_words(one), width="stretch")
            if one.row.state is State.READY:
                _download(actor, one)
            if st.button(_("删除"), key=f"paper_remove_{one.id}", icon=":material/delete:", type="tertiary"):
                wish = one.id
    return wish


def _words(one: PaperView) -> str:
    row = one.row
    made = _("{name}于{when}生成", name=literal(person(row.made_by)), when=moment(row.made_at))
    if row.state is State.FAILED:
        why = _(one.failure) if one.failure is not None else _("没有生成成功。请再试一次。")
        return f"**{_(PAPER_NAMES[row.paper])}** :red-badge[{_('未生成')}]  \n:small[{made} · {literal(why)}]"
    language = row.language.upper()
    facts = [made, literal(row.plan_version), _("校验码 {stamp}", stamp=row.stamp), size(row.size)]
    if row.template:
        facts.append(_("模板 {name}", name=literal(row.template)))
    return f"**{_(PAPER_NAMES[row.paper])}** :gray-badge[{language}]  \n:small[{' · '.join(facts)}]"


def _download(actor: Actor, one: PaperView) -> None:
    st.download_button(
        _("下载"),
        data=lambda: _content(actor, one.id),
        file_name=one.file_name,
        mime=MIME[ENDINGS[one.row.paper]],
        icon=":material/download:",
        on_click="ignore",
        key=f"paper_download_{one.id}",
    )


def _content(actor: Actor, paper_id: int) -> bytes:
    with instance().database.writing() as db:
        return papers.download(db, actor, paper_id)


def other_files() -> None:
    """Where the pictures and the calendar are taken from."""
    st.caption(_("图和日历单独导出："))
    with st.container(horizontal=True):
        link("themes", _("战略地图（PNG、SVG、PDF）"), icon=":material/account_tree:")
        link("chain", _("对齐链（PNG、SVG、PDF）"), icon=":material/timeline:")
        link("feeds", _("培训日历（.ics）"), icon=":material/event:")
