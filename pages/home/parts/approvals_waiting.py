"""Plans that wait for a decision: of the reader, and, for human resources, of others."""

from __future__ import annotations

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.approvals.service import Waiting
from pages.shared.database import acting
from pages.shared.page import go
from pages.shared.text import _, joined, literal, moment


def approvals_waiting(actor: Actor, found: list[Waiting]) -> None:
    """A line for each, with the way to its page; the plan is chosen on the way."""
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            icon = ":orange[:material/notifications:]" if one.mine else ":gray[:material/hourglass_top:]"
            st.markdown(f"{icon} {_said(one)}", width="content")
            label = _("去审批") if one.mine else _("去看审批")
            if st.button(label, key=f"approval_of_{one.plan_id}", type="secondary" if one.mine else "tertiary"):
                with acting(rerun=False) as db:
                    access.prefer(db, actor.account_id or 0, plan_id=one.plan_id)
                go("approval")


def _said(one: Waiting) -> str:
    plan, when = literal(one.plan), moment(one.since)
    if not one.who:
        return _("{plan} 计划没有人能审批了：这一层的账户已停用或改了角色。请撤回，改好审批层级再提交。", plan=plan)
    if not one.mine:
        return _("{plan} 计划在等{who}审批，自{when}起。", plan=plan, who=joined(literal(each) for each in one.who), when=when)
    said = _("{plan} 计划等您审批，自{when}起。", plan=plan, when=when)
    return f"{said} {_('人力资源 {when} 提醒过您。', when=moment(one.nudged_at))}" if one.nudged_at else said
