"""The themes of a plan as a workbook: themes, their findings, their links."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from core.i18n import Language, Message
from core.strategy.themes.grouping import REASON_NAMES
from core.strategy.themes.service import Overview
from core.strategy.themes.tags import LAYER_NAMES, LENS_NAMES, PERSPECTIVE_NAMES, Lens

Cell = str | float | int

_THEMES = (
    (Message("主题"), 28),
    (Message("维度"), 12),
    (Message("层面"), 10),
    (Message("视角"), 24),
    (Message("负责人"), 18),
    (Message("指标"), 40),
    (Message("权重"), 8),
    (Message("发现"), 8),
)
_FINDINGS = (
    (Message("主题"), 28),
    (Message("发现"), 50),
    (Message("原文"), 60),
    (Message("文件"), 30),
    (Message("页"), 6),
    (Message("章节"), 40),
    (Message("归入原因"), 14),
)
_LINKS = ((Message("原因"), 28), (Message("结果"), 28), (Message("说明"), 40), (Message("状态"), 10))


def workbook(seen: Overview, language: Language) -> bytes:
    """An XLSX file with three sheets. Nothing in it is a formula or a link."""

    def text(message: Message) -> str:
        return message.render(language)

    between = "、" if language == "zh" else ", "
    names = {view.id: view.theme.name for view in seen.themes}
    themes: list[list[Cell]] = [
        [
            view.theme.name,
            text(PERSPECTIVE_NAMES[view.theme.perspective]),
            text(LAYER_NAMES[view.theme.layer]) if view.theme.layer else "",
            between.join(text(LENS_NAMES[Lens(lens)]) for lens in view.theme.lenses),
            view.theme.owner,
            view.theme.indicator,
            view.theme.weight,
            len(view.members),
        ]
        for view in seen.themes
    ]
    placed = [(view.theme.name, one.finding, text(REASON_NAMES[one.reason])) for view in seen.themes for one in view.members]
    findings: list[list[Cell]] = [
        [theme, one.text, one.quote, one.document, one.page, " › ".join(one.heading), why]
        for theme, one, why in [*placed, *(("", one, "") for one in seen.ungrouped)]
    ]
    links: list[list[Cell]] = [
        [names[link.cause_id], names[link.effect_id], link.note, text(Message("建议")) if link.suggested else text(Message("已确认"))]
        for link in seen.links
    ]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _sheet(book, Message("主题表"), _THEMES, themes, language)
        _sheet(book, Message("发现"), _FINDINGS, findings, language)
        _sheet(book, Message("因果关系"), _LINKS, links, language)
    return content.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: Message, columns: Sequence[tuple[Message, int]], rows: Sequence[Sequence[Cell]], language: Language
) -> None:
    style = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top", "text_wrap": True}
    head, cell = book.add_format({**style, "bold": True, "bg_color": "#EEF1F3", "bottom": 1}), book.add_format(style)
    sheet = book.add_worksheet(name.render(language))
    sheet.freeze_panes(1, 1)
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title.render(language), head)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value, cell)
            else:
                sheet.write_number(number, column, value, cell)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
