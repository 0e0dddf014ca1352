"""One talk: what was said, what it scored and why; or, where it was drawn by lot, what a person hears in it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.delivery.practice import service as practice
from core.delivery.practice.scoring import Judged, Scoring
from core.delivery.practice.service import LONGEST_REMARK, AttemptView
from core.delivery.practice.terms import Verdict
from core.i18n import Message
from pages.settings.parts.wish import Wish
from pages.shared.text import _, joined, literal, person

VERDICT_NAMES = {Verdict.MET: Message("说到了"), Verdict.EARLY: Message("说早了"), Verdict.MISSED: Message("没说到")}


def scored(one: AttemptView, *, may_edit: bool) -> Wish | None:
    """The talk with its score; what the reader wants of it."""
    with st.container(border=True):
        _heading(one)
        verdict = _("合格") if one.scoring.passed else _("不合格")
        total = _("{total} 分，{verdict}", total=f"{one.scoring.total:g}", verdict=verdict)
        st.markdown(f"**{total}**　:gray[{_('规则')} {literal(one.made_by)}]")
        table(one.scoring, one.checked)
        _phrases(one.scoring)
        if one.checked is not None:
            st.caption(_("{who}复核过。{remark}", who=literal(person(one.checked_by)), remark=literal(one.remark)))
        with st.expander(_("对话"), icon=":material/forum:"):
            _spoken(one)
        if may_edit and st.button(_("删除这次陪练"), icon=":material/delete:", type="tertiary", key=f"practice_forget_{one.id}"):
            return Wish(_("已删除"), lambda db, actor: practice.forget(db, actor, one.id, one.version))
    return None


def judging(one: AttemptView) -> Wish | None:
    """The talk without its score; what a person hears in it."""
    with st.container(border=True):
        _heading(one)
        st.info(_("这次被抽中人工复核。先听您的判断，提交后才显示打分，免得受它影响。"), icon=":material/rule:")
        _spoken(one)
        with st.form(f"practice_judge_{one.id}", border=False):
            st.markdown(f"**{_('学员说到了哪些要点？')}**")
            heard = [
                st.checkbox(f"{literal(each.point.stage)}：{literal(each.point.text)}", key=f"practice_heard_{one.id}_{place}")
                for place, each in enumerate(one.scoring.judged)
            ]
            remark = st.text_input(_("评语"), max_chars=LONGEST_REMARK, key=f"practice_remark_{one.id}")
            if st.form_submit_button(_("提交复核"), type="primary", icon=":material/done_all:"):
                return Wish(_("已提交复核"), lambda db, actor: practice.judge(db, actor, one.id, one.version, heard, remark))
    return None


def table(scoring: Scoring, checked: tuple[bool, ...] | None = None) -> None:
    """Every key point with what became of it and why."""
    rows = [_row(one, checked[place] if checked is not None else None) for place, one in enumerate(scoring.judged)]
    column = st.column_config
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        placeholder="—",
        alt=_("逐条评分和理由"),
        column_config={
            "verdict": column.TextColumn(_("结果"), width=80),
            "text": column.TextColumn(_("要点"), width=180),
            "stage": column.TextColumn(_("环节"), width=100),
            "why": column.TextColumn(_("理由"), width=420),
            "heard": column.TextColumn(_("人工"), width=80) if checked is not None else None,
        },
    )


def _row(one: Judged, heard: bool | None) -> dict[str, str | None]:
    told = None if heard is None else _("说到了") if heard else _("没说到")
    return {
        "verdict": _(VERDICT_NAMES[one.verdict]),
        "text": one.point.text,
        "stage": one.point.stage,
        "why": _(one.why),
        "heard": told,
    }


def _phrases(scoring: Scoring) -> None:
    for one in scoring.said:
        values = {"phrase": literal(one.phrase), "sentence": literal(one.sentence)}
        if one.red_line:
            st.markdown(f":red[:material/block:] {_('碰了红线“{phrase}”：{sentence}。不合格。', **values)}")
        else:
            st.markdown(f":orange[:material/remove_circle:] {_('不宜说“{phrase}”：{sentence}。扣 10 分。', **values)}")


def _heading(one: AttemptView) -> None:
    told = joined(literal(part) for part in (one.name, one.employee_no, one.unit) if part)
    st.markdown(f"**{told}**")


def _spoken(one: AttemptView) -> None:
    for turn in one.turns:
        st.markdown(f"**{_('学员') if turn.mine else _('客户')}**　{literal(turn.text)}")
