"""Outputs that the docs show outside of their tasks: each is what its command says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Run = Callable[..., tuple[int, str, str]]
DOCS = Path(__file__).parents[1] / "docs"
_JSON = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OUTPUT = re.compile(r"^```out\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def rows(texts: Iterable[tuple[str, str, str]]) -> list[Mapping[str, str]]:
    return [{"id": id, "source": source, "text": text} for id, source, text in texts]


def dataset(path: str, table: Iterable[Mapping[str, str]]) -> None:
    pq.write_table(pa.Table.from_pylist([*table]), path)


FAULTY = rows(
    [
        (
            "0_0",
            "training.md",
            "# Training\n\nHow a model learns.\n\n## Tips\n\nBegin small.",
        ),
        (
            "1_0",
            "quicktour.md",
            "# Quick tour\n\nRead [advice](training#tipps) first.\n\n</Tip>",
        ),
    ]
)
BEFORE = rows(
    [
        ("0_0", "agent.md", "# Agents\n\nWhat an agent is and what it does for whoever asks it."),
        ("0_1", "agent.md", "## Engines\n\nAn engine answers. It is asked by the agent, in words."),
        (
            "1_0",
            "quicktour.md",
            "# Quick tour\n\nThe shortest way to a first result.",
        ),
    ]
)
AFTER = [
    {**BEFORE[0], "text": "# Agents\n\nWhat an agent is"},
    {**BEFORE[0], "id": "0_1", "text": "and what it does for whoever asks it."},
    {**BEFORE[1], "id": "0_2"},
    {**BEFORE[2], "source": "quick_tour.md"},
]


def of_check(run: Run) -> str:
    dataset("docs.parquet", FAULTY)
    return run("check", "docs.parquet", "--level", "warning")[1]


def of_diagnostics(run: Run) -> str:
    dataset("docs.parquet", FAULTY)
    return run("build", "docs.parquet", "-v")[2]


def of_diff(run: Run) -> str:
    dataset("old.parquet", BEFORE)
    dataset("new.parquet", AFTER)
    return "".join(run("diff", "old.parquet", "new.parquet")[1:])


def of_input(run: Run) -> str:
    dataset("docs.parquet", [{"txt": "Words.", "source": "a.md", "id": "0_0"}])
    return run("build", "docs.parquet")[2]


SHOWN = {"check": of_check, "diagnostics": of_diagnostics, "diff": of_diff, "input": of_input}


@pytest.mark.parametrize("page", SHOWN)
def test_an_output_is_what_its_command_says(run: Run, page: str) -> None:
    (shown,) = _OUTPUT.findall((DOCS / f"{page}.md").read_text("utf-8"))
    assert shown in f"\n{SHOWN[page](run)}"


def test_every_output_outside_of_tasks_is_tested() -> None:
    pages = (path for path in DOCS.rglob("*.md") if path.parent.name not in {"language", "tasks"})
    assert {path.stem for path in pages if _OUTPUT.search(path.read_text("utf-8"))} == {*SHOWN}


def test_the_entry_of_a_chunk_is_the_one_that_the_docs_show(run: Run) -> None:
    table = rows([("36_3", "perf.md", "All cards read the same model.")])
    dataset("docs.parquet", [{**table[0], "source_section": "#data-parallelism"}])
    assert run("build", "docs.parquet", "-o", "site")[0] == 0
    (shown,) = _JSON.findall((DOCS / "provenance.md").read_text("utf-8"))
    entries: dict[str, object] = {}
    for file in Path("site/chunk").glob("[0-9]*.json"):
        entries |= json.loads(file.read_text("utf-8"))
    assert json.loads(shown) == entries
