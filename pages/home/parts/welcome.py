"""What somebody sees who has no plan yet."""

from __future__ import annotations

import streamlit as st

from core.access import service as access
from core.access.actor import Actor, Right
from core.instance import instance
from core.plans import service as plans
from pages.shared.database import acting
from pages.shared.sample import take_in
from pages.shared.text import _


def first_steps(actor: Actor, has_plans: bool, year: int) -> None:
    """Offer to choose a plan, to create the first one, or to load the sample branch."""
    if has_plans:
        st.info(_("请在左侧选择您要查看的年度计划。"), icon=":material/arrow_back:")
        return
    if not actor.may(Right.EDIT_PLANS):
        st.info(_("还没有年度计划。人力资源负责人创建后，会出现在这里。"), icon=":material/hourglass_empty:")
        return
    st.markdown(_("把年度培训计划做成一条能走通的链：从总行战略的某一条，到业务结果的某个数。"))
    own, sample = st.columns(2, gap="medium")
    with own, st.container(border=True, height="stretch"):
        st.subheader(_("为本机构建立计划"), anchor=False)
        with st.form("first_plan", border=False):
            unit = st.text_input(_("机构名称"), value=instance().settings.branch_name, placeholder=_("例如：滨海分行"), max_chars=60)
            chosen = st.number_input(_("年份"), value=year, min_value=plans.FIRST_YEAR, max_value=plans.LAST_YEAR, step=1, format="%d")
            if st.form_submit_button(_("创建计划"), type="primary", icon=":material/add:"):
                with acting(done=_("已创建 {unit} {year} 年计划", unit=unit, year=str(chosen))) as db:
                    plan = plans.create(db, actor, unit, int(chosen))
                    access.prefer(db, actor.account_id or 0, plan_id=plan.id)
    with sample, st.container(border=True, height="stretch"):
        st.subheader(_("先看示例分行"), anchor=False)
        st.markdown(_("载入虚构的“示例银行滨海分行”：10 余份文件、610 名员工、从战略到复盘的一整年，几分钟备好。都标有“示例”，一键移除。"))
        take_in(actor)
