"""`people import` as other programs use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl

from tests.core.cli.conftest import Ran

Call = Callable[..., Ran]
KEYS = {"as", "rows", "created", "updated", "unchanged", "skipped", "mapping", "errors", "notes", "import_id"}


def roster(path: Path) -> Path:
    """A messy roster: a title, a merged header of two levels, blank rows, full-width digits, a wrong date, a note."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["滨海分行员工名单"],
        ["工号", "姓名", "任职信息", None, None],
        [None, None, "所在机构", "现任岗位", "入职时间"],
        ["００１", "王行长", "滨海分行", "行长", 40360],
        [],
        ["002", "张敏", "望海支行", "客户经理", "2019年7月1日"],
        ["003", "李强", "望海支行", "柜员", "去年"],
        ["注：数据截至2026年9月30日。"],
    ):
        sheet.append(row)
    for merged in ("A1:E1", "A2:A3", "B2:B3", "C2:E2"):
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_a_messy_roster_is_imported_with_its_errors_by_row_and_column(call: Call, tmp_path: Path) -> None:
    path = roster(tmp_path / "名单.xlsx")
    preview = call("people", "import", path, "--as", "roster", "--dry-run", "--json")
    assert preview.status == 0 and set(preview.json) == KEYS and preview.json["import_id"] is None
    done = call("people", "import", path, "--as", "roster", "--json").json
    assert (done["rows"], done["created"], done["skipped"]) == (3, 2, 1) and done["import_id"] == 1
    assert done["mapping"] == {"工号": "employee_no", "姓名": "name", "所在机构": "unit", "现任岗位": "post", "入职时间": "hire_date"}
    assert [(one["row"], one["column"], one["value"]) for one in done["errors"]] == [(7, "入职时间", "去年")]
    again = call("people", "import", path, "--as", "roster", "--json").json
    assert (again["created"], again["unchanged"]) == (0, 2)


def test_a_gbk_file_with_strange_headers_is_imported_by_a_mapping(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "员工.csv"
    path.write_bytes("代码,称呼,所在\n007,张敏,营业部\n".encode("gbk"))
    refused = call("people", "import", path, "--as", "roster")
    assert refused.status == 2 and "找不到“工号”这一列" in refused.err
    (tmp_path / "map.json").write_text(json.dumps({"代码": "employee_no", "称呼": "name"}), encoding="utf-8")
    done = call("people", "import", path, "--as", "roster", "--mapping", tmp_path / "map.json", "--json").json
    assert done["created"] == 1 and done["mapping"] == {"代码": "employee_no", "称呼": "name"}
    (tmp_path / "map.json").write_text('{"没有": "name"}', encoding="utf-8")
    wrong = call("people", "import", path, "--as", "roster", "--mapping", tmp_path / "map.json")
    assert wrong.status == 2 and "没有“没有”这一列" in wrong.err


def test_all_kinds_come_in_one_after_the_other(call: Call, tmp_path: Path) -> None:
    files = {
        "roster": "Employee ID,Full name,Branch,Job title\n01,Ann,Harbour,Teller\n",
        "posts": "Post,Job family,Class,Line\nTeller,Operations,Business,Retail\n",
        "matrix": "Post,Competency,Required level,Weight\nTeller,Asset allocation,L2,100%\n",
        "assessments": "Employee ID,Competency,Score,Out of,Source,Date\n01,Asset allocation,55,100,Manager,2026-03-01\n",
        "catalogue": "Course name,Delivery,Hours,Skills,Level\nAllocation in practice,Online,6,Asset allocation; Customer service,L1-L3\n",
    }
    for kind, text in files.items():
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
        done = call("people", "import", tmp_path / f"{kind}.csv", "--as", kind, "--json")
        assert done.status == 0 and (done.json["created"] or done.json["updated"]) == 1, done.out
        assert len(done.json["mapping"]) == len(text.split("\n", 1)[0].split(","))


def test_a_file_without_one_usable_row_ends_with_2(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "测评.csv"
    path.write_text("工号,能力,得分\n99,沟通,80\n", encoding="utf-8")
    done = call("people", "import", path, "--as", "assessments", "--json")
    assert done.status == 2 and done.json["import_id"] is None and "没有一行可以导入" in done.err
    assert call("people", "import", tmp_path / "没有.csv", "--as", "roster").status == 2


def test_a_wide_sheet_comes_in_with_a_source_and_a_date_for_the_whole_file(call: Call, tmp_path: Path) -> None:
    names, scores = tmp_path / "名单.csv", tmp_path / "测评.csv"
    names.write_text("工号,姓名\n001,张敏\n002,李强\n", encoding="utf-8")
    scores.write_bytes("工号,姓名,资产配置,反洗钱,平均分\n001,张敏,85,缺考,85\n002,李强,,60,60\n".encode("gbk"))
    call("people", "import", names, "--as", "roster")
    given = ("--source", "年度考核", "--date", "2026-03-01")
    done = call("people", "import", scores, "--as", "assessments", *given, "--json").json
    assert set(done) == KEYS and (done["rows"], done["created"], done["skipped"]) == (3, 2, 1)
    assert done["mapping"] == {"工号": "employee_no", "资产配置": "competency:资产配置", "反洗钱": "competency:反洗钱"}
    assert [(one["row"], one["column"], one["value"]) for one in done["errors"]] == [(2, "反洗钱", "缺考")]
    again = call("people", "import", scores, "--as", "assessments", *given, "--dry-run", "--json").json
    assert (again["created"], again["unchanged"], again["import_id"]) == (0, 2, None)
    refused = call("people", "import", names, "--as", "roster", "--source", "x")
    assert refused.status == 2 and "--as assessments" in refused.err
