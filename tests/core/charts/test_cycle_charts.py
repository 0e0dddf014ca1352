"""The charts of interviews, readiness and the check: their title is the finding, the unknown is not drawn, the picture has ink."""

from __future__ import annotations

import io
from typing import Any

import altair as alt
import pytest
from PIL import Image

from core.charts.checking import QuarterBar, TrendPoint, status_chart, trend_chart
from core.charts.look import DARK, LIGHT, Look, mixed
from core.charts.pictures import png
from core.charts.readiness import ReadinessBar, readiness_chart
from core.charts.stress import StressBar, stress_chart
from core.strategy.checking.progress import STATUS_NAMES, Status

NAMES = {status: str(name) for status, name in STATUS_NAMES.items()}
QUARTERS = [QuarterBar("2027年第一季度", {Status.ON_TRACK: 5, Status.OFF_TRACK: 1}), QuarterBar("2027年第二季度", {Status.NO_DATA: 6})]


def charts(look: Look) -> list[alt.LayerChart]:
    return [
        stress_chart(
            [StressBar("林予安", 9, 6), StressBar("周牧野", 0, 11)], "周牧野说到的 11 件事，文件里都没有", "件", ("有", "无"), look
        ),
        readiness_chart(
            [ReadinessBar("数据", 0.7, 1.0, "0.7", True), ReadinessBar("工具", None, None, "未回答", False)], "先补数据", "平均", look
        ),
        status_chart(QUARTERS, "6 个目标里，1 个偏离", "目标", NAMES, look),
        trend_chart(
            [TrendPoint("一季度", 490.0, 480.0), TrendPoint("二季度", 510.0, None)], "落后 10 亿元", "亿元", ("应达", "实际"), look
        ),
    ]


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_every_chart_has_its_finding_as_title_and_draws(look: Look) -> None:
    for chart in charts(look):
        drawn = chart.properties(width=600, background=look.paper)
        assert str(drawn.to_dict()["title"]["text"]).strip()
        colours = Image.open(io.BytesIO(png(drawn, 1))).convert("RGB").getcolors(1_000_000)
        assert colours is not None and len(colours) > 20


def rows(chart: alt.LayerChart) -> list[dict[str, Any]]:
    return list(chart.to_dict()["data"]["values"])


def test_what_is_nobodys_is_not_drawn() -> None:
    stress, _, status, _ = charts(LIGHT)
    assert [(row["name"], row["count"]) for row in rows(stress)] == [("林予安", 9), ("林予安", 6), ("周牧野", 11)]
    assert [(row["part"], row["count"]) for row in rows(status)] == [("按计划", 5), ("偏离", 1), ("无数据", 6)]


def test_the_weaker_form_of_a_colour_lies_halfway_to_the_paper() -> None:
    assert mixed("#000000", "#FFFFFF") == "#7F7F7F" and mixed(LIGHT.attention, LIGHT.paper) == "#E3AA9E"
