"""Which projects will not reach what they are for, which link is weak, what is still to be saved, and what was decided."""

from __future__ import annotations

from core.access.actor import Right
from core.comments.service import Item
from core.comments.terms import Subject
from core.review.warnings import deciding, service
from pages.delivery.parts.undoing import undoing
from pages.review.parts.warning_cases import case_forms, case_list
from pages.review.parts.warning_detail import choose, facts, money, signals
from pages.review.parts.warning_list import summary, warning_table
from pages.review.parts.warning_numbers import back_test, number_table
from pages.shared import state
from pages.shared.comments import comments
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("warnings")
actor, plan_id = chosen_plan()
keeps = actor.may(Right.KEEP_REVIEW)

with reading() as db:
    board = service.board(db, actor, plan_id)
    tested = service.last_year(db, actor, plan_id)
    numbers = deciding.numbers(db, actor, plan_id, state.language())
    history, mine = deciding.done(db, actor, plan_id) if keeps else ([], None)

wish = wanted = None
if not board.warnings:
    empty(
        _("排期发布、开课以后，这里每周看参与、应用、转化三个信号，尽早指出达不到目标的项目。"),
        icon=":material/crisis_alert:",
        to="schedule",
        label=_("去看排期"),
    )
else:
    summary(board)
    warning_table(board)
    one = choose(board)
    facts(one, board)
    signals(one, board)
    money(one)
    case_list(board.cases.get(one.project.id, ()))
    wish = case_forms(plan_id, one, board) if keeps else None
    comments(actor, Item(plan_id, Subject.WARNING, one.project.id), _("“{name}”的预警", name=one.project.name))

back_test(tested, board)
changed = number_table(plan_id, numbers, keeps)
undone = undoing(history, mine, "warnings") if keeps else None

for act in (wish, changed, undone):
    if act is not None:
        with acting(act.done) as db:
            act.act(db, actor)
