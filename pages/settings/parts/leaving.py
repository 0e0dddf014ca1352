"""A piece of the page of people: deleting an account for good, not by a slip of the hand."""

from __future__ import annotations

import streamlit as st

from core.access.service import Person
from core.privacy import accounts
from core.privacy.accounts import Leaving
from pages.settings.parts.wish import Wish
from pages.shared.text import _, joined, literal


def delete_form(person: Person, leaving: Leaving) -> Wish | None:
    """What goes with the account and what stays, and the form that takes its login as a confirmation."""
    with st.expander(_("永久删除账户"), icon=":material/delete_forever:"), st.form(f"delete-{person.id}-{person.version}", border=False):
        st.warning(_("删除 {name} 的账户，不能恢复。", name=literal(person.name)), title=_("无法撤销"), icon=":material/warning:")
        st.markdown("\n".join(f"- {line}" for line in _lines(person, leaving)))
        typed = st.text_input(
            _("输入登录名 {login} 以确认", login=literal(person.login)), autocomplete="off", key=f"delete-login-{person.id}"
        )
        if not st.form_submit_button(_("永久删除"), icon=":material/delete_forever:", key=f"delete-{person.id}"):
            return None
    done = _("已删除 {name} 的账户", name=person.name)
    return Wish(done, lambda db, actor: accounts.delete(db, actor, person.id, person.version, typed))


def _lines(person: Person, leaving: Leaving) -> list[str]:
    said = [
        _("立即退出所有浏览器（{n} 个），不再收到通知，一次性链接作废。", n=leaving.browsers),
        _("与助手的对话（{n} 个）、收到的通知、管哪些机构的指定一起删除。", n=leaving.conversations),
        _("审批、评论、修改记录里的姓名和审计日志都保留；登录名“{login}”可以再给别人用。", login=literal(person.login)),
    ]
    if leaving.units:
        said.append(_("这些机构不再由此人负责：{units}。", units=joined(literal(one) for one in leaving.units)))
    if leaving.waiting:
        plans = joined(literal(one) for one in leaving.waiting)
        said.append(_("**{plans} 正等此人审批，没有别人能批。**删除后请撤回，换审批人再提交。", plans=plans))
    return said
