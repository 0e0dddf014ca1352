"""What is held on a person, and how long anything is kept."""

from __future__ import annotations

from core import clock
from core.privacy import retention, service
from core.privacy.terms import Kept
from pages.settings.parts.privacy import choose, erase_form, export_button, holding_table, period_form, periods_table
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header
from pages.shared.text import _

page_header("privacy")
actor = state.present().actor
today = clock.today()


def find(text: str) -> list[service.Someone]:
    """Whom the typed text may mean."""
    with reading() as db:
        return service.find(db, actor, text)


def due(kept: Kept, months: int | None) -> int:
    """How much would go at once."""
    with reading() as db:
        return retention.due(db, actor, kept, months, today)


chosen = choose(find)
if chosen is not None:
    with reading() as db:
        held = service.held(db, actor, chosen.id)
    holding_table(held)
    export_button(actor, held)
    request = erase_form(held)
    if request is not None:
        with acting(_("已删除这个人的全部个人信息")) as db:
            service.erase(db, actor, held.person.id, held.person.version, request.typed_no, request.reason)

with reading() as db:
    periods = retention.periods(db, actor, today)
periods_table(periods)
decision = period_form(periods, due)
if decision is not None:
    with acting(_("已保存")) as db:
        retention.decide(db, actor, decision.kept, decision.version, decision.months)
