"""Who stands out: job families with their borders, people by name, what was decided about them, the form to decide, the file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.exports.workbook import Cell, Sheet, of_sheets
from core.i18n import Message
from core.review.talent import deciding
from core.review.talent.deciding import LONGEST_REASON, Verdict
from core.review.talent.potential import Top
from core.review.talent.relation import Rule
from core.review.talent.service import Asked, Family, Insight, Person
from core.review.talent.terms import DECISION_NAMES, LEAST_LISTED, Decision
from pages.people.parts.taking import export_made
from pages.review.parts.talent_relation import cells, finding, headings
from pages.settings.parts.wish import Wish
from pages.shared.page import MEASURE
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, literal, moment, person

_DECISION_FIELDS = {"decision": Field(Message("认定"), DECISION_NAMES), "reason": Field(Message("依据"))}


def families(found: Insight, asked: Asked) -> None:
    """Each job family: how many people, how many at the top of both, where the top begins."""
    skill = literal(found.competencies[asked.competency_id])
    st.caption(
        _(
            "同一岗位序列里，“{skill}”分数前 20% 且“{measure}”前 10% 的在岗人员；"
            "名额向下取整，与最后一名同分的都算；序列不足 {least} 人不排名。",
            skill=skill,
            measure=literal(asked.measure.name),
            least=LEAST_LISTED,
        )
    )
    if not found.families:
        st.info(_("有两项数据的人都没有岗位序列，分不了序列。请在岗位里填写序列。"), icon=":material/group_off:")
        return
    st.dataframe(
        pd.DataFrame([_family(one) for one in found.families], columns=_family_headings()),
        hide_index=True,
        placeholder="—",
        alt=_("各岗位序列"),
    )
    if found.homeless:
        st.caption(_("另有 {n} 人的岗位没有序列，没有排名。", n=found.homeless))


def people_table(found: Insight, asked: Asked) -> None:
    """The people whom the reader may read by name."""
    if not found.persons:
        if found.limited:
            st.caption(_("您看不到姓名，只看人数；不足 5 人的不显示。"))
        elif any(not one.few for one in found.families):
            st.info(_("没有人同时在两项的前列。"), icon=":material/person_off:")
        return
    rows = [_person(one) for one in found.persons]
    st.dataframe(pd.DataFrame(rows, columns=_person_headings(asked)), hide_index=True, placeholder="—", alt=_("高潜人才名单"))


def take_away(found: Insight, asked: Asked, rule: Rule | None) -> None:
    """What is shown as an Excel file."""
    sheets = [Sheet(_("各岗位序列"), _family_headings(), [_family(one) for one in found.families])]
    if rule is not None and found.relation is not None:
        rows = [cells(one) for one in found.relation.of_bar(rule.bar)]
        sheets.insert(0, Sheet(_("所有分数界线"), headings(), rows, [finding(found, asked, rule), _advice()]))
    if found.persons:
        sheets.append(Sheet(_("高潜人才名单"), _person_headings(asked), [_person(one) for one in found.persons], [_advice()]))
    export_made(_("人才洞察"), lambda: of_sheets(sheets), file="talent", count=len(found.persons))


def decision_form(plan_id: int, found: Insight, asked: Asked) -> Wish | None:
    """Decide about one person, with a reason."""
    if not found.persons:
        return None
    by_id = {one.employee_id: one for one in found.persons}
    with st.expander(_("逐人认定"), icon=":material/how_to_reg:", expanded=any(one.decided is None for one in found.persons)):
        who = st.selectbox(
            _("人员"), list(by_id), format_func=lambda one: f"{by_id[one].name} · {by_id[one].number}", key="talent_who", width=MEASURE
        )
        return _form(plan_id, asked, by_id[who])


def _form(plan_id: int, asked: Asked, one: Person) -> Wish | None:
    held = one.decided
    stored: dict[str, Any] = {"decision": held.decision if held else None, "reason": held.reason if held else ""}
    record = Record("talent_decision", one.employee_id, held.version if held else None, held.by if held else "", held.at if held else None)
    written = record_form("talent_decide", record, stored, _DECISION_FIELDS, _decision)
    if written is None:
        return None
    decision, reason = written.value["decision"], written.value["reason"]
    if decision is None:
        st.error(_("请先选认定还是不认定。"))
        return None
    wanted = Verdict(one.employee_id, decision, reason, written.version)

    def act(db: Any, actor: Actor) -> None:
        deciding.decide(db, actor, plan_id, asked, wanted)

    return Wish(written.done(_("认定已记下")), act)


def _decision(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    with st.form(key, border=False):
        options = list[Decision](Decision)
        at = options.index(known["decision"]) if known["decision"] else None
        decision = st.radio(_("认定"), options, index=at, format_func=lambda each: _(DECISION_NAMES[each]), horizontal=True)
        reason = st.text_area(
            _("依据"),
            known["reason"],
            max_chars=LONGEST_REASON,
            placeholder=_("除了分数和业绩，还看了什么：谁谈过、直接上级怎么看、意愿如何"),
            width=MEASURE,
        )
        pressed = st.form_submit_button(_("记下认定"), type="primary", icon=":material/gavel:", key=f"{key}_save")
    return {"decision": decision, "reason": reason} if pressed else None


def _advice() -> str:
    return _("这里只供参考，不会自动用于录用、晋升、薪酬或参训名单；每个人都要有人看过、写明依据才算认定。")


def _family_headings() -> list[str]:
    return [_("岗位序列"), _("有两项数据的人数"), _("高潜人数"), _("分数前 20%"), _("业绩前 10%")]


def _family(one: Family) -> list[Cell]:
    few = _("不足 {least} 人", least=LEAST_LISTED)
    if one.people is None:
        return [one.name, _("不显示"), None, None, None]
    if one.few:
        return [one.name, str(one.people), few, None, None]
    count = str(one.found) if one.found is not None else _("不足 5 人")
    return [one.name, str(one.people), count, _top(one.score), _top(one.result)]


def _top(one: Top | None) -> str | None:
    if one is None:
        return None
    if not one.parts:
        return _("同分太多，分不出")
    words = {"places": one.places, "border": f"{one.border:g}"}
    if one.tied:
        return _("{places} 个名额，到 {border} 为止，同分多 {n} 人", n=one.tied, **words)
    return _("{places} 个名额，到 {border} 为止", **words)


def _person_headings(asked: Asked) -> list[str]:
    result = f"{asked.measure.name} ({asked.measure.shown_unit})" if asked.measure.shown_unit else asked.measure.name
    return [
        *(_("姓名"), _("工号"), _("机构"), _("岗位"), _("岗位序列"), _("分数"), result),
        _("规则"),
        _("人的认定"),
        _("依据"),
        _("谁定的"),
    ]


def _person(one: Person) -> list[Cell]:
    rule = _("前 20% 且前 10%") if one.found else _("现在不在前列")
    decided: list[Cell] = [_("待认定"), None, None]
    if one.decided is not None:
        by = f"{person(one.decided.by)} · {moment(one.decided.at)}"
        decided = [_(DECISION_NAMES[one.decided.decision]), one.decided.reason, by]
    score, result = (None if value is None else round(value, 2) for value in (one.score, one.result))
    return [one.name, one.number, one.unit, one.post, one.family, score, result, rule, *decided]
