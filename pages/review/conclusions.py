"""What is concluded of the year's projects, on which figures, and how that opens the next year's draft plan."""

from __future__ import annotations

from core.access.actor import Right
from core.comments.terms import Subject
from core.review.conclusions import carrying, proposing, service
from pages.delivery.parts.undoing import undoing
from pages.review.parts.carry_over import carried_list, preview, step_one
from pages.review.parts.conclusion_form import choose, conclusion_form
from pages.review.parts.conclusion_list import called, conclusion_list, from_elsewhere, summary
from pages.shared import state
from pages.shared.comments import comments_on
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("conclusions")
actor, plan_id = chosen_plan()
keeps = actor.may(Right.KEEP_REVIEW)
asked = state.asked_number("conclusion")

with reading() as db:
    board = service.board(db, actor, plan_id)
    done = carrying.carried(db, actor, plan_id)
    other = service.find(db, actor, asked) if asked is not None and asked not in {one.id for one in board.conclusions} else None
    history, mine = service.done(db, actor, plan_id) if keeps else ([], None)
    wanted = proposing.proposal(db, actor, plan_id, state.language()) if keeps else None

if other is not None:
    from_elsewhere(other)
if not board.projects and not board.conclusions:
    empty(
        _("有了项目和结果以后，在这里写下结论：保持、调整、停办还是扩大；确认过的结论带进明年的计划草案。"),
        icon=":material/autorenew:",
        to="ideas",
        label=_("去看项目想法"),
    )
wish = None
if board.projects or board.conclusions:
    summary(board)
    wish = conclusion_list(board, done, asked, keeps)
    comments_on(actor, plan_id, Subject.CONCLUSION, called(board))
if keeps and board.projects:
    about, editing = choose(board)
    with reading() as db:
        said, evidence = service.suggestion(db, actor, plan_id, about)
    wish = conclusion_form(plan_id, board, about, editing, said, evidence) or wish
applied = preview(plan_id, wanted) if wanted is not None and board.conclusions else None
step_one(actor, done)
taken_back = carried_list(done, keeps)
undone = undoing(history, mine, "conclusions", service.undo) if keeps else None

for act in (wish, applied, taken_back, undone):
    if act is not None:
        with acting(act.done) as db:
            act.act(db, actor)
