"""The rules of the timetable, as a form."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.access.actor import Actor
from core.delivery.timetable import people as attending
from core.delivery.timetable import service
from core.delivery.timetable.rules import LARGEST_COHORT, LONGEST_SECONDS, MOST_SLOTS_A_MONTH, Rules
from core.delivery.timetable.terms import POLICY_NAMES
from pages.shared.database import acting, reading
from pages.shared.text import _


def rules_form(actor: Actor, plan_id: int, rules: Rules, version: int) -> None:
    """All rules of a plan, saved together."""
    with reading() as db:
        units = attending.unit_names(db, actor)
    with st.form(f"rules_{plan_id}_{version}", enter_to_submit=False):
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
        if st.form_submit_button(_("保存规则"), type="primary", icon=":material/save:"):
            first, second, third, fourth = quarters
            money = (first, second, third, fourth)
            # What is not asked here (the budget page has it) stays as it is.
            wanted = replace(
                rules,
                cohort_size=size,
                absent_share=share / 100,
                absent_of_unit=special,
                person_slots=slots,
                budget_year=year,
                budget_quarters=money,
                over_weekend=weekend,
                even=even,
                leave_share=leave / 100,
                seconds=float(seconds),
                policy=policy,
            )
            with acting(done=_("规则已保存，下次排期按它来")) as db:
                service.save_rules(db, actor, plan_id, version, wanted)


def _special(units: dict[int, str], rules: Rules) -> dict[str, int]:
    """Units with a number of their own."""
    known = [int(one) for one in rules.absent_of_unit if int(one) in units]
    with st.expander(_("个别机构单独规定"), expanded=bool(known)):
        chosen = st.multiselect(_("哪些机构"), list(units), known, format_func=units.__getitem__, placeholder=_("选机构"))
        number = st.number_input(
            _("这些机构同时最多离岗（人）"), 0, 1000, next((rules.absent_of_unit[str(one)] for one in known), 1), key="absent_number"
        )
    return {str(one): int(number) for one in chosen}
