"""The templates of documents: which is in use, another one checked and taken, an earlier one taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.errors import BadInput
from core.exports.leadership import service as papers
from core.exports.leadership.service import TEMPLATED, Board
from core.exports.leadership.tables import PaperTemplate
from core.exports.leadership.templates import LARGEST_MEGABYTES
from core.exports.leadership.terms import MIME
from pages.shared import state
from pages.shared.database import reading
from pages.shared.text import _, literal, moment, person

Change = Callable[[Any], None]


def template_panel(actor: Actor, found: Board) -> Change | None:
    """The templates for those who may change them; what they want done."""
    if not found.keeps:
        return None
    with st.expander(_("本行自己的模板"), icon=":material/style:"):
        st.markdown(
            _(
                "拿系统自带的模板改成本行的样子，或在本行的 Word、PowerPoint 模板里写占位符："
                "封面写 {{title}}、{{unit}}、{{date}}、{{made_by}}、{{version}}、{{scope}}、{{stamp}}，"
                "正文的位置单独写一段 {{content}}（PowerPoint 里是一个文本框）；"
                "Word 还可以用 {{contents}} 放目录，用 {{budget}} 这样的章节名单独放一章。"
            )
        )
        with st.container(horizontal=True):
            for ending in TEMPLATED:
                _own(actor, ending)
        change = _upload(actor)
        for ending in TEMPLATED:
            change = _earlier(actor, found, ending) or change
    return change


def _own(actor: Actor, ending: str, template: PaperTemplate | None = None) -> None:
    language = state.language()

    def content() -> bytes:
        with reading() as db:
            return papers.template_file(db, actor, ending, language, template.id if template else None)

    st.download_button(
        _("下载") if template else _("自带模板（.{ending}）", ending=ending),
        data=content,
        file_name=template.name if template else f"template.{ending}",
        mime=MIME[ending],
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"paper_template_file_{ending}_{template.id if template else 0}",
    )


def _upload(actor: Actor) -> Change | None:
    said = _("上传模板（.docx 或 .pptx，最大 {limit} MB）", limit=LARGEST_MEGABYTES)
    file = st.file_uploader(said, type=list(TEMPLATED), max_upload_size=LARGEST_MEGABYTES, key="paper_template_upload")
    if file is None:
        return None
    name, content = file.name, file.getvalue()
    try:
        _ending, checked = papers.check(name, content)
    except BadInput as failure:
        st.error(literal(_(failure.message)))
        return None
    for one in checked.sentences:
        st.markdown(f"- {literal(_(one))}")
    if checked.usable and st.button(_("使用这个模板"), type="primary", icon=":material/check:", key="paper_template_use"):
        return lambda db: _taken(papers.add_template(db, actor, name, content))
    return None


def _earlier(actor: Actor, found: Board, ending: str) -> Change | None:
    wish: Change | None = None
    own = [one for one in found.templates if one.ending == ending]
    for one in own:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            badge = f" :green-badge[{_('正在使用')}]" if one.current else ""
            added = _("{name}于{when}上传", name=literal(person(one.added_by)), when=moment(one.added_at))
            st.markdown(f"**{literal(one.name)}** ({one.number}){badge}  \n:small[{added}]", width="stretch")
            _own(actor, ending, one)
            label = _("改用自带模板") if one.current else _("恢复使用")
            if st.button(label, key=f"paper_template_turn_{one.id}", type="tertiary"):
                wish = _turn(actor, ending, one)
    return wish


def _turn(actor: Actor, ending: str, one: PaperTemplate) -> Change:
    chosen = None if one.current else one.id
    return lambda db: papers.use_template(db, actor, ending, chosen, one.version)


def _taken(_number: int) -> None:
    """Keeping a template says nothing more."""
