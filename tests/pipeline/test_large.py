"""Datasets that do not fit into memory: the same site, wherever its texts lie meanwhile."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen import workers
from sitegen.assemble import parts
from sitegen.build import build, examine
from sitegen.config.file import load_config
from sitegen.errors import ReadError
from sitegen.store import shelf
from tests.clean_builds import assert_as_a_clean_build, tree

ROOT = "docs/source/en"


def rows(pages: int) -> Iterator[dict[str, object]]:
    """Rows of pages that link to one another, to what is not there, and name objects."""
    for page in range(pages):
        for chunk, anchor in enumerate(("", "first-part", f"the-API-of-part-{page}".lower())):
            yield {
                "text": f"Text {chunk} of page {page}: [the page](part{page % 7}/page{page + 1}), "
                f"[a part](page{page}#the-api-of-part-{page}), [`Model{page}`].\n\n"
                f"[[autodoc]] Model{page - chunk}\n\n```py\nx = {page}\n```\n",
                "source": f"{ROOT}/part{page % 7}/page{page}.md",
                "url": f"https://example.org/docs/lib/en/part{page % 7}/page{page}#{anchor}",
                "source_section": f"#{anchor}" if anchor else None,
                "id": f"{page}_{chunk}",
            }


def collapsed(pages: int) -> Iterator[dict[str, object]]:
    """The same as a viewer shows it: no blank line, no indentation."""
    for row in rows(pages):
        yield {**row, "text": "\n".join(filter(None, str(row["text"]).split("\n")))}


def of_one_name(pages: int) -> Iterator[dict[str, object]]:
    """The same, where the source is the name of a project: pages are known by their urls."""
    for row in rows(pages):
        yield {**row, "source": "lib"}


def of_names(pages: int) -> Iterator[dict[str, object]]:
    """The same without folders, some rows without a url."""
    for number, row in enumerate(rows(pages)):
        name = str(row["source"]).rpartition("/")[2]
        yield {**row, "source": name, **({"url": None} if number % 4 else {})}


def site(folder: Path, made: list[dict[str, object]], jobs: int) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    (folder / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in made))
    flags = {"input": ("rows.jsonl",), "jobs": jobs, "search": "headings"}
    config = load_config(flags=flags, environ={}, cwd=folder)
    build(config)
    return tree(config.output)


@pytest.mark.integration
@pytest.mark.parametrize("kind", [rows, collapsed, of_one_name, of_names])
def test_the_bytes_are_the_same_wherever_texts_lie_and_whoever_renders(
    kind: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(kind)
    made = list(kind(60))
    whole = site(tmp_path / "whole", made, 1)
    made = sorted(made, key=lambda row: zlib.crc32(str(row["id"]).encode()))
    for held, jobs in ((0, 1), (0, 4), (3_000, 2), (12_000, 1)):
        monkeypatch.setattr(shelf, "HELD", held)
        assert site(tmp_path / f"{held}-{jobs}", made, jobs) == whole


def test_what_is_wrong_is_found_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = "".join(f"{json.dumps(row)}\n" for row in rows(40))
    (tmp_path / "rows.jsonl").write_text(made)
    config = load_config(flags={"input": ("rows.jsonl",)}, environ={}, cwd=tmp_path)
    found = examine(config).diagnostics
    assert found
    monkeypatch.setattr(shelf, "HELD", 0)
    assert examine(config).diagnostics == found


def test_a_conflict_names_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [*rows(20), {**next(rows(1)), "text": "Another text."}]
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in made))
    config = load_config(flags={"input": ("rows.jsonl",)}, environ={}, cwd=tmp_path)
    messages = []
    for held in (1 << 20, 0):
        monkeypatch.setattr(shelf, "HELD", held)
        with pytest.raises(ReadError) as caught:
            build(config)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_a_large_build_leaves_nothing_but_what_it_remembers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "HELD", 0)
    site(tmp_path / "a", list(rows(30)), 2)
    left = {path.name.partition("-")[0] for path in (tmp_path / "a" / ".sitegen").iterdir()}
    assert left == {".gitignore", "record", "store"}


@pytest.mark.integration
def test_a_large_site_after_edits_is_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "HELD", 0)
    monkeypatch.setattr(parts, "SOURCES", 4)
    folder, made = tmp_path / "edited", list(rows(60))
    site(folder, made, 1)
    again = {**made[70], "text": "[[autodoc]] Other\n    - go\n\nIt is [`Other.go`], [`Model23`]."}
    more = [{**row, "source": f"{row['source']}-new", "id": f"n{row['id']}"} for row in rows(2)]
    for number, edited in enumerate(
        (
            [*made[:70], again, *made[71:]],  # objects come and go
            [*made[:90], *made[93:]],  # so does a page that documents what others name
            [*made, *more],
        )
    ):
        assert site(folder, edited, 1) == site(tmp_path / f"clean-{number}", edited, 1)


@pytest.mark.integration
def test_a_large_site_whose_toctree_renames_pages_is_after_edits_that_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "HELD", 0)
    toctree, made = tmp_path / "toctree.yml", list(rows(40))
    for new in ("", "part3/other", "part3/another", ""):
        entry = "- local: part3/page3\n  title: Third\n" + (f"  newlocal: {new}\n" if new else "")
        toctree.write_text(entry)
        made[0] = {**made[0], "text": f"[it](part3/page3#the-api-of-part-3), [{new}](/{new})"}
        (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in made))
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",), toctree="toctree.yml")


@pytest.mark.integration
def test_a_large_file_of_several_parts_is_after_edits_as_if_all_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_LARGEST_PASSED", 0)
    monkeypatch.setattr(shelf, "HELD", 0)
    monkeypatch.setattr(parts, "SOURCES", 4)
    made = list(rows(40))
    again = {**made[50], "text": "[[autodoc]] Other\n\nIt is [`Other`], and [`Model23`]."}
    for edited in (
        made,
        [*made[:50], again, *made[51:]],
        [*made[:50], *made[51:]],
        [*made[60:], *made[:60]],
        made,
    ):
        pq.write_table(pa.Table.from_pylist(edited), tmp_path / "d.parquet", row_group_size=30)
        assert_as_a_clean_build(tmp_path, input=("d.parquet",))
