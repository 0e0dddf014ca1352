"""The charts of gaps: they have ink, say what they show, and stand straight."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from core.charts.gaps import Dot, HeatCell, Spoke, YearPoint, gap_heat_map, gap_trend, level_history, talent_radar
from core.charts.look import DARK, LIGHT, Look
from core.charts.pictures import png, svg

CELLS = [
    HeatCell("需求挖掘", "望海支行", 1.6, "12", "望海支行 · 需求挖掘", worst=True),
    HeatCell("需求挖掘", "临港支行", None, "—", "没有测评"),
    HeatCell("资产配置", "望海支行", 0.0, "0", "达到要求"),
    HeatCell("资产配置", "东湖支行", None, "*", "人数太少"),
]
SPOKES = [Spoke("需求挖掘与产品匹配", 4, 2.5), Spoke("资产配置", 3, None), Spoke("客户维护", 5, 4.0), Spoke("授信分析", 2, 2.0)]


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_the_heat_map_writes_every_name_and_number(look: Look) -> None:
    drawn = svg(gap_heat_map(CELLS, "缺得最多的是“需求挖掘”", "平均差距（级）", look)).decode()
    assert all(
        text in drawn for text in ("需求挖掘", "资产配置", "望海支行", "临港支行", "东湖支行", "平均差距（级）", ">12<", ">—<", ">*<")
    )
    assert look.attention.lower() in drawn.lower()


def test_columns_for_which_a_window_has_no_room_stay_out_of_the_heat_map_and_the_first_ones_in() -> None:
    cells = [HeatCell("需求挖掘", f"支行{at:02}", 1.0, str(at), "x") for at in range(18)]
    for width, shown in ((130, 5), (260, 10), (900, 18)):
        drawn = svg(gap_heat_map(cells, "", "平均差距（级）", LIGHT).properties(width=width)).decode()
        assert [f">支行{at:02}<" in drawn for at in range(18)] == [at < shown for at in range(18)]


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_the_radar_is_as_wide_as_high_and_what_is_not_known_breaks_the_line(look: Look) -> None:
    chart = talent_radar(SPOKES, "", ("岗位要求", "现有等级"), look, size=400)
    image = Image.open(io.BytesIO(png(chart)))
    assert abs(image.width - image.height) <= 4
    drawn = svg(chart).decode()
    assert all(text in drawn for text in ("资产配置", "客户维护", "岗位要求", "现有等级", "L5"))
    shown = [layer for layer in chart.to_dict()["layer"] if layer["mark"].get("color") == look.brand and layer["mark"]["type"] == "rule"]
    assert len(shown[0]["data"]["values"]) == 2


def test_the_lines_of_years_and_scores_have_their_names() -> None:
    points = [YearPoint("需求挖掘", year, value, "x") for year, value in (("2025", 1.2), ("2026", 0.8))]
    assert "需求挖掘" in svg(gap_trend(points, "", "平均差距（级）", LIGHT)).decode()
    dots = [Dot("考核系统", date(2025, 3, 1), 2.0, "x"), Dot("上级评价", date(2026, 3, 1), 3.0, "x")]
    drawn = svg(level_history(dots, 4, "", "等级", DARK)).decode()
    assert "考核系统" in drawn and "上级评价" in drawn
    assert svg(level_history(dots, None, "", "等级", DARK))
