"""The charts of returns and warnings are drawn, with and without intervals, in both looks."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from core.charts.look import DARK, LIGHT, Look
from core.charts.pictures import png
from core.charts.returns import ReturnBar, SwingBar, returns_chart, tornado_chart
from core.charts.warnings import SignalEnd, SignalWeek, signal_chart

WEEKS = [SignalWeek(week, 80.0 - week, 70.0 - week, 90.0 - week, 85.0, 105.0) for week in range(1, 9)]
NAMES = ("本项目", "同类项目", "计划与下限", "预计")


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_what_returns_and_what_moves_it_is_drawn(look: Look) -> None:
    bars = [ReturnBar("拓客", 3e5, 4.8e5, 2.4e5, 7.2e5, "拓客：…"), ReturnBar("授信", 1e5, 0.5e5, None, None, "授信：…")]
    assert colours(png(returns_chart(bars, "一", "万元", ("成本", "收益"), look).properties(width=400))) > 5
    moved = [SwingBar("变化量 Δ", 28, 92, "…"), SwingBar("成本", 33, 100, "…")]
    assert colours(png(tornado_chart(moved, 60, "二", "ROI（%）", ("变差", "变好"), look).properties(width=400))) > 5


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_a_signal_is_drawn_with_and_without_a_forecast(look: Look) -> None:
    for weeks, end in ((WEEKS, SignalEnd(20, 55.0, 40.0, 70.0)), ([], None)):
        chart = signal_chart(weeks, end, 60.0, 20, "三", ("周", "占计划（%）"), NAMES, look)
        assert colours(png(chart.properties(width=300))) > 3


def colours(picture: bytes) -> int:
    """How many colours a picture has."""
    return len(Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1 << 24) or [])
