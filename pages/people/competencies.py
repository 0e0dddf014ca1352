"""The capability model: what people should be able to do, and what each level looks like."""

from __future__ import annotations

from core.access.actor import Right
from core.goals import proofs
from core.goals import service as goals
from core.people import service as people
from core.people.certificates import service as certificates
from pages.people.parts.certificates import certificates_part
from pages.people.parts.competency import competency_panel, own_competency
from pages.people.parts.library import library, offer
from pages.people.parts.proofs import both_ways, proofs_of
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header

page_header("competencies")
actor = state.present().actor
may_edit = actor.may(Right.EDIT_PEOPLE)

with reading() as db:
    known = people.competencies(db, actor, state.language())
    histories = people.histories(db, actor)
    known_proofs = proofs.proofs(db, actor, state.language())
    indicators = goals.library(db, actor, state.language())
    held = certificates.certificates(db, actor, state.language())

wish = offer(known, may_edit)
chosen = library(known)
if chosen:
    proving = certificates.proving(held, chosen.key)
    measured = {one.key: one.facts.name for one in indicators}
    wish = competency_panel(chosen, histories.get(chosen.row_id or 0), proving, measured, may_edit) or wish
    wish = proofs_of(chosen, known_proofs, indicators, may_edit) or wish
elif may_edit:
    wish = own_competency() or wish
both_ways(known_proofs)
wish = certificates_part(held, known, may_edit) or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
