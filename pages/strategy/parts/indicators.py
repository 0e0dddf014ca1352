"""The indicator library: searched, filtered, read, and for those who may, edited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.exports.workbook import workbook
from core.goals.proofs import Proofs
from core.i18n import Message
from core.strategy.environment import service as environment
from core.strategy.environment.indicators import FREQUENCY_NAMES, PERSPECTIVE_NAMES, Facts, Frequency, Indicator, matching
from core.strategy.findings import Perspective
from pages.settings.parts.wish import Wish
from pages.shared.picking import stay_with
from pages.shared.record_form import Record, blank_form, filled, record_form
from pages.shared.text import _, joined, literal

LEVELS = (1, 2, 3, 4)
_NEW = Facts("", Perspective.PROCESS, "%", True, 3, Frequency.MONTHLY, "", "")
_SEPARATORS = re.compile(r"[、,，;；]")
_FIELDS = {
    "name": Field(Message("指标")),
    "unit": Field(Message("单位")),
    "perspective": Field(Message("维度"), PERSPECTIVE_NAMES),
    "level": Field(Message("柯氏层级"), lambda level: f"L{level}"),
    "higher_is_better": Field(Message("方向"), {True: Message("越高越好"), False: Message("越低越好")}),
    "frequency": Field(Message("频率"), FREQUENCY_NAMES),
    "low": Field(Message("合理下限")),
    "high": Field(Message("合理上限")),
    "source": Field(Message("数据来源")),
    "competencies": Field(Message("相关能力")),
    "definition": Field(Message("定义")),
}


def indicator_library(library: Sequence[Indicator], known: Proofs, may_decide: bool) -> Wish | None:
    """The library and the indicator that the reader chose, with the competencies that it shows; what they want changed."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(_("搜索"), placeholder=_("名称、定义、来源或能力中的字"), key="indicator_words", live=True, width=280)
        perspectives = st.pills(
            _("维度"),
            list(Perspective),
            selection_mode="multi",
            format_func=lambda one: _(PERSPECTIVE_NAMES[one]),
            key="indicator_perspectives",
        )
        levels = st.pills(_("柯氏层级"), LEVELS, selection_mode="multi", format_func=lambda level: f"L{level}", key="indicator_levels")
        archived = st.toggle(_("已归档"), key="indicator_archived")
    shown = [one for one in matching(library, words, perspectives, levels) if one.archived == archived]
    total = sum(one.archived == archived for one in library)
    st.caption(_("{shown} / {total} 个指标。点一行查看定义。", shown=len(shown), total=total))
    rows = [_cells(one) for one in shown]
    key = f"indicators_{'_'.join(one.key for one in shown)[:200]}_{len(shown)}"
    picked = st.dataframe(
        pd.DataFrame(rows, columns=_headings()),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="—",
        alt=_("指标库"),
        key=key,
    )
    with st.container(horizontal=True):
        st.download_button(
            _("导出 Excel"),
            data=lambda: workbook(_("指标库"), _headings(), rows),
            file_name="indicators.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="indicators_export",
        )
    kept = stay_with("indicators", key, [one.key for one in shown], picked)
    chosen = [one for one in shown if one.key == kept]
    if chosen:
        return _panel(chosen[0], known, may_decide)
    if may_decide:
        with st.expander(_("添加本行指标"), icon=":material/add:"):
            return _add()
    return None


def _headings() -> list[str]:
    return [
        _("指标"),
        _("维度"),
        _("单位"),
        _("方向"),
        _("柯氏层级"),
        _("频率"),
        _("数据来源"),
        _("相关能力"),
        _("定义"),
        _("来历"),
    ]


def _cells(one: Indicator) -> list[Any]:
    facts = one.facts
    return [
        facts.name,
        _(PERSPECTIVE_NAMES[facts.perspective]),
        facts.unit,
        _("越高越好") if facts.higher_is_better else _("越低越好"),
        f"L{facts.level}",
        _(FREQUENCY_NAMES[facts.frequency]),
        facts.source,
        joined(facts.competencies),
        facts.definition,
        _origin(one),
    ]


def _origin(one: Indicator) -> str:
    if not one.code:
        return _("本行")
    return _("自带（已修改）") if one.version and not one.archived else _("自带")


def _panel(one: Indicator, known: Proofs, may_decide: bool) -> Wish | None:
    facts = one.facts
    with st.container(border=True):
        st.subheader(literal(facts.name), anchor=False)
        st.markdown(literal(facts.definition) or "—")
        st.caption(_("合理范围：{range}", range=_range(facts)))
        _shows(one, known)
        if not may_decide:
            return None
        wish = _states(one)
        with st.expander(_("修改"), icon=":material/edit:"):
            return _change(one) or wish


