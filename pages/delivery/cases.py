"""The case library: cases, scripts and templates, found again and used in what projects teach."""

from __future__ import annotations

from core.access.actor import Right
from core.delivery.cases import service as library
from pages.delivery.parts.case_forms import bring_in, new_case
from pages.delivery.parts.case_list import case_list, export, filtered
from pages.delivery.parts.case_panel import panel
from pages.delivery.parts.undoing import undoing
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty, page_header
from pages.shared.text import _

page_header("cases")
actor = state.present().actor
may_edit = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    cases = library.cases(db, actor)
    done, mine = library.done(db, actor) if may_edit else ([], None)

wish = undoing(done, mine, "cases") if may_edit else None
if cases:
    shown = filtered(cases)
    picked = case_list(shown)
    export(shown)
    if picked is not None:
        wish = panel(picked, actor, may_edit=may_edit) or wish
elif may_edit:
    empty(
        _("还没有案例、话术和模板。在下面逐条写，或把现有的表格导入进来；以后写项目内容时可以直接取用。"), icon=":material/library_books:"
    )
else:
    empty(_("还没有案例、话术和模板。人力资源部门添加后会列在这里。"), icon=":material/library_books:")

if may_edit:
    wish = new_case(opened=not cases) or wish
    wish = bring_in() or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
