"""`evaluate`: a line of JSON for each file; sentences that name the file, the row and the column; messy files."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from core.cli import main, review
from core.instance import Instance
from core.sheets.reading import read
from core.storage.repository import store_settings
from tests.core.cli.conftest import Ran

Call = Callable[..., Ran]
DESIGNS = ("all", "by-score", "units", "random", "volunteers", "none")
KEYS = {"file", "design", "estimator", "effect", "also", "n", "causal", "verdict", "warnings"}


@pytest.fixture
def evaluate(bare: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The command with files read in this very process; that a child can read them is tested with `core.sheets`."""
    monkeypatch.setattr(review, "open_file", read)
    return lambda *arguments: bare("evaluate", *arguments)


def rows(n: int = 60) -> list[list[Any]]:
    """People of both groups with a gain of 5 that only the trained have."""
    chance = random.Random(1)
    made = []
    for at in range(n):
        pre = round(chance.gauss(70, 8), 1)
        made.append([f"P{at}", "trained" if at % 2 else "comparison", pre, round(pre + chance.gauss(0, 3) + 5 * (at % 2), 1)])
    return made


def csv(path: Path, lines: list[list[Any]], header: str = "person,group,pre,post", encoding: str = "utf-8") -> Path:
    path.write_text("\n".join([header, *(",".join(map(str, line)) for line in lines)]), encoding=encoding)
    return path


@pytest.mark.parametrize("design", DESIGNS)
def test_a_file_is_one_line_of_json_in_the_shape_of_the_contract(evaluate: Call, tmp_path: Path, design: str) -> None:
    file = csv(tmp_path / "a.csv", rows())
    for options in ((), ("--json",)):
        ran = evaluate(file, "--design", design, *options)
        said = ran.json
        assert ran.status == 0 and set(said) == KEYS and len(ran.out.splitlines()) == 1 and said["file"] == str(file)
        for effect in [said["effect"], *said["also"]]:
            assert set(effect) == {"name", "value", "low", "high", "unit"} and effect["low"] <= effect["value"] <= effect["high"]
        assert set(said["n"]) == {"trained", "comparison", "people", "attendances"} and isinstance(said["causal"], bool)
        assert all(set(one) == {"rule", "message"} for one in said["warnings"])
        assert "可以说" in said["verdict"] and "不能说" in said["verdict"]


