"""Folders named ``key=value`` are columns of the datasets in them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.model import Chunk
from sitegen.read.inputs import read


def part(folder: Path, **columns: list[str]) -> None:
    folder.mkdir(parents=True)
    pq.write_table(pa.table(columns), folder / "part-0.parquet")


def chunks(*inputs: Path | str, **columns: str) -> list[Chunk]:
    return list(read([str(item) for item in inputs], columns, []))


@pytest.mark.parametrize("key", ["lang", "language", "locale"])
def test_languages_are_pages_of_their_own(key: str, tmp_path: Path) -> None:
    for language in ("en", "fr"):
        part(tmp_path / f"d/{key}={language}", text=[f"# {language}"], source=["docs/a.md"])
    wanted = [("en/docs/a.md", "# en"), ("fr/docs/a.md", "# fr")]
    folders = [tmp_path / f"d/{key}={language}" for language in ("en", "fr")]
    for inputs in ([tmp_path / "d"], [f"{tmp_path}/d/*/*.parquet"], folders):
        assert [(chunk.source, chunk.text) for chunk in chunks(*inputs)] == wanted


@pytest.mark.parametrize("key", ["version", "release"])
def test_versions_are_pages_of_their_own(key: str, tmp_path: Path) -> None:
    for version in ("1.9", "1.10"):
        part(tmp_path / f"d/{key}={version}/lang=en", text=[version], source=["docs/a.md"])
    found = [(chunk.source, chunk.text) for chunk in chunks(tmp_path / "d")]
    assert found == [("1.9/en/docs/a.md", "1.9"), ("1.10/en/docs/a.md", "1.10")]


def test_sources_that_name_their_version_stay(tmp_path: Path) -> None:
    part(tmp_path / "d/version=2/lang=en", text=["a", "b"], source=["docs/2/a.md", "2/en/b.md"])
    assert [chunk.source for chunk in chunks(tmp_path / "d")] == ["en/docs/2/a.md", "2/en/b.md"]


def test_sources_that_name_their_language_stay(tmp_path: Path) -> None:
    part(tmp_path / "d/lang=en", text=["a", "b"], source=["docs/en/a.md", "en/b.md"])
    assert [chunk.source for chunk in chunks(tmp_path / "d")] == ["docs/en/a.md", "en/b.md"]


def test_a_folder_can_be_what_names_the_page(tmp_path: Path) -> None:
    part(tmp_path / "d/source=docs%2Fa b.md", text=["one", "two"])
    part(tmp_path / "d/source=c.md", text=["three"])
    found = [(chunk.source, chunk.text) for chunk in chunks(tmp_path / "d")]
    assert found == [("c.md", "three"), ("docs/a b.md", "one"), ("docs/a b.md", "two")]


def test_a_folder_is_any_column_that_the_settings_name(tmp_path: Path) -> None:
    part(tmp_path / "d/topic=Agents", text=["one"], source=["a.md"])
    part(tmp_path / "d/topic=__HIVE_DEFAULT_PARTITION__", text=["two"], source=["b.md"])
    found = chunks(tmp_path / "d", title="topic")
    assert {chunk.text: chunk.title for chunk in found} == {"one": "Agents", "two": ""}


def test_what_all_rows_share_is_no_id_and_no_order(tmp_path: Path) -> None:
    part(tmp_path / "d/id=7/part=3", text=["one", "two"], source=["a.md", "a.md"])
    assert [(chunk.id, chunk.order) for chunk in chunks(tmp_path / "d")] == [("", None)] * 2


def test_a_column_of_the_file_wins(tmp_path: Path) -> None:
    part(tmp_path / "d/source=x.md", text=["one"], source=["a.md"])
    assert [chunk.source for chunk in chunks(tmp_path / "d")] == ["a.md"]


def test_a_site_of_partitions_has_each_page_in_each_language(tmp_path: Path) -> None:
    for language in ("en", "fr"):
        part(
            tmp_path / f"d/lang={language}",
            text=[f"# {language} a", f"# {language} b"],
            source=["a.md", "b.md"],
        )
    flags = {"input": ("d",), "output": Path("site"), "jobs": 1, "search": False}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    for language in ("en", "fr"):
        html = (tmp_path / f"site/{language}/a/index.html").read_text()
        assert f"{language} a" in html
        assert f'<html lang="{language}"' in html
