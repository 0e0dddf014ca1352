"""The chain drawn, and choosing something in it: by a click on the drawing, or from a list with the keyboard."""

from __future__ import annotations

import streamlit as st

from core.charts.alignment import SELECTION, headline, specification
from core.goals.chain.chain import COLUMN_NAMES, Chain
from pages.shared import state
from pages.shared.charts import show_drawing
from pages.shared.page import on_phone
from pages.shared.text import _

NODE = "node"
_DRAWN = "chain_drawn"


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
    """The drawing; on a phone it would be too small to read, and what is chosen stands above as a list."""
    if on_phone():
        st.caption(_("图在电脑上看；手机上用上面的列表选一项，就能看到它的整条链。"))
        return
    show_drawing(
        _(headline(chain)),
        lambda look: specification(chain, chosen, state.language(), look),
        theme=None,
        on_select="rerun",
        selection_mode=SELECTION,
        key=_key(state.get(_DRAWN, 0)),
    )
    st.caption(_("点一项，它的整条链就聚到一起，其余变淡；再点一次放开。左边有红条的，是链断在那里。"))


def _key(number: int) -> str:
    return f"chain_chart_{number}"


def _clicked(event: object) -> str | None:
    selection = event.get("selection", {}) if isinstance(event, dict) else getattr(event, "selection", {})
    points = (selection or {}).get(SELECTION) or []
    return str(points[0]["id"]) if points and "id" in points[0] else None
