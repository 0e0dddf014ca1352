"""Chinese type for drawn pages: Noto Sans SC and Noto Serif SC, cut down to the characters in use.

The fonts come as OpenType with PostScript curves, which reportlab does not embed; the glyphs that a document needs (about a
thousand) are therefore redrawn with TrueType curves. That takes about a second a face.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

_PAGE_FURNITURE = "0123456789. 第页目录　示例（虚构）"
_CURVE_ERROR = 1.0  # in font units, of 1000 to the em: far below what a printer resolves
_MAXP_ZERO = [
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxComponentDepth",
]


@dataclass(frozen=True)
class Typeface:
    """Two TrueType font programs, as bytes: `serif` for running text, `sans` for headings and tables."""

    serif: bytes
    sans: bytes


def for_text(text: str) -> Typeface:
    """Both faces, holding every character of `text` and the page furniture; fails on a character that the fonts lack."""
    characters = "".join(sorted(set(text + _PAGE_FURNITURE) - {"\n"}))
    return Typeface(
        serif=_truetype(pylopdf_fonts_zh_cn.serif_path(), characters),
        sans=_truetype(pylopdf_fonts_zh_cn.sans_path(), characters),
    )


def _truetype(path: Path, characters: str) -> bytes:
    font = TTFont(path, lazy=True, recalcTimestamp=False)
    options = subset.Options(layout_features=[], notdef_outline=True, hinting=False, ignore_missing_unicodes=False)
    options.drop_tables += ["BASE", "GSUB", "GPOS", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    _redraw_with_quadratic_curves(font)
    program = io.BytesIO()
    font.save(program)
    return program.getvalue()


def _redraw_with_quadratic_curves(font: TTFont) -> None:
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, _CURVE_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    del font["CFF "]
    font["maxp"].tableVersion, font["maxp"].maxZones = 0x00010000, 1
    for field in _MAXP_ZERO:
        setattr(font["maxp"], field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
