"""Charts as files, drawn without a browser, set in the Chinese type that comes with the product."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import altair as alt
import pylopdf_fonts_zh_cn
import vl_convert

from core.patterns import lazily

_VEGA_LITE = "v" + ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


_ROWS = lazily(r'"data": \{"name": "([^"]+)"')
# Whatever Altair can draw.
Chart: TypeAlias = alt.TopLevelMixin


def specification(chart: Chart) -> dict[str, Any]:
    """The chart in Vega-Lite, with all its data."""
    with alt.data_transformers.enable("default", max_rows=None):
        return dict(chart.to_dict())


def as_text(chart: Chart) -> str:
    """The chart in Vega-Lite as JSON, to be kept and shown again."""
    while True:
        found = specification(chart)
        text = json.dumps(found, ensure_ascii=False)
        # Where rows go is a setting of Altair's that all threads share: another page may have taken them.
        if set(_ROWS.findall(text)) <= found.get("datasets", {}).keys():
            return text


def png(chart: Chart, scale: float = 2) -> bytes:
    """The chart as a PNG, `scale` times as many points as its measures say."""
    _register_type()
    return bytes(vl_convert.vegalite_to_png(specification(chart), vl_version=_VEGA_LITE, scale=scale))


def svg(chart: Chart) -> bytes:
    """The chart as an SVG whose text stays text."""
    _register_type()
    return vl_convert.vegalite_to_svg(specification(chart), vl_version=_VEGA_LITE).encode()


def pdf(chart: Chart) -> bytes:
    """The chart as a PDF of one page of its own size, whose text can be searched and whose type goes with it."""
    _register_type()
    return bytes(vl_convert.vegalite_to_pdf(specification(chart), vl_version=_VEGA_LITE))


@cache
def _register_type() -> None:
    vl_convert.register_font_directory(str(Path(pylopdf_fonts_zh_cn.sans_path()).parent))