def test_how_large_a_file_may_be_is_as_the_settings_page_says(house: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with house.database.writing() as db:
        store_settings(db, {"max_file_megabytes": 1})
    file = tmp_path / "large.csv"
    file.write_bytes(b"x" * (2 << 20))
    assert main(["evaluate", str(file), "--design", "all", "--data", str(house.settings.data)]) == 2
    assert "1 MB" in capsys.readouterr().err


def test_it_waits_for_nothing_that_it_does_not_need() -> None:
    heavy = "core.instance", "pandas", "sqlalchemy", "statsmodels"
    said = f"import sys, core.cli.review; print([one for one in {heavy!r} if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_nothing_is_written_for_it(evaluate: Call, tmp_path: Path) -> None:
    evaluate(csv(tmp_path / "a.csv", rows()), "--design", "random")
    assert not (tmp_path / "data").exists()


def test_several_files_are_a_line_each_and_a_bad_one_stops_no_other(evaluate: Call, tmp_path: Path) -> None:
    good, bad = csv(tmp_path / "a.csv", rows()), csv(tmp_path / "b.csv", [["A", "trained", 1, 2], ["B", "有的", 3, 4]])
    other = csv(tmp_path / "c.csv", rows(40))
    ran = evaluate(good, bad, other, tmp_path / "none.csv", "--design", "random", "--json")
    assert ran.status == 2 and [json.loads(line)["n"]["people"] for line in ran.out.splitlines()] == [60, 40]
    said = ran.err.splitlines()
    assert len(said) == 2 and "b.csv" in said[0] and "第 3 行" in said[0] and "group" in said[0] and "none.csv" in said[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_chinese_headings_and_encodings(evaluate: Call, tmp_path: Path, encoding: str) -> None:
    lines = [[one[0].replace("P", "员工"), "参训" if one[1] == "trained" else "对照", *one[2:], "支行", "一班"] for one in rows()]
    file = csv(tmp_path / "结果.csv", lines, "人员,组别,训前,训后,单位,班次", encoding)
    assert evaluate(file, "--design", "by-score").json["n"] == {"trained": 30, "comparison": 30, "people": 60, "attendances": 60}


def test_a_workbook_with_a_title_above_and_notes_below(evaluate: Call, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026 年培训效果数据"])
    sheet.append(["人员", "组别", "训前", "训后"])
    for one in rows():
        sheet.append([one[0], "参训组" if one[1] == "trained" else "对照组", *one[2:]])
    sheet.append(["备注：缺考的空着。"])
    book.save(tmp_path / "a.xlsx")
    said = evaluate(tmp_path / "a.xlsx", "--design", "random").json
    assert said["n"]["people"] == 60 and said["effect"]["low"] < 5 < said["effect"]["high"]


@pytest.mark.parametrize(
    ("line", "row", "column"),
    [
        (["P1", "trained", "七十", 80], 62, "pre"),
        (["P1", "trained", 70, "2026-03-01x"], 62, "post"),
        (["P1", "", 70, 80], 62, "group"),
        (["", "trained", 70, 80], 62, "person"),
        (["P1", "comparison", 70, 80], 62, ""),
        (["P99", "trained", "70%", 80], 2, "pre"),
        (["P99", "trained", "9" * 30, 80], 62, "pre"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_row_and_column(
    evaluate: Call, tmp_path: Path, line: list[Any], row: int, column: str
) -> None:
    ran = evaluate(csv(tmp_path / "a.csv", [*rows(), line]), "--design", "random")
    assert ran.status == 2 and not ran.out and "a.csv" in ran.err and f"第 {row} 行" in ran.err and column in ran.err


@pytest.mark.parametrize(
    "content", ["", "person,group,pre,post\n", "a,b,c\n1,2,3\n", "person,pre,post\nA,1,2\n", "person,group,pre\nA,trained,1\n"]
)
def test_a_file_without_what_is_needed_is_refused_with_a_sentence(evaluate: Call, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.csv").write_text(content)
    ran = evaluate(tmp_path / "a.csv", "--design", "random")
    assert ran.status == 2 and "a.csv" in ran.err and len(ran.err.splitlines()) == 1


def test_without_groups_everybody_was_trained_where_the_design_asks_for_no_other(evaluate: Call, tmp_path: Path) -> None:
    file = csv(tmp_path / "a.csv", [[one[0], *one[2:]] for one in rows()], "person,pre,post")
    assert evaluate(file, "--design", "all").json["n"]["trained"] == 60


def test_people_who_were_absent_are_missing_and_not_nought(evaluate: Call, tmp_path: Path) -> None:
    lines = rows()
    for at, word in enumerate(["", "缺考", "-", "N/A", "请假"]):
        lines[at][3] = word
    said = evaluate(csv(tmp_path / "a.csv", lines), "--design", "random").json
    assert said["n"]["people"] == 55 and "missing" in {one["rule"] for one in said["warnings"]}


def test_per_cent_are_percentage_points(evaluate: Call, tmp_path: Path) -> None:
    lines = [[*one[:2], f"{one[2]}%", f"{one[3]}%"] for one in rows()]
    assert evaluate(csv(tmp_path / "a.csv", lines), "--design", "random").json["effect"]["unit"] == "percentage_points"


def test_below_the_gates_there_is_no_figure(evaluate: Call, tmp_path: Path) -> None:
    said = evaluate(csv(tmp_path / "a.csv", rows(8)), "--design", "units").json
    assert said["effect"] is None and said["also"] == [] and said["estimator"] == "none" and set(said["n"].values()) == {None}


def test_all_in_one_group_is_described_or_hidden(evaluate: Call, tmp_path: Path) -> None:
    lines = rows()
    trained = csv(tmp_path / "a.csv", [[one[0], "trained", *one[2:]] for one in lines])
    others = csv(tmp_path / "b.csv", [[one[0], "comparison", *one[2:]] for one in lines])
    for design in DESIGNS:
        said = evaluate(trained, "--design", design).json
        assert not said["causal"] and said["estimator"] == "paired"
        assert evaluate(others, "--design", design).json["effect"] is None


def test_messages_are_in_the_readers_language(evaluate: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CEXUN_LANGUAGE", "en")
    said = evaluate(csv(tmp_path / "a.csv", rows()), "--design", "random").json
    assert said["verdict"].startswith("Can be said:") and not any("一" <= char <= "鿿" for char in json.dumps(said, ensure_ascii=False))


# The first fifth of these files is what the quick tests look at.
@pytest.mark.parametrize("files", [50, pytest.param(250, marks=pytest.mark.thorough)])
def test_no_messy_file_is_a_fault(files: int, evaluate: Call, tmp_path: Path) -> None:
    """Files of chance: every one is a line of JSON without a hole in it, or a sentence."""
    chance = random.Random(7)
    words = [
        "",
        "-",
        "缺考",
        "70",
        "85.5",
        "1e3",
        "０",
        "８５",
        "100%",
        "abc",
        "-5",
        "nan",
        "inf",
        "#N/A",
        "=1+1",
        "\t",
        "1,200",
        "0",
        "1",
        "是",
    ]
    names = ["person", "group", "pre", "post", "unit", "class", "binary", "人员", "组别", "训前", "训后", "备注"]
    for number in range(files):
        header = chance.sample(names, chance.randint(1, len(names))) if chance.random() < 0.5 else names[:7]
        strict = chance.random() < 0.7
        pool = ["60", "70", "80", "", "缺考", "90"] if strict else words
        lines = []
        for at in range(chance.choice([0, 1, 4, 9, 12, 40, 41])):
            own = {"person": f"人{at % 37}", "group": ("trained", "comparison")[at % 37 % 2], "unit": f"u{at % 5}", "class": f"c{at % 3}"}
            own |= {"binary": chance.choice(["0", "1", ""])}
            plain = {"人员": "person", "组别": "group"}
            broken = not strict and chance.random() < 0.05
            lines.append([chance.choice(words) if broken else own.get(plain.get(one, one)) or chance.choice(pool) for one in header])
        file = tmp_path / f"{number}.csv"
        text = "\n".join([",".join(header), *(",".join(f'"{cell}"' for cell in line) for line in lines)])
        file.write_text(text, encoding=chance.choice(["utf-8", "gbk", "utf-16"]))
        for design in chance.sample(DESIGNS, 2):
            ran = evaluate(file, "--design", design)
            assert (ran.status, bool(ran.out)) in ((0, True), (2, False)), (text, ran.err)
            if ran.status == 0:
                json.loads(ran.out, parse_constant=lambda found: pytest.fail(f"{found} in {ran.out}\n{text}"))  # noqa: B023
            else:
                assert len(ran.err.splitlines()) == 1 and "Traceback" not in ran.err, ran.err


def test_who_took_part_is_answered_with_yes_and_passes_with_words(evaluate: Call, tmp_path: Path) -> None:
    lines = [[f"P{at}", "是" if at % 2 else "否", "未通过", "通过" if at % 3 else "未通过"] for at in range(40)]
    file = csv(tmp_path / "a.csv", lines, "工号,是否参训,训前,训后")
    said = evaluate(file, "--design", "random").json
    assert (said["n"]["trained"], said["n"]["comparison"]) == (20, 20) and said["effect"]["unit"] == "percentage_points"
    mixed = csv(tmp_path / "b.csv", [*lines, ["P99", "是", 60, 85]], "工号,是否参训,训前,训后")
    ran = evaluate(mixed, "--design", "random")
    assert ran.status == 2 and "第 42 行" in ran.err
