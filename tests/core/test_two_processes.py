"""Two servers on one data directory: they start at once, go by the same secrets and settings, and neither spoils what the other writes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import Timeout

from core import administration, settings
from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents import repository
from core.instance import Instance, serving_lock

_ROOT = Path(__file__).parents[2]
_OPEN = """
import sys
from pathlib import Path
from core import settings
from core.instance import Instance
sys.stdin.readline()
instance = Instance(settings.load(data=Path(sys.argv[1])))
print(instance.database.revision(), settings.own_secret(instance.settings.keys, "cookie"))
instance.close()
"""


@pytest.fixture
def second(house: Instance) -> Iterator[Instance]:
    """Another server on the same data directory."""
    instance = Instance(settings.load(data=house.settings.data))
    yield instance
    instance.close()


def in_time(seen: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether something can be seen before so many seconds are over."""
    until = time.monotonic() + seconds
    while not seen() and time.monotonic() < until:
        time.sleep(0.05)
    return seen()


def test_processes_that_start_at_once_on_an_empty_directory_make_one_house(tmp_path: Path) -> None:
    command, pipe = [sys.executable, "-c", _OPEN, str(tmp_path / "data")], subprocess.PIPE
    started = [subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, text=True) for _ in range(2)]
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = {one.communicate()[0] for one in started}
    assert [one.returncode for one in started] == [0, 0]
    assert len(said) == 1 and len(said.pop().split()) == 2


def test_what_one_server_stores_another_goes_by_within_seconds(house: Instance, second: Instance) -> None:
    second.start()
    administration.change(LOCAL_ADMINISTRATOR, house, {"shares": False, "model_key": "s3cret"})
    assert in_time(lambda: not second.settings.shares and second.settings.model_key == "s3cret")
    administration.change(LOCAL_ADMINISTRATOR, house, {"shares": True, "model_key": ""})
    assert in_time(lambda: second.settings.shares and second.settings.model_key == "")


def test_a_server_that_has_not_heard_of_another_embedder_neither_uses_nor_deletes_vectors(
    house: Instance, second: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(administration, "_try_embedding", lambda _settings: None)
    monkeypatch.delenv("CEXUN_EMBEDDING")
    administration.change(LOCAL_ADMINISTRATOR, house, {"embedding": "none"})
    second.follow_settings()
    assert second.index.stamp == "none"
    administration.change_embedding(LOCAL_ADMINISTRATOR, house, {"embedding": "endpoint", "embedding_url": "http://localhost:1/v1"})
    # Tidying deletes the vectors of every embedder but the one in force: it asks first which one that is.
    with house.database.writing() as db:
        repository.next_generation(db)
    second.indexing.tidy()
    assert second.index.stamp == house.index.stamp != "none"


def test_the_directory_stays_held_while_any_server_runs_on_it(house: Instance, second: Instance) -> None:
    house.start()
    second.start()
    house.close()

    def is_held() -> bool:
        try:
            with serving_lock(second.settings).acquire(timeout=0):
                return False
        except Timeout:
            return True

    assert in_time(is_held)
