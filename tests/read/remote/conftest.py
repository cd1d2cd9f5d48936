"""A web server, the Hub and their data; nothing waits long, and nothing is known from before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.limits import process
from sitegen.read.remote import client
from sitegen.read.remote.find import look_again
from sitegen.read.remote.open import keep_in
from sitegen.record.result import Result
from tests.hub import Hub, hub_served
from tests.web import Web, served

SOURCES = ["docs/a.md", "docs/a.md", "docs/b.md"]
TEXTS = ["Intro.", "Use it.", "Another page."]


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(client, "FIRST_WAIT", 0.001)
    for name in ("HF_TOKEN", "HF_ENDPOINT", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    look_again()
    keep_in(False)
    yield
    look_again()
    keep_in(False)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process, where nothing waits long."""
    monkeypatch.setattr(process, "_is_expendable", True)


@pytest.fixture
def web() -> Iterator[Web]:
    with served(Web()) as server:
        yield server


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub_served() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url(""))
        yield server


@pytest.fixture
def parquet(tmp_path: Path) -> Callable[..., bytes]:
    """A dataset as the bytes of a Parquet file."""

    def made(texts: list[str] = TEXTS, sources: list[str] = SOURCES) -> bytes:
        table = pa.table({"text": texts, "source": sources, "id": [f"0_{n}" for n in range(3)]})
        pq.write_table(table, tmp_path / "made.parquet")
        return (tmp_path / "made.parquet").read_bytes()

    return made


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Result]:
    """Build a site of remote inputs in a folder of its own."""

    def run(*inputs: str, **flags: object) -> Result:
        given = {"input": inputs, "jobs": 1, "search": False, **flags}
        return build(load_config(flags=given, environ={}, cwd=tmp_path))

    return run
