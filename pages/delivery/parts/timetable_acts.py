"""What can be done with a timetable: worked out, published, made again, copied, taken back, exported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core import clock
from core.access.actor import Actor, Right
from core.delivery.timetable import editing, publishing, service, solving
from core.delivery.timetable.building import first_start
from core.delivery.timetable.changes import KIND_NAMES, Change, counted
from core.delivery.timetable.publishing import LONGEST_NOTE, VersionView
from core.delivery.timetable.rules import LONGEST_SECONDS, Rules
from core.delivery.timetable.service import SessionView, TimetableView
from core.delivery.timetable.solving import Asked
from core.delivery.timetable.terms import TimetableState
from core.exports.sessions import sessions_workbook
from core.i18n import Message
from core.plans import service as plans
from pages.delivery.parts.timetable_again import again
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import link
from pages.shared.text import _, joined

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST = Message("方案一")


def solve_first(plan_id: int, rules: Rules) -> None:
    """The first timetable of a plan."""
    actor = state.present().actor
    st.info(_("班次已整理好，还没有排期。排期在后台进行，先得到一份能用的，再在剩下的时间里越排越好。"), icon=":material/event_upcoming:")
    _ask(actor, plan_id, rules, None, primary=True)
    link("cohorts", _("先看开班准备：班次、规则、能不能排"), icon=":material/groups_2:")


def acts(
    actor: Actor,
    plan_id: int,
    chosen: TimetableView,
    shown: Sequence[SessionView],
    rules: Rules,
    found: Sequence[Change] | None,
    versions: Sequence[VersionView],
    broken: int,
    *,
    undo: bool,
) -> None:
    """The row of buttons above a timetable, of which `broken` sessions break a rule; the file has the sessions that are shown."""
    plans_it = actor.may(Right.PLAN_DELIVERY)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if plans_it and chosen.row.state is TimetableState.DRAFT:
            _publish(actor, plan_id, chosen, found, versions, broken)
        if plans_it:
            again(actor, plan_id, chosen, rules, primary=chosen.row.state is not TimetableState.DRAFT)
            with st.popover(_("新方案"), icon=":material/add:"):
                _ask(actor, plan_id, rules, chosen, primary=False)
        if undo and st.button(_("撤销上一步"), key="undo_timetable", icon=":material/undo:", type="tertiary"):
            with acting(done=_("已撤销")) as db:
                editing.undo(db, actor, plan_id, chosen.id)
        language = state.language()
        st.download_button(
            _("导出 Excel"),
            data=lambda: sessions_workbook(shown, language),
            file_name=_("排期.xlsx"),
            mime=XLSX,
            icon=":material/download:",
            key="export_sessions",
            type="tertiary",
        )
        if plans_it:
            _more(actor, plan_id, chosen)
            link("scenarios", _("方案对比"), icon=":material/compare:")


def _publish(
    actor: Actor, plan_id: int, chosen: TimetableView, found: Sequence[Change] | None, versions: Sequence[VersionView], broken: int
) -> None:
    with st.popover(_("发布"), icon=":material/publish:", type="primary"):
        if found is None:
            st.markdown(_("发布后，各机构就能看到这份排期。"))
        elif found:
            listed = joined(f"{_(KIND_NAMES[kind])} {number}" for kind, number in counted(found).items())
            st.markdown(_("与第 {number} 版相比：{listed}。", number=versions[0].number, listed=listed))
        else:
            st.markdown(_("与第 {number} 版没有不同。", number=versions[0].number))
        if chosen.unplaced:
            st.warning(_("有 {n} 节还没有排上，发布后它们没有日期。", n=chosen.unplaced), icon=":material/event_busy:")
        if broken:
            st.warning(_("有 {n} 节现在违反规则，“违反规则”里有原因。", n=broken), icon=":material/gavel:")
        if chosen.row.provisional:
            st.warning(_("这一年的放假安排还没有公布，公布后可能要改。"), icon=":material/hourglass_top:")
        note = st.text_input(_("说明（可留空）"), max_chars=LONGEST_NOTE, key=f"publish_note_{chosen.id}")
        if st.button(_("确认发布"), key=f"publish_{chosen.id}", type="primary", icon=":material/publish:"):
            with acting(done=_("已发布")) as db:
                publishing.publish(db, actor, plan_id, chosen.id, chosen.row.version or 0, note)
                state.ask()


def _ask(actor: Actor, plan_id: int, rules: Rules, based_on: TimetableView | None, *, primary: bool) -> None:
    """Ask for a timetable from scratch; what is pinned in the one that is looked at stays."""
    key = based_on.id if based_on else 0
    with reading() as db:
        year, there = plans.find(db, actor, plan_id).year, len(service.timetables(db, actor, plan_id))
    with st.form(f"solve_{plan_id}_{key}", border=False, enter_to_submit=False):
        name = st.text_input(_("名称"), _("方案 {name}", name=there + 1) if there else _(_FIRST), max_chars=80, key=f"name_{key}_{there}")
        earliest = first_start(year, clock.today())
        starts = st.date_input(_("从哪天起排"), earliest, earliest, date(year, 12, 31), format="YYYY-MM-DD", key=f"starts_{key}")
        seconds = st.number_input(_("最多算多少秒"), 1, LONGEST_SECONDS, int(rules.seconds), step=10, key=f"seconds_{key}")
        seed = 1
        if based_on is not None:
            st.caption(_("已固定的课不动，其余重新排。换一个种子会走另一条路，可能排出不同的方案。"))
            seed = st.number_input(_("种子"), 1, 10_000, 2, key=f"seed_{key}")
        if st.form_submit_button(_("开始排期"), icon=":material/play_arrow:", type="primary" if primary else "secondary"):
            with acting(done=_("已开始排期")) as db:
                solving.ask(db, actor, plan_id, Asked(name, float(seconds), int(seed), key or None, starts_on=starts))
                state.ask()


def _more(actor: Actor, plan_id: int, chosen: TimetableView) -> None:
    with st.popover(_("更多"), icon=":material/more_horiz:"):
        name = st.text_input(_("名称"), _("{name} 副本", name=chosen.row.name), max_chars=80, key=f"copy_name_{chosen.id}")
        if st.button(_("另存为草稿"), key=f"copy_{chosen.id}", icon=":material/content_copy:"):
            with acting(done=_("已另存，可以在副本上改")) as db:
                state.ask(timetable=solving.copy(db, actor, plan_id, chosen.id, name))
        if chosen.row.state is TimetableState.DRAFT and st.button(
            _("删除这份草稿"), key=f"delete_{chosen.id}", icon=":material/delete:", type="tertiary"
        ):
            with acting(done=_("草稿已删除")) as db:
                service.delete(db, actor, plan_id, chosen.id)
                state.ask()
