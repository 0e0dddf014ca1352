"""The workshop boards of a plan."""

from __future__ import annotations

import streamlit as st

from core.instance import instance
from core.workshops import service
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import MEASURE, chosen_plan, empty, go, page_header
from pages.shared.text import _
from pages.workshops.parts.boards import board_list, new_board, step_kind
from pages.workshops.parts.rounds import prepare_first

page_header("workshops")
actor, plan_id = chosen_plan()
with reading() as db:
    views, away = service.boards(db, actor, plan_id)

if (made := state.take("workshop_made")) is not None:
    go("workshop", id=made)
with st.container(width=MEASURE):
    if not instance().settings.workshops:
        st.warning(_("系统管理员已关闭共创链接：来宾现在打不开看板。"))
    kind = step_kind(state.asked("kind"))
    title = new_board(kind)
    if not views:
        empty(
            _("共创看板让一屋子的人用手机给主题投分、提痛点、评目标、在预算内选项目。结果您逐条接受后才写入计划。"),
            icon=":material/groups_3:",
        )
    wish = board_list(views, away)

if title is not None:
    with acting(_("看板已建好")) as db:
        state.put("workshop_made", service.create(db, actor, plan_id, title))
        prepare_first(kind)
if wish is not None:
    with acting(_("已取回") if wish.back else _("已移走，可以取回")) as db:
        if wish.back:
            service.bring_back(db, actor, plan_id, wish.board_id)
        else:
            service.put_away(db, actor, plan_id, wish.board_id, wish.version)
