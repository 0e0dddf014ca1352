"""The words of a kind of notice: edited with the places that it has, looked at, put back."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.errors import CexunError
from core.i18n import Language
from core.notices import templates
from core.notices.kinds import KINDS, OF_GROUPS
from core.notices.templates import Preview, Words
from core.notices.terms import KIND_NAMES, Kind
from core.notices.wording import LONGEST_SUBJECT, LONGEST_TEXT
from pages.settings.parts.wish import Wish
from pages.shared.database import reading
from pages.shared.page import MEASURE
from pages.shared.text import _, literal, person

_LANGUAGES: dict[str, str] = {"zh": "中文", "en": "English"}


def chosen_words() -> tuple[Kind, Language]:
    """Which kind of notice, and in which language it is read."""
    names = {kind: _(KIND_NAMES[kind]) for kind in Kind}
    which, where = st.container(width=MEASURE).columns([3, 1])
    kind = which.selectbox(_("哪一种通知"), list[Kind](Kind), format_func=names.__getitem__, placeholder=_("请选择"), key="notice_kind")
    language = where.segmented_control(
        _("读的人用"), list(_LANGUAGES), default="zh", format_func=_LANGUAGES.__getitem__, key="notice_language", required=True
    )
    return kind, "en" if language == "en" else "zh"


def words_form(actor: Actor, kind: Kind, language: Language, now: Words) -> Wish | None:
    """The form, the preview below it, and what somebody wants done."""
    key = f"{kind.value}_{language}_{now.version}"
    with st.container(width=MEASURE):
        if now.version:
            st.caption(_("{name}改过这段话。", name=literal(person(now.changed_by))))
        with st.form(f"notice_words_{key}", enter_to_submit=False):
            subject = st.text_input(_("标题"), now.subject, max_chars=LONGEST_SUBJECT, key=f"notice_subject_{key}")
            text = st.text_area(_("正文"), now.text, max_chars=LONGEST_TEXT, height=170, key=f"notice_text_{key}")
            st.caption(_("能用的占位符：{places}", places=_places(KINDS[kind].allowed)))
            group = st.text_area(
                _("发到群里的话（留空则不发到群里）"), now.group, max_chars=LONGEST_TEXT, height=100, key=f"notice_group_{key}"
            )
            st.caption(_("群里只发数目和地址，能用的占位符：{places}", places=_places(OF_GROUPS)))
            with st.container(horizontal=True):
                save = st.form_submit_button(_("保存"), type="primary", key="notice_words_save")
                look = st.form_submit_button(_("预览"), icon=":material/visibility:", key="notice_words_look")
        back = bool(now.version) and st.button(_("恢复原来的措辞"), icon=":material/restart_alt:", type="tertiary", key="notice_words_back")
        wanted = Words(subject, text, group, now.version)
        if look:
            _look(actor, kind, language, wanted)
    if save:
        return Wish(_("已保存"), lambda db, who: templates.save(db, who, kind, language, wanted))
    if back:
        return Wish(_("已恢复"), lambda db, who: templates.restore(db, who, kind, language, now.version))
    return None


def _look(actor: Actor, kind: Kind, language: Language, wanted: Words) -> None:
    try:
        with reading() as db:
            found = templates.preview(db, actor, kind, language, wanted)
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return
    _shown(found)


def _shown(found: Preview) -> None:
    with st.container(border=True):
        st.markdown(f"**{literal(found.subject)}**")
        st.text(found.text)
        if found.group:
            st.divider()
            st.caption(_("群里："))
            st.text(found.group)
    st.caption(_("填的是最近一次这种通知的真实内容。") if found.real else _("这种通知还没有发过，〔〕里是占位符的意思。"))


def _places(known: object) -> str:
    assert isinstance(known, dict)
    return " · ".join(f"`{{{name}}}` {_(said)}" for name, said in known.items())
