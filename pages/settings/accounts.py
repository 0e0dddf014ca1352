"""People: who may come in, as what."""

from __future__ import annotations

from core.access import service as access
from core.privacy import accounts as closing
from pages.settings.parts.leaving import delete_form
from pages.settings.parts.people import choose_person, invite_form, people_table, person_panel, show_link
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header

_FRESH_LINK = "fresh_one_time_link"

page_header("accounts")
actor = state.present().actor
with reading() as db:
    everybody = access.people(db, actor)

if token := state.take(_FRESH_LINK):
    show_link(token)
people_table(everybody)
chosen = choose_person(everybody)
is_self = chosen.id == actor.account_id
wish = person_panel(chosen, is_self=is_self)
if not is_self:
    with reading() as db:
        leaving = closing.leaving(db, actor, chosen.id)
    wish = delete_form(chosen, leaving) or wish
wish = invite_form() or wish

if wish is not None:
    with acting(wish.done) as db:
        state.put(_FRESH_LINK, wish.act(db, actor))
