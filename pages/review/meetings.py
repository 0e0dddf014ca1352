"""The quality of the year's training and the quarterly meetings: what the data say, what was decided, who does it until when."""

from __future__ import annotations

from core.access.actor import Right
from core.comments.terms import Subject
from core.review.conclusions.service import quarter_of, today_
from core.review.reviews import service
from pages.delivery.parts.undoing import undoing
from pages.review.parts.meeting import agenda, choose_quarter, decisions, export, new_decision, prepare
from pages.review.parts.quality import candidates, own_finding, quality
from pages.shared.comments import comments_on
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("meetings")
actor, plan_id = chosen_plan()
keeps = actor.may(Right.KEEP_REVIEW)
today = today_()

with reading() as db:
    board = service.board(db, actor, plan_id)
    found = service.open_candidates(db, actor, plan_id, today) if keeps else []
    history, mine = service.done(db, actor, plan_id) if keeps else ([], None)

quarter = choose_quarter(board, quarter_of(board.year, today))
meeting = board.of(quarter)
wishes = []
if meeting is None:
    empty(_("这一季还没有复盘会。议程从数据生成：未处理的预警、到期未达成的指标、欠交的结果、预算偏差、没上的课、上次的决定。"))
else:
    wishes.append(agenda(board, meeting, keeps))
    wishes.append(decisions(meeting, keeps, today))
    wishes.append(new_decision(meeting, today) if keeps else None)
    comments_on(actor, plan_id, Subject.DECISION, {one.id or 0: one.text for one in (*meeting.decisions, *meeting.carried)})
    export(plan_id, actor, board, meeting)
wishes.append(prepare(plan_id, quarter, meeting, today) if keeps else None)
wishes.append(quality(plan_id, board, keeps, today))
if keeps:
    wishes.append(candidates(plan_id, found, today))
    wishes.append(own_finding(plan_id, today))
    wishes.append(undoing(history, mine, "reviews"))

for act in wishes:
    if act is not None:
        with acting(act.done) as db:
            act.act(db, actor)
