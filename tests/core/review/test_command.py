"""`results import` as other programs use it, and a file so long that it goes in piece by piece."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.access.actor import Actor
from core.cli import main
from core.instance import Instance
from core.review.results import importing, pieces
from core.review.results.service import actuals
from tests.conftest import BOTH
from tests.core.review.world import named, review

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def test_a_long_file_goes_in_piece_by_piece_and_back_as_a_whole(
    house: Instance,
    leader: Actor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = review(house, leader)
    monkeypatch.setattr(pieces, "ROWS", 5)
    monkeypatch.setattr(pieces, "LONG_BYTES", 10)
    path = tmp_path / "成绩.csv"
    path.write_text(
        "工号,日期,话术得分\n" + "".join(f"{no},2027-11-01,80\n" for no in made.near) + "99999,2027-11-01,1\n", encoding="gb18030"
    )
    given = ["results", "import", str(path), "--plan", str(made.plan), "--as", "test", "--project", str(made.project), "--json"]
    given += ["--data", str(house.settings.data)]
    assert main([*given, "--dry-run"]) == 0, capsys.readouterr().err
    tried = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert tried["import_id"] is None and tried["created"] == len(made.near)
    assert main(given) == 0
    done = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (done["rows"], done["created"], done["skipped"]) == (len(made.near) + 1, len(made.near), 1)
    assert main(given) == 2
    measure = named(house, leader, made, "话术得分")
    with house.database.reading() as db:
        assert actuals(db, leader, made.plan)[measure.id].people == len(made.near)
    with house.database.writing() as db:
        assert importing.undo(db, leader, done["import_id"]) == len(made.near)


@both
def test_pieces_that_repeat_one_another_count_once_and_a_correction_replaces(
    house: Instance, leader: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = review(house, leader)
    monkeypatch.setattr(pieces, "ROWS", 2)
    monkeypatch.setattr(pieces, "LONG_BYTES", 10)
    first, second, third = made.near[:3]

    def bring(kind: str, name: str, rows: str) -> dict[str, int]:
        path = tmp_path / name
        path.write_text(rows, encoding="utf-8")
        given = ["results", "import", str(path), "--plan", str(made.plan), "--as", kind, "--project", str(made.project), "--json"]
        assert main([*given, "--data", str(house.settings.data)]) == 0, capsys.readouterr().err
        found: dict[str, int] = json.loads(capsys.readouterr().out.splitlines()[-1])
        return found

    day = "2027-11-01"
    done = bring("behaviour", "a.csv", f"工号,日期,指标,次数\n{first},{day},拜访量,1\n{second},{day},拜访量,2\n{first},{day},拜访量,4\n")
    assert done["created"] == 2
    visits = named(house, leader, made, "拜访量")
    with house.database.reading() as db:
        assert actuals(db, leader, made.plan)[visits.id].value == 7
    head = "工号,日期,指标,得分\n"
    rows = [f"{first},{day},话术得分,80", f"{second},{day},话术得分,70", f"{first},{day},话术得分,80", f"{second},{day},话术得分,60"]
    done = bring("test", "b.csv", head + "\n".join(rows) + "\n")
    told = " ".join(done["notes"])  # type: ignore[arg-type]
    assert done["created"] == 2 and "1 个结果与前面" in told and "1 个结果与文件前面" in told
    last = bring("test", "c.csv", head + f"{first},{day},话术得分,80\n{second},{day},话术得分,90\n{third},{day},话术得分,50\n")
    assert (last["created"], last["updated"], last["unchanged"]) == (1, 1, 1)
    score = named(house, leader, made, "话术得分")
    with house.database.writing() as db:
        assert actuals(db, leader, made.plan)[score.id].value == pytest.approx((80 + 90 + 50) / 3)
        assert importing.undo(db, leader, last["import_id"]) == 2
    with house.database.reading() as db:
        assert actuals(db, leader, made.plan)[score.id].value == 75
