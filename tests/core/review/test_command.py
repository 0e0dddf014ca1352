"""`results import` as other programs use it, and a file so long that it goes in piece by piece."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.access.actor import Actor
from core.cli import main, results
from core.instance import Instance
from core.review.results import importing
from core.review.results.service import actuals
from tests.core.review.world import named, review


def test_a_long_file_goes_in_piece_by_piece_and_back_as_a_whole(
    house: Instance,
    leader: Actor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = review(house, leader)
    monkeypatch.setattr(results, "_CHUNK", 5)
    monkeypatch.setattr(results, "_WHOLE_BYTES", 10)
    path = tmp_path / "成绩.csv"
    path.write_text(
        "工号,日期,话术得分\n" + "".join(f"{no},2027-11-01,80\n" for no in made.near) + "99999,2027-11-01,1\n", encoding="gb18030"
    )
    given = ["results", "import", str(path), "--plan", str(made.plan), "--as", "test", "--project", str(made.project), "--json"]
    given += ["--data", str(house.settings.data)]
    assert main([*given, "--dry-run"]) == 0, capsys.readouterr().err
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["import_id"] is None
    assert main(given) == 0
    done = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (done["rows"], done["created"], done["skipped"]) == (len(made.near) + 1, len(made.near), 1)
    assert main(given) == 2
    measure = named(house, leader, made, "话术得分")
    with house.database.reading() as db:
        assert actuals(db, leader, made.plan)[measure.id].people == len(made.near)
    with house.database.writing() as db:
        assert importing.undo(db, leader, done["import_id"]) == len(made.near)
