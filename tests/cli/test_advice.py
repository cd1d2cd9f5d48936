"""What a refusal of a dataset advises, done to the letter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Row = Mapping[str, object]
TEXT = "A pump moves water."

REFUSED: Mapping[str, tuple[Sequence[Row], Mapping[str, str]]] = {
    "no-names-at-all": (
        [{"body_of_it": TEXT, "origin": "docs/pump.md"}],
        {"text": "body_of_it", "source": "origin"},
    ),
    "no-text": (
        [{"said": TEXT, "source": "docs/pump.md"}],
        {"text": "said"},
    ),
    "ids-twice": (
        [
            {"text": TEXT, "source": "docs/pump.md", "id": "1"},
            {"text": "Stop it.", "source": "docs/pump.md", "id": "1"},
            {"text": "Dry it.", "source": "docs/pump.md", "id": "2"},
        ],
        {},
    ),
    "a-list-for-a-text": (
        [{"text": [1, 2], "said": TEXT, "source": "docs/pump.md"}],
        {"text": "said"},
    ),
}


@pytest.fixture
def refused(request: pytest.FixtureRequest, tmp_path: Path, run: Run) -> tuple[str, Path]:
    """The advice for a dataset, with the names that its reader knows, and the dataset."""
    rows, names = REFUSED[request.param]
    data = tmp_path / "d.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    code, _, said = run("build", "d.jsonl", "-o", "site", "--no-search")
    assert code == 1, said
    for ours, theirs in names.items():
        said = said.replace(f'{ours} = "NAME"', f'{ours} = "{theirs}"')
        said = said.replace(f"{ours}=NAME", f"{ours}={theirs}")
    return said, data


@pytest.mark.parametrize("refused", REFUSED, indirect=True)
def test_the_setting_that_a_refusal_advises_works(refused: tuple[str, Path], run: Run) -> None:
    said, data = refused
    (setting, *_) = re.findall(r"columns = \{[^}]*\}", said)
    (data.parent / "sitegen.toml").write_text(f"{setting}\n", "utf-8")
    code, _, said = run("build", "d.jsonl", "-o", "site", "--no-search")
    assert code == 0, said
    assert TEXT in (data.parent / "site" / "pump" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("refused", ["no-names-at-all", "no-text"], indirect=True)
@pytest.mark.parametrize("command", ["build", "check", "inspect"])
def test_the_options_that_a_refusal_advises_work(
    refused: tuple[str, Path], run: Run, command: str
) -> None:
    said, _ = refused
    options = re.findall(r"--column \w+=\w+", said)
    assert options
    more = ("-o", "site", "--no-search") if command == "build" else ()
    words = [word for option in options for word in option.split()]
    code, _, said = run(command, "d.jsonl", *words, *more)
    assert code == 0, said


def test_a_name_that_is_nearly_right_is_told(tmp_path: Path, run: Run) -> None:
    row = {"text": TEXT, "source": "docs/pump.md", "pagetitle_": "Pumps"}
    (tmp_path / "d.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    code, _, said = run("build", "d.jsonl", "--column", "title=pagetitle")
    assert code == 1
    (name,) = re.findall(r"did you mean '(\w+)'", said)
    code, _, said = run("build", "d.jsonl", "--column", f"title={name}", "-o", "s")
    assert code == 0, said
