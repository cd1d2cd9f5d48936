"""Worker processes that are worth their start for a few rows already, and clusters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import sitegen.workers as workers_module
from tests.cluster import Machines, cluster
from tests.workers.on_a_cluster import wait_for


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "_BATCH", 300)
    monkeypatch.setattr(workers_module, "WORTH_WORKERS", 300)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        wait_for(running, 3)
        yield running


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Machines]:
    """A cluster that a test may destroy."""
    (tmp_path / "cluster").mkdir()
    with cluster(tmp_path / "cluster") as running:
        wait_for(running, 3)
        yield running
