"""An indicator of a goal as the cells of a table's row, and back.

What is chosen from a list stands in its cell as people read it: only so does a table take what is pasted from a sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.goals.columns import LINE_FIELDS, NUMBERS
from core.goals.draft import LONGEST_NAME, LONGEST_SOURCE, LONGEST_UNIT, Line
from core.goals.goal import KIND_NAMES, LEVEL_NAMES, OPERATORS, GoalIndicator, Kind, KirkpatrickLevel
from core.i18n import LANGUAGES, Language
from core.strategy.findings import OPERATOR_SIGNS
from pages.shared import state
from pages.shared.text import _, wide

_TEXTS = ("kind", "operator", "level", "name", "unit", "source", "owner", "code")


def _level(level: KirkpatrickLevel, language: Language) -> str:
    return f"L{int(level)} {LEVEL_NAMES[level].render(language)}"


# In either language: what was typed before a change of language is read after it.
_KINDS = {name.render(language): kind for kind, name in KIND_NAMES.items() for language in LANGUAGES}
_LEVELS = {_level(level, language): level for level in KirkpatrickLevel for language in LANGUAGES}
_OPERATORS = {sign: one for one in OPERATORS for value, sign in OPERATOR_SIGNS.items() if value == one}


def cells_of(line: Line) -> dict[str, Any]:
    """The cells of an indicator."""
    return {
        "kind": _(KIND_NAMES[line.kind]),
        "operator": OPERATOR_SIGNS.get(line.indicator.operator),
        **{name: getattr(line.indicator, name) or None for name in ("name", "unit", "source")},
        **{name: getattr(line.indicator, name) for name in ("value", "baseline", "per_head")},
        "level": _level(line.indicator.level, state.language()) if line.indicator.level else None,
        "owner": line.owner or None,
        "weight": line.weight,
        "code": line.code,
    }


def frame(rows: Sequence[dict[str, Any]], beside: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of cells as a table; `beside` are columns of text that are no indicator's."""
    made = pd.DataFrame(rows, columns=[*beside, *LINE_FIELDS, "code"])
    return made.astype({**dict.fromkeys(NUMBERS, "Float64"), **dict.fromkeys((*beside, *_TEXTS), "string")})


def line_of(cells: dict[str, Any]) -> Line:
    """The indicator that a row of the table holds."""
    given: dict[str, Any] = {name: None if pd.isna(cell) else cell for name, cell in cells.items()}
    numbers = {name: None if given[name] is None else float(given[name]) for name in NUMBERS}
    one = GoalIndicator(
        name=str(given["name"] or "").strip(),
        operator=_OPERATORS.get(given["operator"], ""),
        value=numbers["value"],
        unit=str(given["unit"] or "").strip(),
        baseline=numbers["baseline"],
        per_head=numbers["per_head"],
        source=str(given["source"] or "").strip(),
        level=_LEVELS.get(given["level"]),
    )
    return Line(_KINDS.get(given["kind"], Kind.PERFORMANCE), one, str(given["owner"] or "").strip(), numbers["weight"], given["code"] or "")


def columns() -> dict[str, Any]:
    """How the cells are shown and typed."""
    column = st.column_config
    kinds = [_(name) for name in KIND_NAMES.values()]
    levels = [_level(level, state.language()) for level in KirkpatrickLevel]
    return {
        "kind": column.SelectboxColumn(_("类别"), options=kinds, default=_(KIND_NAMES[Kind.PERFORMANCE]), width=wide(90, 150)),
        "name": column.TextColumn(_("指标"), max_chars=LONGEST_NAME, width=150),
        "operator": column.SelectboxColumn(
            _("关系"), options=list(OPERATOR_SIGNS.values()), default=OPERATOR_SIGNS[">="], width=wide(60, 85)
        ),
        "value": column.NumberColumn(_("目标值"), width=70),
        "unit": column.TextColumn(_("单位"), max_chars=LONGEST_UNIT, width=70, help=_("比率的水平用 %，变化用个百分点。")),
        "baseline": column.NumberColumn(_("基线"), width=wide(70, 90), help=_("现在是多少。从零开始计的（新增、完成）可以不填。")),
        "per_head": column.NumberColumn(_("人均"), width=wide(70, 95), help=_("人均 × 参训人数应等于目标值。")),
        "source": column.TextColumn(_("数据来源"), max_chars=LONGEST_SOURCE, width=120, help=_("到期时去哪个系统、报表或台账查。")),
        "level": column.SelectboxColumn(_("柯氏层级"), options=levels, width=wide(90, 110)),
        "owner": column.TextColumn(_("负责人"), max_chars=LONGEST_SOURCE, width=80),
        "weight": column.NumberColumn(_("权重"), min_value=0, max_value=100, width=wide(65, 85), help=_("绩效指标的权重合计 100。")),
    }
