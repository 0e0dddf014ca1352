"""Matrices of posts and competencies, in both directions, with what surrounds them in real files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from core.access.actor import Actor
from core.errors import BadInput
from core.instance import Instance
from core.people.importing import crossed
from core.people.importing.kinds import ImportKind
from core.people.importing.plan import Known, Plan
from core.people.importing.planning import mapping_for, plan
from core.people.importing.service import mapping
from core.sheets.finding import Table
from tests.core.people.tables import TODAY, look, table, take

KNOWN = Known(competencies={"需求挖掘": "需求挖掘", "风险识别": "风险意识"}, posts={"柜员": "柜员"})
POSTS_DOWN = (("岗位", "编制人数", "需求挖掘", "风险识别", "沟通能力"), ("客户经理", 3, "L3", "二级", 3), ("柜员", 5, "", 2, "—"))
ABILITIES_DOWN = (
    ("能力维度", "能力项", "客户经理", "柜员"),
    ("专业能力", "需求挖掘", "L3 分析", ""),
    ("", "风险识别", 2, "Ⅱ"),
    ("通用能力", "沟通能力", 3, ""),
)
WANTED = {("客户经理", "需求挖掘", 3), ("客户经理", "风险意识", 2), ("客户经理", "沟通能力", 3), ("柜员", "风险意识", 2)}


def guess(rows: Sequence[Sequence[Any]]) -> tuple[Table, dict[str, str]]:
    given = table(rows)
    return given, mapping_for(ImportKind.MATRIX, given, None, {}, KNOWN.competencies)


def planned(rows: Sequence[Sequence[Any]]) -> Plan:
    given, chosen = guess(rows)
    return plan(ImportKind.MATRIX, given, chosen, KNOWN, TODAY)


def required(found: Plan) -> set[tuple[str, str, int]]:
    return {tuple(one.values[name] for name in ("post", "competency", "required_level")) for one in found.created}


@pytest.mark.parametrize("rows", [POSTS_DOWN, ABILITIES_DOWN])
def test_a_matrix_is_read_whichever_way_it_lies(rows: Sequence[Sequence[Any]]) -> None:
    found = planned(rows)
    assert required(found) == WANTED and not found.problems and found.rows == 4
    assert "矩阵：2 个岗位、3 项能力，共 4 条要求" in str(found.notes[0])
    assert not any("人数" in name for name in found.mapping.values())


def test_an_empty_corner_is_told_by_the_names_that_are_known() -> None:
    assert planned((("", "客户经理", "柜员"), ("需求挖掘", 3, 1), ("自创能力", 2, 2))).created[0].values["post"] == "客户经理"
    assert planned((("岗位\\能力", "需求挖掘", "风险识别"), ("柜员", 3, 1))).mapping["岗位\\能力"] == "post"


def test_a_cell_that_is_no_level_is_named_by_its_row_and_column() -> None:
    found = planned((*ABILITIES_DOWN, ("", "数据分析", "高级", 9)))
    assert [(one.row, one.column, one.value) for one in found.problems] == [(5, "客户经理", "高级"), (5, "柜员", "9")]
    assert required(found) == WANTED


def test_too_many_requirements_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crossed, "MAX_ROWS", 3)
    with pytest.raises(BadInput, match="这张矩阵有 4 条要求，一次最多 3 条"):
        planned(POSTS_DOWN)


def test_two_rows_of_one_post_that_differ_name_the_earlier() -> None:
    found = planned((*POSTS_DOWN, ("客户经理", 3, "L4", "", "")))
    assert [(one.row, str(one.message)) for one in found.problems] == [(4, "与第 2 行重复，但内容不同。请只保留正确的一行。")]


def test_a_list_stays_a_list_and_a_column_of_counts_is_no_matrix() -> None:
    _, chosen = guess((("岗位", "能力", "要求等级", "权重"), ("柜员", "风险识别", 3, 30)))
    assert chosen == {"岗位": "post", "能力": "competency", "要求等级": "required_level", "权重": "weight"}
    with pytest.raises(BadInput, match="能力名称"):
        planned((("岗位", "人数"), ("柜员", 3)))


def test_a_matrix_comes_in_and_changes_nothing_when_it_comes_again(house: Instance, leader: Actor) -> None:
    _, found = take(house, leader, ImportKind.MATRIX, POSTS_DOWN)
    assert len(found.created) == 4 and look(house, leader, ImportKind.MATRIX, POSTS_DOWN).unchanged == 4
    with house.database.reading() as db:
        again = mapping(db, leader, ImportKind.MATRIX, table(POSTS_DOWN))
    assert again == found.mapping
