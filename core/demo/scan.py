"""A notice as it comes from the office scanner: grey pictures of pages, slightly turned and grainy, no text layer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from core.demo import linebreak, markup

_DPI = 150
_WIDTH, _HEIGHT = 1240, 1754  # A4 at 150 dots an inch
_MARGIN, _TOP, _LEADING = 160, 210, 60
_TEXT, _TITLE, _SMALL = 33, 44, 22  # pixels
_TURNS = (0.5, -0.35, 0.2)  # degrees, page after page
_GRAIN, _SEED = 0.09, 2026


@dataclass(frozen=True)
class _Line:
    text: str
    size: int
    sans: bool
    x: float
    y: float


def write(path: Path, title: str, blocks: Sequence[markup.Block], day: date) -> None:
    """Writes the pages of `blocks` under `title` to `path` as an image-only PDF dated `day`."""
    grain = random.Random(_SEED)
    pages = [_photographed(_drawn(page, number), number, grain) for number, page in enumerate(_pages(title, blocks), 1)]
    stamp = day.timetuple()
    pages[0].save(
        path,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=_DPI,
        quality=70,
        title=title,
        creationDate=stamp,
        modDate=stamp,
    )


def _pages(title: str, blocks: Sequence[markup.Block]) -> list[list[_Line]]:
    pages: list[list[_Line]] = [[]]
    y = float(_TOP)
    for text, size, sans, indent in _rows(title, blocks):
        if y > _HEIGHT - _TOP:
            pages.append([])
            y = float(_TOP)
        x = (_WIDTH - _font(size, sans).getlength(text)) / 2 if indent is None else _MARGIN + indent
        pages[-1].append(_Line(text, size, sans, x, y))
        y += _LEADING * (1.3 if size == _TITLE else 1)
    return pages


def _rows(title: str, blocks: Sequence[markup.Block]) -> list[tuple[str, int, bool, float | None]]:
    rows: list[tuple[str, int, bool, float | None]] = []
    for text, size, sans in [(title, _TITLE, True), *(_typed(block) for block in blocks)]:
        first = 0 if size == _TITLE else 2 * size
        cut = linebreak.lines(text, _WIDTH - 2 * _MARGIN, _font(size, sans).getlength, first_indent=first)
        for number, part in enumerate(cut):
            rows.append((part, size, sans, None if size == _TITLE else first if number == 0 else 0))
    return rows


def _typed(block: markup.Block) -> tuple[str, int, bool]:
    match block:
        case markup.Heading(_, text):
            return text, _TEXT, True
        case markup.Item(text, _, marker):
            return f"{marker} {text}", _TEXT, False
        case markup.Paragraph(text):
            return text, _TEXT, False
    raise TypeError(block)


def _drawn(page: Sequence[_Line], number: int) -> Image.Image:
    sheet = Image.new("L", (_WIDTH, _HEIGHT), 250)
    pen = ImageDraw.Draw(sheet)
    for line in page:
        pen.text((line.x, line.y), line.text, font=_font(line.size, line.sans), fill=35)
    pen.text((_MARGIN, 110), "示例（虚构）", font=_font(_SMALL, True), fill=60)
    pen.text((_WIDTH / 2, _HEIGHT - 120), f"— {number} —", font=_font(_SMALL, False), fill=60, anchor="mm")
    return sheet


def _photographed(sheet: Image.Image, number: int, grain: random.Random) -> Image.Image:
    turned = sheet.rotate(_TURNS[(number - 1) % len(_TURNS)], resample=Image.Resampling.BICUBIC, fillcolor=244)
    specks = Image.frombytes("L", sheet.size, grain.randbytes(_WIDTH * _HEIGHT))
    return Image.blend(turned, specks, _GRAIN)


def _font(size: int, sans: bool) -> ImageFont.FreeTypeFont:
    path = pylopdf_fonts_zh_cn.sans_path() if sans else pylopdf_fonts_zh_cn.serif_path()
    return ImageFont.truetype(str(path), size)
