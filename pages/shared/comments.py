"""What people say to each other about an item, wherever the item is shown."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.access.actor import Actor
from core.comments import service
from core.comments.service import LONGEST, Item, Thread
from core.comments.tables import Comment
from core.comments.terms import PLACES, Subject
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import MEASURE
from pages.shared.text import _, joined, literal, moment, person


def comments(actor: Actor, item: Item, about: str) -> None:
    """The threads about an item, folded away while none is open; `about` says in words what that is. A shared page has none."""
    if state.is_guest():
        return
    with reading() as db:
        threads = service.threads(db, actor, item)
        names = service.people(db, actor, item)
    waiting = [one for one in threads if one.open]
    label = _("评论（{n} 条未解决）", n=len(waiting)) if waiting else _("评论")
    key = f"{item.subject.value}_{item.id}"
    with st.expander(label, icon=":material/forum:", expanded=bool(waiting), key=f"comments_{key}"), st.container(width=MEASURE):
        for one in threads:
            _thread(actor, item, one)
        others = [name for number, name in sorted(names.items(), key=lambda each: each[1]) if number != actor.account_id]
        if others:
            listed = joined(map(literal, others))
            st.caption(_("关于{about}。写 @姓名 可以点到人，对方首页会看到：{names}", about=literal(about), names=listed))
        else:
            st.caption(_("关于{about}。能看到它的只有您，没有别人可以点到。", about=literal(about)))
        with st.form(f"comment_new_{key}", border=False, clear_on_submit=True):
            text = st.text_area(
                _("写评论"), max_chars=LONGEST, key=f"comment_text_{key}", placeholder=_("例如：@王敏 这个目标值的依据是什么？")
            )
            pressed = st.form_submit_button(_("发表评论"), icon=":material/send:", key=f"comment_send_{key}")
    if pressed:
        with acting(_("评论已发表")) as db:
            service.add(db, actor, item, text)


def comments_on(actor: Actor, plan_id: int, subject: Subject, names: Mapping[int, str]) -> None:
    """The same where a page shows many items: the one that the address names, or that the reader chooses by its name."""
    if state.is_guest() or not names:
        return
    page, parameter = PLACES[subject]
    asked = state.asked_number(parameter)
    with reading() as db:
        waiting = service.open_counts(db, actor, plan_id, subject, names)
    labels = {one: _("{name}（{n} 条未解决）", name=name, n=waiting[one]) if one in waiting else name for one, name in names.items()}
    first = asked if asked in names else next(iter(waiting), None)
    chosen = st.selectbox(
        _("选一项看评论，或写一条"),
        list(labels),
        index=list(labels).index(first) if first is not None else None,
        format_func=labels.__getitem__,
        placeholder=_("请选择"),
        key=f"comments_on_{page}_{asked}",
        width=MEASURE,
    )
    if chosen is not None:
        comments(actor, Item(plan_id, subject, chosen), _("“{name}”", name=names[chosen]))


def _thread(actor: Actor, item: Item, thread: Thread) -> None:
    first = thread.first
    with st.container(border=True, gap="xsmall"):
        for one in (first, *thread.answers):
            st.markdown(_said(one))
        if first.resolved_at is not None:
            st.caption(_("{name}于{when}标为已解决", name=literal(person(first.resolved_by)), when=moment(first.resolved_at)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            answer = st.popover(_("回复"), icon=":material/reply:", key=f"comment_reply_{thread.id}")
            with answer, st.form(f"comment_answer_{thread.id}", border=False, clear_on_submit=True):
                text = st.text_area(_("回复"), max_chars=LONGEST, key=f"comment_answer_text_{thread.id}")
                answered = st.form_submit_button(_("发表回复"), key=f"comment_answer_send_{thread.id}")
            label, icon = (_("标为已解决"), ":material/check:") if thread.open else (_("重新打开"), ":material/undo:")
            turned = st.button(label, icon=icon, key=f"comment_turn_{thread.id}", type="tertiary")
    if answered:
        with acting(_("回复已发表")) as db:
            service.add(db, actor, item, text, thread.id)
    if turned:
        with acting() as db:
            service.resolve(db, actor, item, thread.id, first.version or 0, resolved=thread.open)


def _said(one: Comment) -> str:
    return f"**{literal(person(one.by))}** :gray[{moment(one.at)}]  \n{literal(one.text)}"
