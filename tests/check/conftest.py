"""One call that checks rows of a dataset, and a row that says what it is for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import examine
from sitegen.check import external, judge
from sitegen.config.file import load_config
from tests.check.asked import Handler, Host
from tests.web import Server

Row = tuple[str, str, str | None, str]
EXTRA = {"url": "", "file_type": ".md"}


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Any]:
    """Check rows of source, id, section and text; `toml` is the config file, `files` lie beside."""

    def run(rows: Sequence[Row], toml: str = "", files: Mapping[str, str] | None = None) -> Any:
        names = ("source", "id", "source_section", "text")
        table = [dict(zip(names, row, strict=True)) | EXTRA for row in rows]
        pq.write_table(pa.Table.from_pylist(table), tmp_path / "docs.parquet")
        for name, text in {
            "sitegen.toml": f'input = "docs.parquet"\n{toml}',
            **(files or {}),
        }.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        loaded = load_config(flags={"jobs": 1}, environ={}, cwd=tmp_path)
        return judge(examine(loaded), loaded.check)

    return run


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setattr(external, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(external, "PAUSE", 0.0)
    server: Any = Server(("127.0.0.1", 0), Handler)
    server.host = Host(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.host
    server.shutdown()
    thread.join()
    server.server_close()
