"""A model's rewrite of the goal in the fields, where a model is set up: asked for, shown beside it, taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core.errors import CexunError
from core.goals.checking.verdict import Verdict
from core.goals.draft import Draft, of_goal
from core.goals.drafting import Rewritten, rewrite
from core.instance import instance
from core.llm import model_of
from core.strategy.environment.indicators import Indicator
from pages.goals.parts.bench import Bench
from pages.goals.parts.goal_check import show_changes
from pages.goals.parts.words import RULE_NAMES
from pages.shared import state
from pages.shared.text import _, joined, literal


def by_model(bench: Bench, now: Draft, verdict: Verdict, known: Sequence[Indicator], project: str) -> Draft | None:
    """The button and what the model wrote; the goal in its words, when the reader takes it over."""
    model = model_of(instance().settings)
    problems = [one for one in verdict.problems if one.field]
    if model is None or not problems:
        return None
    kept = bench.key("rewritten")
    pressed = st.button(
        _("请模型改写"),
        key=bench.key("ask_model"),
        icon=":material/smart_toy:",
        help=_("只发送这个目标、它的问题、项目名称和指标库；数字只用您写的。改写后由您核对。"),
    )
    if pressed:
        try:
            with st.spinner(_("模型正在改写，最长等待 {n} 秒", n=round(instance().settings.model_timeout_seconds))):
                state.put(kept, (now, rewrite(model, now.goal, problems, known, project)))
        except CexunError as failure:
            st.error(literal(_(failure.message)))
    asked, made = state.get(kept) or (None, None)
    # What was written since is not what the model read.
    return _offered(bench, now, made) if made is not None and asked == now else None


def _offered(bench: Bench, now: Draft, made: Rewritten) -> Draft | None:
    with st.container(border=True):
        st.markdown(f":material/smart_toy: **{_('模型的改写')}**　:gray[{literal(made.made_by)}]")
        show_changes(now.goal, made.goal)
        st.caption(_("比原来多通过：{rules}。没有新增任何数字，空着的由您填。", rules=joined(_(RULE_NAMES[rule]) for rule in made.mended)))
        if not st.button(_("采用模型的改写"), icon=":material/done_all:", key=bench.key("take_model")):
            return None
    return replace(of_goal(made.goal, now.lines), made_by=made.made_by)
