"""Which gaps the reader wants to see."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.people.gaps.gap import Filters
from core.people.gaps.naming import Names
from core.people.gaps.service import By
from core.people.terms import CLASS_NAMES, DIMENSION_NAMES, Dimension, TalentClass
from pages.shared.text import _

_UNIT: By = "unit"
_POST: By = "post"


@dataclass(frozen=True)
class Choice:
    """Side by side stand units or posts (`by`), of them what `filters` leave; `whole` asks for all of what may be added up."""

    by: By
    filters: Filters
    whole: Filters


def choose(names: Names, *, gated: bool) -> Choice:
    """The controls. A reader of sums chooses whole groups only: a part of one would be another sum."""
    labels = {_UNIT: _("按机构"), _POST: _("按岗位")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.segmented_control(_("并排比较"), list(labels), default=_UNIT, format_func=labels.__getitem__, required=True, key="gaps_by")
        unit = _one(_("机构"), _("全部机构"), names.units, "gaps_unit") if by == _UNIT or not gated else None
        post = _one(_("岗位"), _("全部岗位"), names.posts, "gaps_post") if by == _POST or not gated else None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        dimension = st.pills(_("能力维度"), list(Dimension), format_func=lambda one: _(DIMENSION_NAMES[one]), key="gaps_dimension")
        class_ = None
        if by == _POST or not gated:
            class_ = st.pills(_("人才类别"), list(TalentClass), format_func=lambda one: _(CLASS_NAMES[one]), key="gaps_class")
    filters = Filters(unit, post, class_, dimension)
    return Choice(by, filters, Filters(dimension=dimension) if gated else filters)


def _one(label: str, everything: str, named: dict[int, str], key: str) -> int | None:
    choices = sorted(named, key=named.__getitem__)
    return st.selectbox(label, choices, index=None, format_func=named.__getitem__, placeholder=everything, key=key, width=230)
