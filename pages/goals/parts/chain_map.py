"""The chain drawn, and choosing something in it: by a click on the drawing, or from a list with the keyboard."""

from __future__ import annotations

import base64
from dataclasses import replace
from html import escape

import streamlit as st

from core.charts.alignment import SELECTION, draw, headline, specification
from core.charts.alignment_layout import DESK
from core.charts.look import PRINT_FONT
from core.charts.pictures import png
from core.goals.chain.chain import COLUMN_NAMES, Chain
from pages.shared import state
from pages.shared.charts import page_look, show_drawing
from pages.shared.page import on_phone
from pages.shared.text import _, literal

NODE = "node"
_DRAWN = "chain_drawn"
# Narrower than that its letters cannot be read.
_LEAST = DESK.width * 5 // 6


def chosen_node(chain: Chain) -> str | None:
    """What is chosen: what was just clicked in the drawing, else what the page's address says. A second click lets go of it."""
    asked = state.asked(NODE)
    number = state.get(_DRAWN, 0)
    clicked = _clicked(state.get(_key(number)))
    if clicked is not None:
        # A drawing under a new key has forgotten the click.
        state.put(_DRAWN, number + 1)
        asked = None if clicked == asked else clicked
        state.ask(**{NODE: asked})
    return asked if chain.node(asked) is not None else None


def pick(chain: Chain, chosen: str | None) -> None:
    """The list of everything in the chain, which can be searched by typing."""
    names = {one.id: f"{_(COLUMN_NAMES[one.column])} · {one.name}" for one in chain.nodes}
    key = f"chain_pick_{chosen}"
    st.selectbox(
        _("从哪一项看起"),
        list(names),
        index=list(names).index(chosen) if chosen is not None else None,
        format_func=names.__getitem__,
        placeholder=_("选一条条款、一个主题、一条短板、一个项目……"),
        key=key,
        on_change=lambda: state.ask(**{NODE: state.get(key)}),
        help=_("输入几个字可以查找；也可以在图上点。"),
    )


def chain_map(chain: Chain, chosen: str | None) -> None:
    """The drawing; on a phone the list above comes first, and the drawing on demand, in a size that can be read."""
    if on_phone():
        _scrolled(chain, chosen)
        return
    show_drawing(
        _(headline(chain)),
        lambda look: specification(chain, chosen, state.language(), look),
        theme=None,
        on_select="rerun",
        selection_mode=SELECTION,
        key=_key(state.get(_DRAWN, 0)),
        least=_LEAST,
    )
    st.caption(_("点一项，它的整条链就聚到一起，其余变淡；再点一次放开。左边有红条的，是链断在那里。"))


def _scrolled(chain: Chain, chosen: str | None) -> None:
    """The drawing as a picture of its own width, pushed from side to side: shrunk to a phone nobody could read it."""
    st.caption(_("用上面的列表选一项，就能看到它的整条链。"))
    if not st.toggle(_("看整张图（左右滑动）"), key="chain_whole"):
        return
    title = _(headline(chain))
    st.markdown(f"**{literal(title)}**")
    look = replace(page_look(), font=PRINT_FONT)
    picture = base64.b64encode(png(draw(chain, chosen, state.language(), look=look).properties(title=""))).decode()
    st.html(
        f'<div style="overflow-x:auto"><img src="data:image/png;base64,{picture}" alt="{escape(title)}" '
        f'style="width:{DESK.width}px;max-width:none"></div>'
    )


def _key(number: int) -> str:
    return f"chain_chart_{number}"


def _clicked(event: object) -> str | None:
    selection = event.get("selection", {}) if isinstance(event, dict) else getattr(event, "selection", {})
    points = (selection or {}).get(SELECTION) or []
    return str(points[0]["id"]) if points and "id" in points[0] else None
