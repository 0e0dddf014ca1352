"""What every page has in common: its heading, its ways to other pages, and the shape of an empty page."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.access.actor import Actor
from core.people import sample
from core.plans import service as plans
from pages.shared import state
from pages.shared.database import reading
from pages.shared.device import on_phone as on_phone
from pages.shared.guide import how_to
from pages.shared.navigation import page_object
from pages.shared.page_spec import PageSpec
from pages.shared.sitemap import PAGES
from pages.shared.text import _, sample_mark

# As wide as a form or a column of text stays pleasant to read.
MEASURE = 760


def header(title: str, question: str, *, sample: bool = False, page: str = "") -> None:
    """A page's title, the one question it answers, and how it is used where it is the page `page` of the sitemap."""
    st.title(title + sample_mark(sample), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(question, width="content")
        if page:
            how_to(page)


def page_header(name: str) -> PageSpec:
    """The heading of the page `name` of the sitemap."""
    spec = PAGES[name]
    header(_(spec.title), _(spec.question), sample=_of_sample(spec), page=name)
    return spec


def passing() -> DeltaGenerator:
    """A place for what comes and goes by itself, such as news and work in the background: to be used in a `with`.

    What stands below it keeps its own place. A container that moved would begin empty: a list that is open in it would close, and a file
    on its way into it would be lost.
    """
    return st.container()


def empty(text: str, *, icon: str = ":material/inbox:", to: str | None = None, label: str = "") -> None:
    """What a page says when it has nothing to show yet: what it is for, and the way to the page `to` where that begins."""
    with st.container(border=True, horizontal_alignment="center"):
        st.space("small")
        st.markdown(f":gray[{icon}]", width="content")
        st.markdown(text, width="content", text_alignment="center")
        if to is not None:
            way(to, label, key=f"empty_to_{to}")
        st.space("small")


def chosen_plan() -> tuple[Actor, int]:
    """Who is here and the plan they chose; without one the page says where to choose it, and ends."""
    person = state.present()
    if person.plan_id is None:
        empty(_("请先在左侧选择年度计划，还没有就先新建一个。"), icon=":material/calendar_month:", to="plans", label=_("打开年度计划"))
        st.stop()
    return person.actor, person.plan_id


def way(name: str, label: str, *, key: str, icon: str | None = None, **parameters: object) -> None:
    """The page's one primary button, where that leads to the page `name`. A shared page leads nowhere."""
    if not state.is_guest() and st.button(label, type="primary", icon=icon, key=key):
        go(name, **parameters)


def link(name: str, label: str, *, icon: str | None = None, **parameters: object) -> None:
    """A link to the page `name`, with parameters in its address. A shared page leads nowhere."""
    if state.is_guest():
        return
    target = page_object(name)
    st.page_link(target, label=label, icon=icon, query_params={key: str(value) for key, value in parameters.items()})


def go(name: str, **parameters: object) -> None:
    """Open the page `name`. A shared page leads nowhere."""
    if state.is_guest():
        return
    st.switch_page(page_object(name), query_params={key: str(value) for key, value in parameters.items()})


def _of_sample(spec: PageSpec) -> bool:
    """Whether the people or the plan that the page shows are those of the fictional sample branch."""
    if not (spec.people or spec.plan):
        return False
    person = state.present()
    with reading() as db:
        if spec.people and sample.there(db):
            return True
        return spec.plan and any(one.sample for one in plans.plans(db, person.actor) if one.id == person.plan_id)
