"""The strategy map on the page, and as files to take away."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.charts.strategy_map import SELECTION, draw, headline, of_plan
from core.charts.strategy_map_layout import DESK, PHONE
from core.exports.themes import workbook
from core.strategy.themes.service import Overview
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.downloads import chart_files
from pages.shared.page import on_phone
from pages.shared.text import _
from pages.strategy.parts.chapter import chapter_file

# Narrower than that its letters cannot be read; a phone has a form of its own.
_LEAST = DESK.width * 5 // 6


def map_panel(actor: Actor, plan_id: int, seen: Overview) -> int | None:
    """The map with its legend and its files; returns the theme that the reader has just chosen on it."""
    (themes, links), language = of_plan(seen), state.language()
    event = show_chart(
        headline(themes, links).render(language),
        lambda look: draw(themes, links, language, look=look, form=PHONE if on_phone() else DESK, selectable=True),
        theme=None,
        on_select="rerun",
        selection_mode=SELECTION,
        key="strategy_map",
        least=0 if on_phone() else _LEAST,
    )
    _legend(seen)
    _files(actor, plan_id, seen)
    return _just_chosen(event)


def _legend(seen: Overview) -> None:
    said = [_("点一个主题查看它的发现。")]
    if seen.links:
        said.append(_("箭头从原因指向结果；虚线是系统建议，确认后变为实线。"))
    short = round(seen.weight - 100, 2)
    if seen.weight and short:
        said.append(_(":orange[权重合计 {sum}%，不是 100%。]", sum=f"{seen.weight:g}"))
    st.caption(" ".join(said))


def _files(actor: Actor, plan_id: int, seen: Overview) -> None:
    (themes, links), language = of_plan(seen), state.language()
    with st.container(horizontal=True):
        chart_files("strategy-map", lambda look: draw(themes, links, language, look=look), lambda: workbook(seen, language))
        chapter_file(actor, plan_id)


def _just_chosen(event: object) -> int | None:
    """The chart remembers its choice over reruns; only a change of it is a wish."""
    points = getattr(getattr(event, "selection", None), SELECTION, None) or []
    chosen = int(points[0]["id"]) if points and "id" in points[0] else None
    if chosen == state.get("strategy_map_chosen"):
        return None
    state.put("strategy_map_chosen", chosen)
    return chosen
