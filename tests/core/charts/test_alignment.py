"""The alignment chain drawn: nothing lies on anything else, what is chosen is gathered, the picture has ink."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from core.charts import alignment
from core.charts.alignment import draw, headline, specification
from core.charts.alignment_layout import BOX, DESK, lay_out
from core.charts.look import DARK, LIGHT, PRINT_FONT
from core.charts.pictures import pdf, png, svg
from core.goals.chain.chain import Chain, ClausePart, Column, GapPart, GoalPart, ProjectPart, ThemePart, build, project_id, theme_id

THEMES, PROJECTS = 30, 60


def chain(projects: int = PROJECTS) -> Chain:
    themes = [
        ThemePart(
            n,
            f"主题{n}：做深财富客户经营与跨境金融",
            (ClausePart(2 * n, f"条款{n}"), ClausePart(2 * n + 1, f"指标{n}")),
            (f"能力{n % 12}",),
        )
        for n in range(THEMES)
    ]
    gaps = [GapPart(f"{n}-p1", f"能力{n} · 客户经理", (f"能力{n}",), "12 人") for n in range(12)]
    made = [
        ProjectPart(
            n,
            f"项目{n}",
            n * 7 % (THEMES - 4),
            (ClausePart(2 * (n * 7 % (THEMES - 4)), "条款"),),
            (),
            (f"{n % 12}-p1",) if n % 3 else (),
            GoalPart("每周上门三户", n % 2 == 0) if n % 5 else None,
        )
        for n in range(projects)
    ]
    return build(themes, gaps, made)


@pytest.mark.parametrize("chosen", [None, project_id(31), theme_id(5), theme_id(29)])
def test_no_box_lies_on_another(chosen: str | None) -> None:
    layout = lay_out(chain(), chosen)
    for column in Column:
        tops = sorted(box.y for box in layout.boxes if box.node.column is column)
        assert all(low + BOX <= high for low, high in pairwise(tops)), column
        assert not tops or (tops[0] > 0 and tops[-1] + BOX <= layout.height)


def test_what_is_chosen_is_gathered_around_it_and_alone_is_clear() -> None:
    drawn = chain()
    layout = lay_out(drawn, project_id(31))
    through = drawn.through(project_id(31)).nodes
    assert {box.node.id for box in layout.boxes if box.lit} == through
    at = {box.node.id: box.y for box in layout.boxes}
    assert max(at[one] for one in through) - min(at[one] for one in through) < 4 * BOX
    assert {curve.link for curve in layout.curves if curve.lit} == drawn.through(project_id(31)).links


def test_every_link_runs_from_its_box_to_the_next() -> None:
    layout = lay_out(chain(), None)
    at = {box.node.id: box for box in layout.boxes}
    for curve in layout.curves:
        start, end = (at[one] for one in curve.link)
        assert curve.points[0] == (start.x + DESK.column, start.y + BOX / 2) and curve.points[-1] == (end.x, end.y + BOX / 2)


def test_the_title_counts_whole_chains() -> None:
    assert headline(chain(0)).render("zh").startswith("0 个项目中，0 个")
    whole = sum(n % 3 > 0 and n % 2 == 0 and n % 5 > 0 for n in range(PROJECTS))
    assert f"60 个项目中，{whole} 个" in headline(chain()).render("zh")


@pytest.mark.parametrize("look", [LIGHT, pytest.param(DARK, marks=pytest.mark.thorough)], ids=["light", "dark"])
def test_the_picture_has_ink_and_its_svg_text(look: object) -> None:
    drawn = chain(8)
    chart = draw(drawn, project_id(3), "zh", look=replace(look, font=PRINT_FONT))  # type: ignore[type-var]
    picture = np.asarray(Image.open(io.BytesIO(png(chart, 1))).convert("L")).astype(int)
    assert (abs(picture - picture[0, 0]) > 40).mean() > 0.005
    assert "战略主题 30" in svg(chart).decode()


def test_the_pdf_is_one_page_with_its_words_and_its_type() -> None:
    page = PdfReader(io.BytesIO(pdf(draw(chain(8), project_id(3), "zh", look=replace(LIGHT, font=PRINT_FONT))))).pages
    assert len(page) == 1 and "战略主题 30" in page[0].extract_text()
    used = [one.get_object()["/DescendantFonts"][0].get_object() for one in page[0]["/Resources"]["/Font"].values()]
    assert used and all("/FontFile3" in one["/FontDescriptor"] or "/FontFile2" in one["/FontDescriptor"] for one in used)


def test_an_empty_chain_is_drawn_too() -> None:
    assert draw(build([], [], []), None, "en").to_dict()["height"] > 0


def test_what_was_drawn_is_drawn_anew_only_for_another_content_choice_language_or_look(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(alignment, "draw", lambda *given, **how: drawn.append(given) or draw(*given, **how))
    alignment._drawn.cache_clear()
    first = specification(chain(6), None, "zh", LIGHT)
    first["layer"].clear()  # what a page does with it stays with the page
    again = specification(chain(6), None, "zh", LIGHT)
    assert len(drawn) == 1 and again["layer"] and not again.get("title")
    rows = [row for layer in again["layer"] for row in layer.get("data", {}).get("values", [])]
    assert {row["name"] for row in rows if "name" in row}
    for chained, chosen, language, look in (
        (chain(7), None, "zh", LIGHT),
        (chain(6), project_id(1), "zh", LIGHT),
        (chain(6), None, "en", LIGHT),
        (chain(6), None, "zh", DARK),
    ):
        before = len(drawn)
        specification(chained, chosen, language, look)  # type: ignore[arg-type]
        assert len(drawn) == before + 1
