"""Which indicators show that a competency works, and the other way round: read in both directions, changed for a competency."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.goals import proofs as library
from core.goals.proofs import Proof, Proofs
from core.people.competencies import Competency
from core.strategy.environment.indicators import Indicator
from pages.settings.parts.wish import Wish
from pages.shared import state
from pages.shared.text import _, joined, literal


def proofs_of(one: Competency, known: Proofs, indicators: list[Indicator], may_edit: bool) -> Wish | None:
    """The indicators that show the chosen competency; what the reader wants changed."""
    with st.container(border=True):
        st.markdown(f":material/query_stats: **{_('哪些指标能说明它起了作用')}**")
        found = known.of(one)
        st.markdown("\n".join(f"- {_told(proof)}" for proof in found) or _("还没有指标。写目标时，这里的指标会排在前面。"))
        if lost := known.lost_of(one):
            st.caption(_("指标库里没有：{names}。请在指标库里补上，或改用库里的名称。", names=literal(joined(lost))))
        if not may_edit or not one.taken:
            return None
        names = {indicator.key: indicator.facts.name for indicator in indicators}
        wanted = st.multiselect(
            _("能说明这项能力的指标"),
            list(names),
            default=[proof.indicator.key for proof in found],
            format_func=lambda key: names.get(key, key),
            placeholder=_("选一个或几个指标"),
            key=f"proofs_{one.key}_{one.version}",
        )
        changed = set(wanted) != {proof.indicator.key for proof in found}
        if not changed or not st.button(_("保存指标"), type="primary", icon=":material/save:", key=f"proofs_save_{one.key}"):
            return None
    language = state.language()

    def act(db: Any, actor: Actor) -> None:
        library.set_indicators(db, actor, one, wanted, language)

    return Wish(_("已保存"), act)


def both_ways(known: Proofs) -> None:
    """The whole library by indicator, and the names that match nothing."""
    by_indicator: dict[str, list[Proof]] = {}
    for proof in known.all:
        by_indicator.setdefault(proof.indicator.facts.name, []).append(proof)
    with st.expander(_("能力与指标的对应（{n} 对）", n=len(known.all)), icon=":material/compare_arrows:"):
        st.caption(_("反过来看：每个指标能说明哪些能力。要改动，请在上面选一项能力；指标自己写的能力在环境分析的指标库里改。"))
        rows = [(name, joined(dict.fromkeys(one.competency.facts.name for one in some)), len(some)) for name, some in by_indicator.items()]
        rows.sort(key=lambda row: -row[2])
        st.dataframe(
            pd.DataFrame(rows, columns=[_("指标"), _("能说明的能力"), _("能力数")]),
            hide_index=True,
            alt=_("能力与指标的对应"),
        )
        if known.lost_competencies:
            lost = [(one.facts.name, name) for one, name in known.lost_competencies]
            st.caption(_("指标提到而能力模型里没有的能力：{names}。", names=literal(joined(dict.fromkeys(name for _one, name in lost)))))
        if known.lost_indicators:
            names = dict.fromkeys(name for _one, name in known.lost_indicators)
            st.caption(_("能力提到而指标库里没有的指标：{names}。", names=literal(joined(names))))


def _told(proof: Proof) -> str:
    facts = proof.indicator.facts
    better = _("越高越好") if facts.higher_is_better else _("越低越好")
    said = [name for name, says in ((_("能力"), proof.by_competency), (_("指标"), proof.by_indicator)) if says]
    return f"{literal(facts.name)}　:gray[L{facts.level} · {better} · {_('由{sides}标明', sides=joined(said))}]"
