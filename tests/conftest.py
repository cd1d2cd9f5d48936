"""The fixtures that carry most tests: a rendered text, a project that is built, a command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import tests.examples  # noqa: F401 - chooses how often properties are tried
from sitegen import cli
from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.record.result import Result
from sitegen.render import render
from tests.s3 import S3, s3_at, s3_served


@dataclass(frozen=True)
class Built:
    """A site that was built: where it is, and what the build said."""

    folder: Path
    result: Result

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    @property
    def pages(self) -> dict[str, str]:
        """Document id -> permalink."""
        pages = json.loads(self.read("build.json"))["pages"]
        return {page["id"]: page["permalink"] for page in pages}

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.result.diagnostics]


@pytest.fixture
def doc() -> Callable[..., Body]:
    """Render Markdown as the page ``guide/page``; ``anchors`` maps lines to sections' anchors."""

    def rendered(text: str, anchors: Mapping[int, str] | None = None) -> Body:
        marks = anchors if anchors is not None else {0: ""}
        sections = tuple(
            Section(line, anchor, f"0_{n}", "docs.parquet", n)
            for n, (line, anchor) in enumerate(sorted(marks.items()))
        )
        return render(Document("guide/page", "guide/page.md", text, sections), LinkSpace())

    return rendered


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Built]:
    """Write files into a folder ``docs`` and build them; options are those of the config."""

    def built(files: Mapping[str, str | bytes], /, **options: Any) -> Built:
        for name, content in files.items():
            path = tmp_path / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        flags = {"input": ("docs",), "output": Path("site"), "jobs": 1, "search": False} | options
        config = load_config(flags=flags, environ={}, cwd=tmp_path)
        return Built(config.output, build(config))

    return built


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Call the command line in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("SITEGEN_")]:
        monkeypatch.delenv(name)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["sitegen", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(caught.value.code or 0), out, err

    return call


@pytest.fixture(scope="session")
def s3_port() -> Iterator[int]:
    """The port of an S3 server, which all tests share: each makes buckets of its own."""
    pytest.importorskip("moto", reason="needs the extra `test`")
    with s3_served() as port:
        yield port


@pytest.fixture
def s3(s3_port: int, monkeypatch: pytest.MonkeyPatch) -> S3:
    """An S3 server, to which the environment leads."""
    return s3_at(s3_port, monkeypatch)
