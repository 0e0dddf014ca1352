"""The strategy map: layout, what it says, and a picture with ink and without missing glyphs."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pylopdf_fonts_zh_cn
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from core.charts.lettering import cut, ems, wrapped
from core.charts.look import DARK, LIGHT, PRINT_FONT
from core.charts.pictures import png, svg
from core.charts.strategy_map import draw, headline
from core.charts.strategy_map_layout import BANDS, DESK, PHONE, Box, Format, MapLink, MapTheme, lay_out, order
from core.strategy.findings import Perspective
from core.strategy.themes.tags import CAUSAL_ORDER

PRINT = replace(LIGHT, font=PRINT_FONT)


def themes(each: int) -> list[MapTheme]:
    return [
        MapTheme(10 * level + n, f"主题{level}{n}：做深财富客户经营与跨境金融综合服务", band, "零售金融部", "零售AUM年增15%以上", 4.2, n)
        for level, band in enumerate(BANDS)
        for n in range(each)
    ]


def upward(each: int) -> list[MapLink]:
    return [MapLink(10 * (level + 1) + n, 10 * level + (n * 7 + 1) % each, suggested=n % 3 == 0) for level in range(3) for n in range(each)]


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.y + other.height and other.y < one.y + one.height


def inside(x: float, y: float, box: Box) -> bool:
    return box.x + 1 < x < box.x + box.width - 1 and box.y + 1 < y < box.y + box.height - 1


@pytest.mark.parametrize("form", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("each", [1, 2, 6, 8])
def test_no_box_lies_on_another_and_all_stand_in_their_band(each: int, form: Format) -> None:
    layout = lay_out(themes(each), upward(each), form)
    for i, box in enumerate(layout.boxes):
        band = next(band for band in layout.bands if band.perspective is box.theme.perspective)
        assert band.y <= box.y and box.y + box.height <= band.y + band.height
        assert form.margin <= box.x and box.x + box.width <= form.width
        assert not any(overlap(box, other) for other in layout.boxes[:i])
    assert len(layout.boxes) == 4 * each


@pytest.mark.parametrize("form", [DESK, PHONE], ids=["desk", "phone"])
def test_no_link_runs_through_a_box(form: Format) -> None:
    links = [*upward(6), MapLink(30, 5), MapLink(34, 0), MapLink(25, 1)]
    layout = lay_out(themes(6), links, form)
    for curve in layout.curves:
        for x, y in curve.points:
            assert not [box.theme.id for box in layout.boxes if inside(x, y, box)], curve.link


def test_money_is_on_top_and_learning_at_the_bottom() -> None:
    layout = lay_out(themes(1), [])
    assert [band.perspective for band in layout.bands] == [*reversed(CAUSAL_ORDER)]
    assert all(upper.y + upper.height < lower.y for upper, lower in pairwise(layout.bands))


def test_links_rise_from_cause_to_effect() -> None:
    for curve in lay_out(themes(6), upward(6)).curves:
        assert curve.up and curve.points[0][1] > curve.points[-1][1]


def test_the_order_avoids_crossings() -> None:
    crossed = [MapLink(30, 21), MapLink(31, 20)]
    low, high = ({theme.id: i for i, theme in enumerate(order(themes(2), crossed)[band])} for band in (BANDS[3], BANDS[2]))
    assert (low[30] - low[31]) * (high[21] - high[20]) > 0


def test_without_links_people_s_own_order_stays() -> None:
    assert [theme.id for theme in order(themes(5)[::-1], [])[BANDS[0]]] == [4, 3, 2, 1, 0]


def test_a_link_to_a_theme_that_is_not_there_is_left_out() -> None:
    assert lay_out(themes(1), [MapLink(30, 99), MapLink(30, 30)]).curves == ()


def test_the_title_states_what_the_map_shows() -> None:
    chain = [MapLink(30, 20), MapLink(20, 10), MapLink(10, 0)]
    assert str(headline(themes(1), [])) == "4 个主题，还没有确认的因果关系"
    assert str(headline(themes(1), [replace(link, suggested=True) for link in chain])) == "4 个主题，还没有确认的因果关系"
    assert str(headline(themes(1), chain[1:])) == "4 个主题、2 条因果关系，学习与成长还没有一路连到财务"
    assert str(headline(themes(1), chain)) == "4 个主题、3 条因果关系，1 个学习与成长主题一路支撑到财务"
    assert headline(themes(1), chain).render("en").startswith("4 themes, 3 cause-and-effect links")


def test_the_chart_carries_names_owners_indicators_and_weights() -> None:
    drawn = str(draw(themes(2), upward(2), "zh").to_dict())
    for words in ("零售金融部", "零售AUM年增", "权重 4.2%", "1 条发现", "学习与成长"):
        assert words in drawn
    assert "Learning & growth" in str(draw(themes(1), [], "en").to_dict())


def test_a_theme_can_be_chosen_only_where_that_is_asked_for() -> None:
    assert "'name': 'theme'" in str(draw(themes(1), [], "zh", selectable=True).to_dict())
    assert "params" not in draw(themes(1), [], "zh").to_dict()


@pytest.mark.parametrize("look", [PRINT, pytest.param(replace(DARK, font=PRINT_FONT), marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_the_picture_has_ink(look: object) -> None:
    picture = np.asarray(Image.open(io.BytesIO(png(draw(themes(3), upward(3), "zh", look=look), scale=1))).convert("L"))  # type: ignore[arg-type]
    assert picture.shape[1] > 1000
    paper = int(picture[0, 0])
    assert (np.abs(picture.astype(int) - paper) > 90).mean() > 0.01


def test_an_unknown_glyph_would_be_drawn_as_a_box_and_none_is() -> None:
    font = TTFont(pylopdf_fonts_zh_cn.sans_path(), lazy=True)
    drawn = svg(draw(themes(3), upward(3), "zh", look=PRINT)).decode()
    assert "财务" in drawn and "Noto Sans SC" in drawn
    known = set(font.getBestCmap())
    shown = set("".join(part.split("<")[0] for part in drawn.split(">")[1:]))
    assert not {character for character in shown if ord(character) > 127 and ord(character) not in known}


def test_sixty_themes_are_drawn() -> None:
    assert len(lay_out(themes(9) + [MapTheme(1000 + n, "更多", Perspective.LEARNING) for n in range(24)], []).boxes) == 60
    assert png(draw(themes(9), upward(9), "zh", look=PRINT), scale=0.5)


def test_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    assert cut("做深财富客户经营", 5) == "做深财富…"
    assert cut("做深", 5) == "做深"
    assert all(ems(line) <= 6 for line in wrapped("客户经理 certified advisers 持证上岗率不低于95%", 6, 3)[:2])
    assert wrapped("", 5, 2) == []
    assert wrapped("零售AUM与财富客户收入增长", 9, 2) == ["零售AUM与财富客户", "收入增长"]


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket() -> None:
    lines = wrapped("做深财富客户，做优体验（含县域）再提升", 6, 4)
    assert not any(line.startswith("，") or line.endswith("（") for line in lines)
