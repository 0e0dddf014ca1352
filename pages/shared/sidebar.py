"""The sidebar: which plan one works on, the pages in the order of the method, the language, and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.access import service as access
from core.access.actor import Right
from core.access.present import Present
from core.notices import inbox
from core.plans import service as plans
from pages.shared import identity
from pages.shared.arriving import leave
from pages.shared.database import acting, reading
from pages.shared.languages import choose_language
from pages.shared.sitemap import PAGES
from pages.shared.text import _, literal

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_NOTICES = PAGES["notices"].url_path
_BRAND = Path(__file__).parents[2] / "data" / "brand"


def sidebar(person: Present, sections: dict[str, list[StreamlitPage]], here: str) -> None:
    """Show the sidebar beside the page at the address `here`, and carry out what is chosen in it."""
    dark = st.context.theme.type == "dark"
    st.logo(str(_BRAND / f"wordmark-{'dark' if dark else 'light'}.svg"), size="large", icon_image=str(_BRAND / "mark.svg"))
    with st.sidebar:
        unread = 0
        if person.actor.may(Right.READ_PLANS):
            _choose_plan(person, here)
            with reading() as db:
                unread = inbox.unread(db, person.actor)
        for section, pages in sections.items():
            shown = [page for page in pages if page.visibility == "visible"]
            if shown:
                st.caption(section)
            for page in shown:
                waits = unread and page.url_path == _NOTICES
                st.page_link(page, label=_("通知（{n}）", n=unread) if waits else None, width="stretch")
        st.space("small")
        _choose_language(person)
        st.button(
            _("退出（{name}）", name=literal(person.actor.name)),
            key="sign_out",
            icon=":material/logout:",
            type="tertiary",
            on_click=identity.sign_out,
        )


def _choose_plan(person: Present, page: str) -> None:
    with reading() as db:
        choice = plans.plans(db, person.actor)
    if not choice:
        return
    by_id = {plan.id: plan for plan in choice}
    here = person.plan_id if person.plan_id in by_id else None
    if here is None:
        # The newest plan is what a person most likely came for; the choice is one click away.
        newest = max(choice, key=lambda plan: (plan.year, plan.id or 0))
        with acting() as db:
            access.prefer(db, person.actor.account_id or 0, plan_id=newest.id)
    chosen = st.selectbox(
        _("年度计划"),
        list(by_id),
        index=list(by_id).index(here) if here else None,
        format_func=lambda plan_id: f"{by_id[plan_id].unit} · {by_id[plan_id].year}",
        placeholder=_("请选择年度计划"),
        key=f"plan_of_{here}",
    )
    if chosen is not None and chosen != here:
        leave(page)
        with acting() as db:
            access.prefer(db, person.actor.account_id or 0, plan_id=chosen)


def _choose_language(person: Present) -> None:
    chosen = choose_language("language")
    if chosen is not None:
        with acting() as db:
            access.prefer(db, person.actor.account_id or 0, language=chosen)
