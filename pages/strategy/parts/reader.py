"""Pieces of the reader."""

from __future__ import annotations

import streamlit as st

from core.access import service as access
from core.access.actor import Right
from core.access.present import Present
from core.documents import reading as reader
from core.documents import service as library
from core.documents.parsed import ParsedDocument
from core.documents.reading import OutlineEntry, Screen
from core.documents.service import KIND_NAMES, Opened
from core.errors import NotAllowed
from core.i18n import Message
from core.instance import instance
from pages.shared import state
from pages.shared.page import header, link, on_phone
from pages.shared.text import _, literal, moment
from pages.strategy.parts.blocks import Mark

_HITS_SHOWN = 30
_OUTLINE_TALL = 420
_HEADING = 40


def document_head(opened: Opened) -> None:
    """The title, and whether there is a newer edition."""
    document, newest = opened.document, opened.editions[0]
    header(literal(document.title), _("原文怎么说，出自哪一页、哪一节？"), sample=document.sample)
    if not document.current and newest.id != document.id:
        st.warning(_("这是旧版本，不再参与检索。"), icon=":material/history:")
        _turn_to(_("打开新版本：{title}", title=literal(newest.title)), ":material/arrow_forward:", newest.id or 0)


def document_facts(person: Present, opened: Opened) -> None:
    """Facts, the original to download, older editions."""
    document = opened.document
    assert document.id is not None
    facts = [_(KIND_NAMES[document.kind]), _("{n} 页", n=document.pages), _("{when} 加入", when=moment(document.added_at))]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" · ".join(facts), width="content")
        st.download_button(
            _("下载原件"),
            data=lambda: _original(person, document.id or 0),
            file_name=document.file_name,
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
        if opened.interview is not None and document.current and person.actor.may(Right.EDIT_LIBRARY):
            link("interview", _("修改访谈记录"), icon=":material/edit:", id=document.id)
    for older in opened.editions:
        if older.edition < document.edition:
            label = _("第 {edition} 版：{title}", edition=older.edition, title=literal(older.title))
            _turn_to(label, ":material/history:", older.id or 0)


def _turn_to(label: str, icon: str, document_id: int) -> None:
    st.button(label, key=f"edition_{document_id}", icon=icon, type="tertiary", on_click=state.ask, kwargs={"id": document_id})


def _original(person: Present, document_id: int) -> bytes:
    # Runs when the button is pressed, perhaps long after the page was drawn: ask again who this is and what they may see.
    with instance().database.writing() as db:
        still = access.present(db, person.actor.account_id or 0, person.sign_in_id or 0, person.actor.address)
        if still is None:
            raise NotAllowed(Message("这次登录已经结束。"))
        _name, path = library.original(db, instance().settings, still.actor, document_id)
    return path.read_bytes()


def turn_page(document_id: int, all_screens: list[Screen], mark: Mark) -> Screen:
    """Choose the screen: the one with the mark first, then wherever the reader turns."""
    goal = reader.screen_at(all_screens, mark[0]).number if mark else state.asked_number("screen") or 1
    goal = min(max(1, goal), len(all_screens))
    if len(all_screens) == 1:
        return all_screens[0]
    key = f"screen_{document_id}_{mark}_{goal}"
    chosen = st.pagination(len(all_screens), default=goal, key=key, max_visible_pages=5 if on_phone() else 7)
    return all_screens[chosen - 1]


def begin_near(parsed: ParsedDocument, screen: Screen, mark: Mark) -> Screen:
    """The screen, from shortly before the marked passage on unless the reader wants all of it."""
    if mark is None or not screen.start <= mark[0] < screen.end:
        return screen
    nearer = reader.near(parsed, screen, mark[0])
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        more = _("引文已在下文标出，延续到下一页。") if mark[1] > screen.end else _("引文已在下文标出。")
        st.caption(f":material/format_quote: {more}", width="content")
        if nearer == screen:
            return screen
        whole = st.toggle(_("从本页开头读起"), key=f"whole_{mark}_{screen.number}")
    return screen if whole else nearer


def show_outline(document_id: int, entries: list[OutlineEntry], here: int) -> None:
    """The headings as a way to their screens, the present one emphasised; folded on a phone."""
    shown, present = reader.outline_about(entries, here)
    if not shown:
        return
    top = shown[0].level if len(shown) == 1 else min(entry.level for entry in shown)
    with (
        st.expander(_("目录"), icon=":material/toc:", expanded=not on_phone()),
        st.container(height=_OUTLINE_TALL if len(shown) > 12 else "content", border=False, gap=None),
    ):
        for entry in shown:
            words = literal(entry.text if len(entry.text) <= _HEADING else entry.text[:_HEADING] + "…")
            indent = "\u2003" * (entry.level - top)
            st.button(
                indent + (f":primary[**{words}**]" if entry is present else words),
                key=f"outline_{document_id}_{entry.start}",
                type="tertiary",
                wrap=False,
                on_click=state.ask,
                kwargs={"id": document_id, "screen": entry.screen},
            )


def search_inside(document_id: int, parsed: ParsedDocument, all_screens: list[Screen]) -> None:
    """Search within this document."""
    words = st.text_input(
        _("在本文中查找"), placeholder=_("输入词语"), key=f"inside_{document_id}", icon=":material/search:", live=True, max_chars=100
    )
    if not words.strip():
        return
    found = reader.find(parsed, all_screens, words)
    if not found:
        st.caption(_("没有找到"))
        return
    st.caption(_("{n} 处", n=len(found)) if len(found) <= _HITS_SHOWN else _("{n} 处，列出前 {shown} 处", n=len(found), shown=_HITS_SHOWN))
    with st.container(height=320 if len(found) > 4 else "content", border=False, gap="xsmall"):
        for number, one in enumerate(found[:_HITS_SHOWN]):
            before, after = " ".join(one.before.split())[-16:], " ".join(one.after.split())[:20]
            st.button(
                f":small[{literal(before)}**{literal(one.match)}**{literal(after)}]",
                key=f"found_{document_id}_{number}_{one.start}",
                type="tertiary",
                wrap=True,
                on_click=state.ask,
                kwargs={"id": document_id, "start": one.start, "end": one.end},
            )
