"""The sample's files, built and parsed once for all tests of the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.demo.service import Sample
from tests.sample import Load, built, loader


@pytest.fixture(scope="session")
def sample(shared: Path) -> Sample:
    """The sample's files, built once."""
    return built(shared)


@pytest.fixture(scope="session")
def load(sample: Sample, shared: Path) -> Load:
    """Takes the sample in and does all that follows."""
    return loader(sample, shared)
