"""Charts as files, drawn without a browser, set in the Chinese type that comes with the product."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import altair as alt
import pylopdf_fonts_zh_cn
import vl_convert
from altair.utils.schemapi import disable_debug_mode

_VEGA_LITE = "v" + ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
_ALTAIRS_OWN_SIZE = ("continuousWidth", "continuousHeight")
# Whatever Altair can draw.
Chart: TypeAlias = alt.TopLevelMixin

# Where rows go is a setting of Altair's that all threads share, so it is set once: into each chart, however many they are.
alt.data_transformers.enable("default", max_rows=None)
alt.data_transformers.consolidate_datasets = False
# A chart is checked once, whole, where a picture is made of it, and not each part of it when it comes to be.
disable_debug_mode()


def specification(chart: Chart) -> dict[str, Any]:
    """The chart in Vega-Lite, with all its data, checked against Vega-Lite's schema."""
    return dict(chart.to_dict())


def for_page(chart: Chart) -> dict[str, Any]:
    """The chart in Vega-Lite, with all its data, to be shown on a page, which gives it its size.

    It is not checked: that takes as long as drawing it, and tests check each chart when they make a picture of it.
    """
    found = dict(chart.to_dict(validate=False))
    view = found.get("config", {}).get("view", {})
    for side in _ALTAIRS_OWN_SIZE:
        view.pop(side, None)
    return found


def as_text(chart: Chart) -> str:
    """The chart as a page shows it, in JSON, to be kept and shown again."""
    return json.dumps(for_page(chart), ensure_ascii=False)


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
