"""A small built site, and one call that publishes it from one place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sitegen.model import OutputFile
from sitegen.publish import Options, Outcome, publish, retries
from sitegen.write.output import open_output
from tests.publish.branches import git

Files = Mapping[str, str]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "FIRST_WAIT", 0.001)


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Write a site as a build does, ``build.json`` with its digest included."""

    def made(files: Files, name: str = "site") -> Path:
        with open_output(tmp_path / name) as output:
            for path, text in files.items():
                output.write(OutputFile(path, text.encode()))
            report = json.dumps({"format": 1, "output": output.facts()})
            output.write(OutputFile("build.json", report.encode()))
            output.publish()
        return tmp_path / name

    return made


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., Outcome]:
    """Publish a folder; ``records`` names the checkout that it is done from."""

    def sent(target: str, folder: Path, records: str = "here", **options: Any) -> Outcome:
        return publish(target, folder, Options(tmp_path / f"{records}.json", **options))

    return sent


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository on this disk."""
    folder = tmp_path / "remote.git"
    folder.mkdir()
    git(folder, "init", "-q", "--bare")
    git(folder, "config", "uploadpack.allowFilter", "true")
    return folder


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that we stand in, without a remote; the user's own settings are not read."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "-q")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    return folder
