"""The targets of single people: advised from the project's goal and their assessments, confirmed by a person."""

from __future__ import annotations

import streamlit as st

from core.goals import service as goals
from core.goals.targets import service as targets
from pages.goals.parts.targets import EVERYBODY, by_unit, choose, earlier, export, lacking, table, way_of, whom
from pages.people.parts.viewed import opened
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("targets")
actor, plan_id = chosen_plan()

with reading() as db:
    views = goals.goals(db, actor, plan_id)
    with_people = targets.with_people(db, actor, views)
if not views:
    empty(_("项目有了目标，这里会按每个人的测评给出建议目标。先把项目想法采纳为项目。"), to="ideas", label=_("去看项目想法"))
    st.stop()

view = choose(views, with_people)
with reading() as db:
    seen = targets.sheet(db, actor, view.project.id, everybody=state.get(EVERYBODY, False))
    changes = targets.history(db, actor, view.project.id)

lacking(seen)
if not seen.rows:
    st.stop()
whom(seen)
st.caption(_("这里只是建议：没有人确认，就没有人的目标。"))
opened(("targets", view.project.id), lambda db: targets.note_viewed(db, actor, view.project.id))
way = way_of(view.project.id, seen.ways)
rows = by_unit(targets.weighed(seen, way))
typed, entered = table(view.project.id, rows, way)
export(rows)
earlier(changes)

if entered:
    count = len({one.employee_id for one in entered})
    typed.handed_over()
    with acting(_("已确认 {n} 人的目标", n=count)) as db:
        targets.confirm(db, actor, view.project.id, entered)
    typed.refused()
