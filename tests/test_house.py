"""The rules of the house (README, “How it is built”)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.texts import ROOT, source_files

TOP_LEVEL = {"app.py", "pages", "core", "data", "prompts", "tests", "requirements.txt"}
BESIDE = {"README.md", "CHANGELOG.md", "LICENSE", "Makefile", "docs"}
KNOWERS = {
    "altair": ("core/charts/",),
    "ortools": ("core/schedule/",),
    "numba": ("core/schedule/",),
    "statsmodels": ("core/review/",),
    "chinese_calendar": ("core/delivery/calendar/",),
    "holidays": ("core/delivery/calendar/",),
    "chromadb": ("core/documents/",),
    "langchain": ("core/llm/", "core/documents/"),
    "langchain_core": ("core/llm/", "core/documents/"),
    "langchain_openai": ("core/llm/", "core/documents/"),
    "streamlit": ("pages/", "app.py"),
}
SQL = ("sqlmodel", "sqlalchemy")
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "manager.py", "common.py", "misc.py"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(line) for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_top_level_is_what_the_readme_shows() -> None:
    visible = {path.parts[0] for path in tracked() if not path.parts[0].startswith(".")}
    assert visible == TOP_LEVEL | BESIDE


def test_no_code_lives_in_data() -> None:
    assert not [path for path in tracked() if path.parts[0] == "data" and path.suffix == ".py"]


def test_page_scripts_are_a_folder_down_so_that_streamlit_never_runs_one_alone() -> None:
    assert {path.name for path in (ROOT / "pages").glob("*.py")} == {"router.py", "__init__.py"}


def test_only_those_who_may_know_a_package_import_it() -> None:
    wrong = [
        (relative(path), package)
        for path in [*source_files("core", "pages"), ROOT / "app.py"]
        for name in imported(path)
        for package, rooms in KNOWERS.items()
        if name.split(".")[0] == package and not relative(path).startswith(rooms)
    ]
    assert not wrong


def test_sql_stays_in_tables_repositories_and_storage() -> None:
    def may(path: Path) -> bool:
        return path.name in ("tables.py", "repository.py") or relative(path).startswith(("core/storage/", "core/upkeep/"))

    wrong = [
        relative(path) for path in source_files("core", "pages") if not may(path) and {n.split(".")[0] for n in imported(path)} & set(SQL)
    ]
    assert not wrong


def test_only_one_file_touches_the_state_of_a_tab() -> None:
    wrong = [
        relative(path)
        for path in source_files("pages")
        if ("st.session_state" in (text := path.read_text(encoding="utf-8")) or "st.query_params" in text)
        and relative(path) != "pages/shared/state.py"
    ]
    assert not wrong


@pytest.mark.parametrize(
    "path", [p for p in source_files("pages") if p.parent.parent.name == "pages" and p.name != "__init__.py"], ids=relative
)
def test_a_page_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize("path", list(source_files("core", "pages")), ids=relative)
def test_a_file_is_one_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.name not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", list(source_files("core", "pages")), ids=relative)
def test_everything_public_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [] if ast.get_docstring(tree) else ["module"]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            silent.append(node.name)
    assert not silent


def test_pages_ask_for_data_only_through_services() -> None:
    wrong = [
        (relative(path), name)
        for path in source_files("pages")
        for name in imported(path)
        if name.startswith("core.") and name.rsplit(".", 1)[-1] == "repository"
    ]
    assert not wrong


def test_the_floors_of_core_hold() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--config", ".importlinter"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-3000:]


def test_every_folder_of_core_has_its_floor() -> None:
    floors = (ROOT / ".importlinter").read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "core").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert not {room for room in rooms if f"core.{room}" not in floors}
