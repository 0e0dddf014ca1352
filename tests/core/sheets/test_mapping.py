"""Which column is which field."""

from __future__ import annotations

import pytest

from core.errors import BadInput
from core.i18n import Message
from core.sheets.mapping import Field, check, guess, require_fields

FIELDS = (
    Field("employee_no", Message("工号"), ("工号", "员工编号", "employee no", "employee id"), required=True),
    Field("name", Message("姓名"), ("姓名", "员工姓名", "name")),
    Field("manager_no", Message("上级工号"), ("上级工号", "直属上级工号", "manager no")),
    Field("unit", Message("机构"), ("机构", "部门", "所在机构", "unit", "branch")),
)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (("工号", "姓名", "所在机构", "直属上级工号"), ("employee_no", "name", "unit", "manager_no")),
        (("Employee ID", "Full name", "Branch", "Manager No."), ("employee_no", "name", "unit", "manager_no")),
        (("员工编号（8位）*", "姓 名", "机构部门", "上级工号"), ("employee_no", "name", "unit", "manager_no")),
        (("序号", "直属上级工号", "工号", "备注"), (None, "manager_no", "employee_no", None)),
    ],
)
def test_columns_are_known_by_their_names(header: tuple[str, ...], fields: tuple[str | None, ...]) -> None:
    found = guess(header, FIELDS)
    assert tuple(found.get(column) for column in header) == fields


def test_what_was_remembered_comes_first_and_what_was_left_out_stays_out() -> None:
    found = guess(("代码", "姓名", "部门"), FIELDS, {"代码": "employee_no", "部门": ""})
    assert found == {"代码": "employee_no", "姓名": "name"}


def test_a_mapping_that_cannot_be_is_refused() -> None:
    header = ("代码", "姓名")
    assert check({" 代码": "employee_no", "姓名": ""}, header, FIELDS) == {"代码": "employee_no"}
    for wrong, said in (({"编号": "name"}, "没有“编号”这一列"), ({"代码": "no"}, "没有“no”"), ({"代码": "name", "姓名": "name"}, "两列")):
        with pytest.raises(BadInput, match=said):
            check(wrong, header, FIELDS)
    with pytest.raises(BadInput, match="找不到“工号”"):
        require_fields({"姓名": "name"}, header, FIELDS)
