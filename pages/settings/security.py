"""One's own account: name, language, password, and where one is signed in."""

from __future__ import annotations

from core.access import service as access
from pages.settings.parts.self import name_and_language, password_form, sign_ins_list
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header

page_header("security")
person = state.present()
with reading() as db:
    me = access.own(db, person.actor)
    open_now = access.own_sign_ins(db, person)

wish = name_and_language(me, person)
wish = password_form(me, person) or wish
wish = sign_ins_list(open_now, person) or wish

if wish is not None:
    with acting(wish.done) as db:
        wish.act(db, person.actor)
