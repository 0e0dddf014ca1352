"""One's own account: name, language, e-mail, password, and where one is signed in."""

from __future__ import annotations

from core.access import service as access
from core.instance import instance
from core.notices import inbox
from pages.settings.parts.self import mail_form, name_and_language, password_form, sign_ins_list
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header

page_header("security")
person = state.present()
with reading() as db:
    me = access.own(db, person.actor)
    open_now = access.own_sign_ins(db, person)
    without = inbox.without_email(db, person.actor)

wish = name_and_language(me, person)
wish = mail_form(me, inbox.kinds_of(person.actor), without, instance().settings) or wish
wish = password_form(me, person) or wish
wish = sign_ins_list(open_now, person) or wish

if wish is not None:
    with acting(wish.done) as db:
        wish.act(db, person.actor)
