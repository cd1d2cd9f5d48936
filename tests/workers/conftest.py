"""Worker processes that are worth their start for a few rows already."""

from __future__ import annotations

import pytest

import sitegen.workers as workers_module


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "_BATCH", 300)
    monkeypatch.setattr(workers_module, "WORTH_WORKERS", 300)
