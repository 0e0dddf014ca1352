"""An empty database, and the one of the named world, each test with its own copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.access.service import Person
from core.storage import Database
from tests.core.access.world import PASSWORD, World


@pytest.fixture(scope="session")
def peopled(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Person]]:
    """A database file with the four people in it, to be copied."""
    path = tmp_path_factory.mktemp("peopled") / "cexun.db"
    shutil.copy(migrated, path)
    made, people = Database(_address(path)), {}
    with made.writing() as db:
        for login, name, role in (
            ("lin", "林芳", Role.HR_LEADER),
            ("zhao", "赵强", Role.UNIT_MANAGER),
            ("qian", "钱行长", Role.EXECUTIVE),
            ("wei", "魏工", Role.IT_ADMINISTRATOR),
        ):
            email = f"{login}@bank.example"
            people[login] = access.add(db, LOCAL_ADMINISTRATOR, login, name, [role], email, PASSWORD)
    made.close()
    return path, people


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    yield from _copied(migrated, tmp_path)


@pytest.fixture
def world(peopled: tuple[Path, dict[str, Person]], tmp_path: Path) -> Iterator[World]:
    """The named world."""
    path, people = peopled
    for made in _copied(path, tmp_path):
        yield World(made, **people)


def _copied(source: Path, folder: Path) -> Iterator[Database]:
    target = folder / "cexun.db"
    shutil.copy(source, target)
    made = Database(_address(target))
    yield made
    made.close()


def _address(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"
