"""How notices are worded, which ways they go, and what was sent."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.instance import instance
from core.notices import log, templates
from core.notices.log import Log, Sought
from pages.settings.parts.notice_channels import channels_forms
from pages.settings.parts.notice_log import download, filters, log_table, pager
from pages.settings.parts.notice_words import chosen_words, words_form
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header
from pages.shared.text import _

WORDS, LOG, CHANNELS = "words", "log", "channels"

page_header("notice_rules")
actor = state.present().actor
names = {WORDS: _("措辞"), LOG: _("发送记录")}
if actor.may(Right.CHANGE_SETTINGS):
    names[CHANNELS] = _("渠道")
part = st.segmented_control(
    _("查看"), list(names), default=WORDS, format_func=names.__getitem__, key="notices_part", label_visibility="collapsed", required=True
)


def load(sought: Sought, offset: int, limit: int) -> Log:
    """A stretch of the log."""
    with reading() as db:
        return log.log(db, actor, sought, offset, limit)


if part == CHANNELS:
    channels_forms(actor, instance().settings)
elif part == LOG:
    sought = filters()
    total = load(sought, 0, 0).total
    offset, limit = pager(total)
    again = log_table(load(sought, offset, limit))
    if total and download(lambda: load(sought, 0, total).lines):
        with acting(rerun=False) as db:
            log.note_exported(db, actor, total)
    if again is not None:
        with acting(_("已排队再发")) as db:
            log.again(db, actor, again)
else:
    with reading() as db:
        book = templates.templates(db, actor)
    kind, language = chosen_words()
    wish = words_form(actor, kind, language, book[kind, language])
    if wish is not None:
        with acting(wish.done) as db:
            wish.act(db, actor)
