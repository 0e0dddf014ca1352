"""The chapter on decoding, as a Word file to hand on."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from core.access.actor import Actor
from core.exports.decoding_chapter import decoding_chapter
from core.exports.decoding_contents import gather
from pages.settings.parts.places import zone
from pages.shared import state
from pages.shared.database import reading
from pages.shared.text import _


def chapter_file(actor: Actor, plan_id: int) -> None:
    """The offer to take the chapter away: what was accepted, with words and places, as it stands now.

    Not on a shared page: the chapter holds more than that page, and is read anew when it is asked for.
    """
    if state.is_guest():
        return
    st.download_button(
        _("导出 Word 章节"),
        data=lambda: _chapter(actor, plan_id),
        file_name=f"strategy-decoding-{plan_id}.docx",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        icon=":material/description:",
        type="tertiary",
        on_click="ignore",
        help=_("读了哪些文件、战略地图、各主题的目标与任务及原文出处、本地化、锚定重点；只收已采纳的。需要几秒钟。"),
        key="export_chapter",
    )


def _chapter(actor: Actor, plan_id: int) -> bytes:
    with reading() as db:
        contents = gather(db, actor, plan_id)
    return decoding_chapter(contents, state.language(), datetime.now(zone()).date())
