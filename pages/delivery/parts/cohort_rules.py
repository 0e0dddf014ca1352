"""The rules of the timetable, as a form."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.access.actor import Actor
from core.delivery.timetable import people as attending
from core.delivery.timetable import service
from core.delivery.timetable.rules import LARGEST_COHORT, LONGEST_SECONDS, MOST_SLOTS_A_MONTH, Rules
from core.delivery.timetable.terms import POLICY_NAMES
from core.editing.comparing import Field
from core.i18n import Message
from pages.shared.database import acting, reading
from pages.shared.record_form import Record, record_form
from pages.shared.text import _

_SHARE = "{:.0%}".format
RULE_FIELDS = {
    "budget_year": Field(Message("全年上限（元，不设就留空）")),
    "budget_quarters": Field(Message("各季度上限（元）"), lambda limit: "—" if limit is None else f"{limit:,.0f}"),
    "budget_binds": Field(Message("上限是硬约束：排期时讲师费和场地费不得超出")),
    "wage_per_slot": Field(Message("学员工时每半天（元，不计就留空）")),
    "wage_source": Field(Message("工时单价的出处")),
}
_OWN_FIELDS = {
    "cohort_size": Field(Message("每班人数（设计里没写时）")),
    "absent_share": Field(Message("一个机构同时最多离岗（%）"), _SHARE),
    "absent_of_unit": Field(Message("个别机构单独规定")),
    "person_slots": Field(Message("每人每月最多几个半天")),
    "leave_share": Field(Message("班里休假超过（%）就不上课"), _SHARE),
    "over_weekend": Field(Message("几天的课可以跨过周末")),
    "even": Field(Message("各月培训量尽量均匀")),
    "policy": Field(Message("手工改动违反规则时"), POLICY_NAMES),
    "seconds": Field(Message("排期最多算多少秒")),
}


def rules_form(actor: Actor, plan_id: int, rules: Rules, version: int) -> None:
    """All rules of a plan, saved together."""
    with reading() as db:
        units = attending.unit_names(db, actor)
    record = Record("timetable_rules", plan_id, version, actions=("timetable_rules_changed",), subject="plan")
    written = record_form("rules", record, rules, {**RULE_FIELDS, **_OWN_FIELDS}, lambda known, key: _fields(known, units, key))
    if written:
        with acting(done=written.done(_("规则已保存，下次排期按它来"))) as db:
            service.save_rules(db, actor, plan_id, written.version, written.value)


def _fields(rules: Rules, units: dict[int, str], key: str) -> Rules | None:
    with st.form(key, enter_to_submit=False):
        left, right = st.columns(2, gap="large")
        with left:
            size = st.number_input(_("每班人数（设计里没写时）"), 1, LARGEST_COHORT, rules.cohort_size)
            share = st.number_input(
                _("一个机构同时最多离岗（%）"), 1, 100, round(100 * rules.absent_share), help=_("至少 1 人。线上课也算离岗。")
            )
            slots = st.number_input(_("每人每月最多几个半天"), 1, MOST_SLOTS_A_MONTH, rules.person_slots)
            leave = st.number_input(_("班里休假超过（%）就不上课"), 0, 100, round(100 * rules.leave_share))
            weekend = st.checkbox(_("几天的课可以跨过周末"), rules.over_weekend)
            even = st.checkbox(_("各月培训量尽量均匀"), rules.even)
        with right:
            year = st.number_input(_("全年讲师和场地预算（元，空着不限）"), 0.0, None, rules.budget_year, step=10_000.0)
            quarters = [
                st.number_input(
                    _("第 {number} 季度预算（元，空着不限）", number=place + 1), 0.0, None, rules.budget_quarters[place], step=10_000.0
                )
                for place in range(4)
            ]
        policy = st.radio(
            _("手工改动违反规则时"),
            list(POLICY_NAMES),
            list(POLICY_NAMES).index(rules.policy),
            format_func=lambda one: _(POLICY_NAMES[one]),
        )
        seconds = st.slider(_("排期最多算多少秒"), 5, LONGEST_SECONDS, int(rules.seconds), step=5)
        special = _special(units, rules)
        if not st.form_submit_button(_("保存规则"), type="primary", icon=":material/save:", key=f"{key}_save"):
            return None
    first, second, third, fourth = quarters
    # What is not asked here (the budget page has it) stays as it is.
    return replace(
        rules,
        cohort_size=size,
        absent_share=share / 100,
        absent_of_unit=special,
        person_slots=slots,
        budget_year=year,
        budget_quarters=(first, second, third, fourth),
        over_weekend=weekend,
        even=even,
        leave_share=leave / 100,
        seconds=float(seconds),
        policy=policy,
    )


def _special(units: dict[int, str], rules: Rules) -> dict[str, int]:
    """Units with a number of their own."""
    known = [int(one) for one in rules.absent_of_unit if int(one) in units]
    with st.expander(_("个别机构单独规定"), expanded=bool(known)):
        chosen = st.multiselect(_("哪些机构"), list(units), known, format_func=units.__getitem__, placeholder=_("选机构"))
        number = st.number_input(
            _("这些机构同时最多离岗（人）"), 0, 1000, next((rules.absent_of_unit[str(one)] for one in known), 1), key="absent_number"
        )
    return {str(one): int(number) for one in chosen}
