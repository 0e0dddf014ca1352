"""The sample's files, built and parsed once for all tests of the sample."""

from __future__ import annotations

import pytest

from core.demo import service as demo
from core.demo.service import Sample
from tests.sample import Load, loader


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The sample's files, built once."""
    return demo.build_files()


@pytest.fixture(scope="session")
def load(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Takes the sample in and does all that follows."""
    return loader(sample, tmp_path_factory.mktemp("to-parse"))
