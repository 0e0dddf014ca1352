"""The sample's files, built, parsed and loaded once for all tests of the sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.access.actor import Role
from core.demo.service import Sample
from core.instance import Instance
from tests.conftest import person
from tests.sample import Branch, Load, branch, built, loader


@pytest.fixture(scope="session")
def sample(shared: Path) -> Sample:
    """The sample's files, built once."""
    return built(shared)


@pytest.fixture(scope="session")
def load(sample: Sample, shared: Path) -> Load:
    """Takes the sample in and does all that follows."""
    return loader(sample, shared)


@pytest.fixture
def loaded(house: Instance, sample: Sample, load: Load, shared: Path, tmp_path: Path) -> Iterator[Branch]:
    """The sample branch, loaded: on SQLite a copy of one that is, on PostgreSQL loaded for this very test."""
    if house.settings.database.startswith("sqlite"):
        with branch(sample, shared, tmp_path / "branch") as copied:
            yield copied
    else:
        leader = person(house, "leader", Role.HR_LEADER)
        yield Branch(house, leader, load(house, leader))
