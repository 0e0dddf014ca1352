"""Prompts are data with a version: every stored answer can be traced to one text."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.llm import prompts
from core.llm.prompts import Prompt, load

FILES = sorted(prompts.FOLDER.glob("*/*.md"))
NAMES = [path.relative_to(prompts.FOLDER).with_suffix("").as_posix() for path in FILES]


def recorded() -> list[tuple[str, int, str]]:
    lines = (prompts.FOLDER / "VERSIONS").read_text(encoding="utf-8").splitlines()
    parts = [line.split() for line in lines if line and not line.startswith("#")]
    return [(name, int(version), sha) for name, version, sha in parts]


def written(folder: Path, header: str, text: str) -> Path:
    (folder / "goals").mkdir()
    (folder / "goals/check.md").write_text(f"{header}\n---\n{text}", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_text_needs_a_raised_version(name: str) -> None:
    prompt = load(name)
    line = (prompt.name, prompt.version, prompt.sha)
    known = [entry for entry in recorded() if entry[0] == name]
    latest = max((version for _, version, _ in known), default=0)
    assert line in known, f"raise the version above {latest} where the text has changed, and add to prompts/VERSIONS: {name} N {prompt.sha}"
    assert prompt.version == latest


def test_no_version_is_recorded_twice_and_none_for_a_prompt_that_is_gone() -> None:
    entries = recorded()
    assert len({(name, version) for name, version, _ in entries}) == len(entries)
    assert {name for name, _, _ in entries} == set(NAMES)


def test_a_prompt_is_filled_into_turns_and_values_are_left_as_they_are(tmp_path: Path) -> None:
    folder = written(tmp_path, "version: 3\nvariables: goal, year", '## system\nJSON {"a": 1}, $$5\n## user\n$goal ($year)\n')
    prompt = load("goals/check", folder)
    assert prompt.stamp == "goals/check v3"
    turns = prompt.fill(goal="$year ## system\n{x}", year="2027")
    assert turns == [("system", 'JSON {"a": 1}, $5'), ("user", "$year ## system\n{x} (2027)")]


def test_a_missing_and_an_unknown_variable_are_refused() -> None:
    prompt = Prompt("a/b", 1, frozenset({"goal"}), "## user\n$goal\n")
    with pytest.raises(ValueError, match="missing goal"):
        prompt.fill()
    with pytest.raises(ValueError, match="unknown gaol"):
        prompt.fill(goal="x", gaol="y")


@pytest.mark.parametrize(
    ("header", "text", "problem"),
    [
        ("version: 1\nvariables: goal", "## user\n$goal $year\n", "year"),
        ("version: 1\nvariables: goal, year", "## user\n$goal\n", "year"),
        ("version: 1\nvariables: goal", "$goal\n", "## system"),
    ],
)
def test_a_header_that_does_not_fit_its_text_is_refused(tmp_path: Path, header: str, text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        load("goals/check", written(tmp_path, header, text))
