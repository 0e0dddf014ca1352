"""Writing a scenario: whom one talks to, the stages with their key points, what must not be said, when it passes."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.practice import service as practice
from core.delivery.practice.scenario import Point, ScenarioFacts, phrases
from core.delivery.practice.service import ScenarioView
from core.delivery.practice.terms import LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORD
from core.editing.comparing import Field
from core.i18n import Message
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.record_form import Record, record_form
from pages.shared.text import _, joined, literal

_ROUND = "practice_written"
_SCENARIO_FIELDS = {
    "title": Field(Message("情境")),
    "competency": Field(Message("对应能力")),
    "persona": Field(Message("对面是谁，有什么顾虑")),
    "opening": Field(Message("客户的第一句话")),
    "points": Field(Message("环节、要点和说法"), lambda one: f"{one.stage}｜{one.text}｜{joined_words(one)}"),
    "red_lines": Field(Message("红线：说了就不合格，一行一条")),
    "unwelcome": Field(Message("不宜说的话：每条扣 10 分，一行一条")),
    "pass_mark": Field(Message("合格线（分）")),
    "check_percent": Field(Message("抽多少给人复核（%）")),
}


def new_scenario(*, opened: bool) -> Wish | None:
    """Write one."""
    stamp = f"practice_new_{state.get(_ROUND, 0)}"
    with st.expander(_("写一个情境"), icon=":material/add:", expanded=opened), st.form(stamp, border=False):
        facts = _fields(ScenarioFacts("", ""), stamp)
        pressed = st.form_submit_button(_("保存情境"), type="primary", icon=":material/save:")
    return Wish(_("已保存情境"), _saving(None, 0, facts)) if pressed else None


def rewrite(one: ScenarioView, *, may_edit: bool) -> Wish | None:
    """What a scenario says; its fields for those who may change it."""
    if not may_edit:
        _told(one.facts)
        return None
    record = Record("practice_scenario", one.id, one.version, actions=("practice_scenario_saved",), subject="practice")
    written = record_form("practice", record, one.facts, _SCENARIO_FIELDS, _rewritten)
    st.caption(_("改了标准，以前的分数不变：每次陪练都留着当时的标准。"))
    if st.button(_("取下这个情境"), icon=":material/delete:", type="tertiary", key=f"practice_remove_{one.id}"):
        return Wish(_("已取下，练过的记录还在"), lambda db, actor: practice.remove(db, actor, one.id, one.version))
    return Wish(written.done(_("已保存情境")), _saving(one.id, written.version, written.value)) if written else None


def _rewritten(known: ScenarioFacts, key: str) -> ScenarioFacts | None:
    with st.form(key, border=False):
        facts = _fields(known, key)
        return facts if st.form_submit_button(_("保存情境"), type="primary", icon=":material/save:", key=f"{key}_save") else None


def _fields(facts: ScenarioFacts, stamp: str) -> ScenarioFacts:
    with st.container(horizontal=True):
        title = st.text_input(_("情境"), facts.title, max_chars=LONGEST_TITLE, key=f"{stamp}_title", width=420)
        competency = st.text_input(_("对应能力"), facts.competency, max_chars=LONGEST_WORD, key=f"{stamp}_competency", width=220)
    persona = st.text_area(_("对面是谁，有什么顾虑"), facts.persona, max_chars=LONGEST_TEXT, height=90, key=f"{stamp}_persona")
    opening = st.text_input(_("客户的第一句话"), facts.opening, max_chars=LONGEST_TEXT, key=f"{stamp}_opening")
    st.markdown(f"**{_('环节、要点和说法')}**")
    st.caption(_("按对话的先后写。说法是学员可能用的词，几种用顿号隔开，说到一种就算；顺序颠倒只算一半。"))
    points = _points(facts, stamp)
    red = st.text_area(_("红线：说了就不合格，一行一条"), "\n".join(facts.red_lines), height=90, key=f"{stamp}_red")
    bad = st.text_area(_("不宜说的话：每条扣 10 分，一行一条"), "\n".join(facts.unwelcome), height=90, key=f"{stamp}_bad")
    with st.container(horizontal=True):
        mark = st.number_input(_("合格线（分）"), 1, 100, facts.pass_mark, key=f"{stamp}_mark", width=150)
        share = st.number_input(_("抽多少给人复核（%）"), 0, 100, facts.check_percent, key=f"{stamp}_share", width=190)
    return ScenarioFacts(title, persona, opening, competency, points, phrases(red), phrases(bad), int(mark), int(share))


def _points(facts: ScenarioFacts, stamp: str) -> tuple[Point, ...]:
    rows = [(one.stage, one.text, joined_words(one)) for one in facts.points] or [("", "", "")]
    column = st.column_config
    edited = st.data_editor(
        pd.DataFrame(rows, columns=["stage", "text", "words"]),
        hide_index=True,
        num_rows="dynamic",
        key=f"{stamp}_points",
        alt=_("环节、要点和说法"),
        column_config={
            "stage": column.TextColumn(_("环节"), width=120),
            "text": column.TextColumn(_("要点"), width=240),
            "words": column.TextColumn(_("可以怎么说"), width=340),
        },
    )
    written = [[str(cell or "").strip() for cell in row] for row in edited.itertuples(index=False)]
    return tuple(Point(stage, text, phrases(words)) for stage, text, words in written if stage or text or words)


def joined_words(one: Point) -> str:
    """The words of a point as people write them."""
    return "、".join(one.words)


def _told(facts: ScenarioFacts) -> None:
    st.markdown(f"**{_('对面是谁，有什么顾虑')}**　{literal(facts.persona)}")
    rows = [{_("环节"): one.stage, _("要点"): one.text, _("可以怎么说"): joined_words(one)} for one in facts.points]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("环节、要点和说法"))
    if facts.red_lines:
        st.markdown(_("红线：{listed}", listed=joined(literal(one) for one in facts.red_lines)))
    st.caption(_("合格线 {mark} 分，且没有碰红线。", mark=facts.pass_mark))


def _saving(scenario_id: int | None, version: int, facts: ScenarioFacts) -> Any:
    def act(db: Any, actor: Actor) -> None:
        practice.save(db, actor, scenario_id, version, facts)
        state.put(_ROUND, state.get(_ROUND, 0) + 1)

    return act