def _shows(one: Indicator, known: Proofs) -> None:
    if found := known.by(one):
        st.caption(_("能说明的能力：{names}", names=literal(joined(proof.competency.facts.name for proof in found))))
    if lost := known.lost_by(one):
        st.caption(_("相关能力里，能力模型没有的：{names}", names=literal(joined(lost))))


def _range(facts: Facts) -> str:
    if facts.low is None and facts.high is None:
        return _("不限")
    if facts.high is None:
        return _("不小于 {low} {unit}", low=f"{facts.low:g}", unit=facts.unit)
    if facts.low is None:
        return _("不大于 {high} {unit}", high=f"{facts.high:g}", unit=facts.unit)
    return _("{low} 到 {high} {unit}", low=f"{facts.low:g}", high=f"{facts.high:g}", unit=facts.unit)


def _states(one: Indicator) -> Wish | None:
    with st.container(horizontal=True):
        if one.archived:
            if st.button(_("取回"), icon=":material/undo:", key=f"unarchive_{one.key}"):
                return Wish(_("已取回"), lambda db, actor: environment.archive_indicator(db, actor, one, archived=False))
            return None
        if st.button(_("归档"), icon=":material/inventory_2:", key=f"archive_{one.key}", help=_("归档后不再出现在选择中，可以取回。")):
            return Wish(_("已归档"), lambda db, actor: environment.archive_indicator(db, actor, one, archived=True))
        if one.code and one.version and st.button(_("恢复原样"), icon=":material/restart_alt:", key=f"restore_{one.key}"):
            return Wish(_("已恢复"), lambda db, actor: environment.restore_indicator(db, actor, one))
    return None


def _change(one: Indicator) -> Wish | None:
    prefix = "indicator" if one.row_id else f"indicator_{one.key}"
    written = record_form(prefix, Record(prefix, one.row_id or 0, one.version), one.facts, _FIELDS, _fields)
    if written is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        environment.save_indicator(db, actor, one, written.value)

    return Wish(written.done(_("已保存")), act)


def _add() -> Wish | None:
    entered = _fields(_NEW, blank_form("indicator_new"))
    if entered is None:
        return None

    def act(db: Any, actor: Actor) -> None:
        environment.save_indicator(db, actor, None, entered)
        filled("indicator_new")

    return Wish(_("已保存"), act)


def _fields(facts: Facts, key: str) -> Facts | None:
    with st.form(key, border=False):
        left, right = st.columns(2)
        name = left.text_input(_("指标"), value=facts.name, max_chars=60, placeholder=_("例如：名单客户拜访率"))
        unit = right.text_input(_("单位"), value=facts.unit, max_chars=20)
        perspective = left.selectbox(
            _("维度"),
            list[Perspective](Perspective),
            index=list(Perspective).index(facts.perspective),
            format_func=lambda p: _(PERSPECTIVE_NAMES[p]),
        )
        level = right.selectbox(_("柯氏层级"), LEVELS, index=LEVELS.index(facts.level), format_func=lambda n: f"L{n}")
        higher = left.selectbox(
            _("方向"), [True, False], index=int(not facts.higher_is_better), format_func=lambda up: _("越高越好") if up else _("越低越好")
        )
        frequency = right.selectbox(
            _("频率"), list[Frequency](Frequency), index=list(Frequency).index(facts.frequency), format_func=lambda f: _(FREQUENCY_NAMES[f])
        )
        low = left.number_input(_("合理下限"), value=facts.low, placeholder=_("可不填"), format="%g")
        high = right.number_input(_("合理上限"), value=facts.high, placeholder=_("可不填"), format="%g")
        source = left.text_input(_("数据来源"), value=facts.source, max_chars=100, placeholder=_("哪个系统里取数"))
        abilities = right.text_input(_("相关能力"), value=joined(facts.competencies), placeholder=_("用顿号隔开"))
        definition = st.text_area(_("定义"), value=facts.definition, max_chars=500, placeholder=_("分子、分母和统计口径"))
        if not st.form_submit_button(_("保存"), type="primary", key=f"{key}_save"):
            return None
    return replace(
        facts,
        name=name,
        unit=unit,
        perspective=perspective,
        level=level,
        higher_is_better=higher,
        frequency=frequency,
        low=low,
        high=high,
        source=source,
        competencies=tuple(_SEPARATORS.split(abilities)) if abilities else (),
        definition=definition,
    )
