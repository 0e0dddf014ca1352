"""Whether those who score well also do well at work, and who stands out in both: advice, with a person who decides."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.review.talent import deciding
from core.review.talent import service as talent
from pages.delivery.parts.undoing import undoing
from pages.review.parts.talent_asked import choose, note_opened, remembered
from pages.review.parts.talent_people import decision_form, families, people_table, take_away
from pages.review.parts.talent_relation import cautions, relation
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("talent")
actor, plan_id = chosen_plan()
keeps = actor.may(Right.KEEP_REVIEW)

with reading() as db:
    found = talent.overview(db, actor, plan_id, remembered())
    history, mine = deciding.done(db, actor, plan_id) if keeps else ([], None)

asked = found.asked
if asked is None:
    empty(
        _("有了能力测评成绩，又导入了按人的行为或业绩数据，这里看分数高的人是不是真的干得好。"),
        icon=":material/person_search:",
        to="results",
        label=_("去录入结果"),
    )
    st.stop()

if found.persons:
    note_opened(plan_id, asked, actor)
choose(found, asked)
rule = relation(found, asked)
cautions(found, asked)

st.subheader(_("高潜人才（仅供参考）"), anchor=False)
families(found, asked)
people_table(found, asked)
take_away(found, asked, rule)
wish = decision_form(plan_id, found, asked) if keeps else None
undone = undoing(history, mine, "talent") if keeps else None

for act in (wish, undone):
    if act is not None:
        with acting(act.done) as db:
            act.act(db, actor)
