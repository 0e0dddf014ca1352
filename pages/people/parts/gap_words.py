"""The words of gaps: groups, figures, and the rule by which they are measured."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.people.certificates.naming import called
from core.people.gaps.gap import GapKey, GapTable, GroupGap, Reading
from core.people.gaps.measure import MONTHS
from core.people.gaps.naming import Names
from core.people.gates import HIDE, SPLIT
from pages.shared import state
from pages.shared.text import _, joined


def group_name(names: Names, key: GapKey) -> str:
    """A unit or a post; people without one are called so."""
    if key.unit_id is None and key.post_id is None:
        return _("全部人员")
    return names.group(key) or (_("没有机构") if key.unit_id is not None else _("没有岗位"))


def level(value: float | None) -> str:
    """A level to one place, or a dash where it is not known."""
    return "—" if value is None else f"{value:.1f}"


def figures(one: GroupGap) -> str:
    """The numbers of a group in a sentence."""
    if one.mean_gap is None:
        return _("{required} 人要求，都没有测评", required=one.required)
    if one.below is None:
        return _(
            "平均差 {gap} 级（已测 {measured} / {required} 人）", gap=level(one.mean_gap), measured=one.measured, required=one.required
        )
    return _(
        "平均差 {gap} 级，{below} 人低于要求（已测 {measured} / {required} 人）",
        gap=level(one.mean_gap),
        below=one.below,
        measured=one.measured,
        required=one.required,
    )


def source_name(reading: Reading) -> str:
    """Where a score comes from; a certificate by its name in the reader's language."""
    return called(reading.source, state.language()) if reading.proof else reading.source or _("来源不详")


def said(reading: Reading) -> str:
    """A score with its source and day, and why it does not count."""
    if reading.proof:
        return _said_of_proof(reading)
    source = source_name(reading)
    when = reading.on.isoformat() if reading.on else _("日期不详")
    text = f"{source} {reading.score:g}/{reading.scale:g} = {level(reading.level)}（{when}）"
    return text if reading.counts else text + " " + _("已过期")


def _said_of_proof(reading: Reading) -> str:
    when = reading.on.isoformat() if reading.on else _("日期不详")
    lasts = ""
    if reading.until is not None:
        lasts = _("，长期有效") if reading.until == date.max else _("，有效至 {day}", day=reading.until.isoformat())
    text = _("证书“{name}”证明至少 {level}（{when}{lasts}）", name=source_name(reading), level=level(reading.level), when=when, lasts=lasts)
    if reading.counts:
        return text
    return text + " " + (_("不高于其他依据，不另计") if reading.outdone else _("已过期"))


def rule(*, gated: bool) -> None:
    """How gaps are measured, in words."""
    with st.expander(_("这些数怎么算的"), icon=":material/function:"):
        lines = [
            _("**等级** = 5 × 得分 ÷ 满分：100 分里的 70 分是 3.5 级。"),
            _("**现有等级** = 每个来源最近一次得分的平均。超过 {months} 个月的为已过期，不计入；没有日期的计入并注明。", months=MONTHS),
            _("**证书**也是一个来源，证明至少到它的等级；几张里取最高的，测得不比它低时不另计。"),
            _("证书在有效期内计入；没写有效期的，同样满 {months} 个月过期。", months=MONTHS),
            _("**差距** = 要求等级 − 现有等级，达到要求为 0；**平均差距**是已测的人的平均。"),
            _("**没有测评就是没有**，不当作 0：列为“缺测评”，不进入平均。"),
            _("**来源不一致**：计入的来源之间相差 1 级以上。"),
            _("**权重** = 这项能力占岗位各项要求权重之和的比例，多个岗位取平均。"),
            _("**排序** = 已测人数 × 平均差距 × 权重，从大到小。"),
            _("只算在职的人；已归档的能力、岗位没有要求的能力都不算。机构只算本级的人，不含下级机构。"),
        ]
        if gated:
            lines.append(_("**小群体不显示**：少于 {hide} 人的不显示，少于 {split} 人的不显示有几人低于要求。", hide=HIDE, split=SPLIT))
            lines.append(_("为了不被减出来，还会一并隐去个别机构或岗位。"))
            lines.append(_("**按发布的状态**：有变化的人凑满 {hide} 人才一起更新，免得拿两天的数相减，算出某一个人的等级。", hide=HIDE))
        st.markdown("\n".join(f"- {line}" for line in lines))


def released_words(table: GapTable) -> str:
    """Of which day the sums are that a reader of sums is given."""
    first, last = table.released or (table.as_of, table.as_of)
    waiting = _("之后有变化的人凑满 {hide} 人才一起更新，更新的测评可能还没有算进来。", hide=HIDE)
    if first == last:
        return _("汇总发布于 {day}。", day=last.isoformat()) + " " + waiting
    return _("各项能力的汇总最近发布于 {first} 至 {last}。", first=first.isoformat(), last=last.isoformat()) + " " + waiting


def readings_text(readings: tuple[Reading, ...]) -> str:
    """All last scores in one cell."""
    return joined(said(one) for one in readings)
