import os
import re
from pathlib import Path

import pyarrow as pa
import pytest

from sitegen.errors import ConfigError, Diagnostic, ReadError
from sitegen.model import Chunk
from sitegen.read.files import find_files
from sitegen.read.folders.beside import find_assets, find_toctree
from sitegen.read.inputs import read
from tests.read.rows import ROWS, chunks, one, parquet, refusal


def test_shards_of_a_folder_come_in_natural_order_and_rows_count_per_file(tmp_path: Path) -> None:
    for shard in (10, 2, 1):
        parquet(tmp_path / f"data/s-{shard}.parquet", one(f"shard {shard}"))
    found, notices = chunks(tmp_path)
    assert [(chunk.text, chunk.file, chunk.row) for chunk in found] == [
        ("shard 1", "data/s-1.parquet", 0),
        ("shard 2", "data/s-2.parquet", 0),
        ("shard 10", "data/s-10.parquet", 0),
    ]
    assert notices == []


def test_a_glob_gives_its_files_in_natural_order(tmp_path: Path) -> None:
    for shard in (10, 9):
        parquet(tmp_path / f"x{shard}/s.parquet", one(f"shard {shard}"))
    found, _ = chunks(tmp_path / "x*" / "*.parquet")
    assert [chunk.file for chunk in found] == ["x9/s.parquet", "x10/s.parquet"]
    found, _ = chunks(f"{tmp_path}/**/s.parquet")
    assert [chunk.text for chunk in found] == ["shard 9", "shard 10"]


def test_a_file_named_like_a_glob_is_read_as_that_file(tmp_path: Path) -> None:
    parquet(tmp_path / "s1.parquet", one("other"))
    assert chunks(parquet(tmp_path / "s[1].parquet", one("mine")))[0][0].text == "mine"


def test_files_of_two_inputs_are_named_below_their_common_folder(tmp_path: Path) -> None:
    inputs = [parquet(tmp_path / f"{name}/d.parquet", one(name)) for name in "ab"]
    assert [chunk.file for chunk in chunks(*inputs)[0]] == ["a/d.parquet", "b/d.parquet"]
    assert len(chunks(inputs[0], inputs[0])[0]) == 1


@pytest.mark.parametrize("name", ["README.md", "README.rst"])
def test_the_card_of_a_dataset_repository_is_not_a_page(tmp_path: Path, name: str) -> None:
    parquet(tmp_path / "data/d.parquet")
    (tmp_path / name).write_text("# Card")
    (tmp_path / "state.json").write_text("{}")
    assert {chunk.file for chunk in chunks(tmp_path)[0]} == {"data/d.parquet"}


@pytest.mark.parametrize("names", [["notes.rst"], ["README.md", "report.qmd"], ["README.rst"]])
@pytest.mark.parametrize("data", ["d.jsonl", "d.csv"])
def test_notes_beside_a_dataset_are_no_pages(tmp_path: Path, names: list[str], data: str) -> None:
    text = {"d.jsonl": '{"text": "Words", "path": "a.md"}\n', "d.csv": "text,path\nWords,a.md\n"}
    (tmp_path / data).write_text(text[data])
    for name in names:
        (tmp_path / name).write_text("Notes\n=====\n")
    is_said_to_be_pages = data == "d.csv" and "README.md" in names  # it may be a download of theirs
    wanted = set(names) if is_said_to_be_pages else {data}
    assert {chunk.file for chunk in chunks(tmp_path)[0]} == wanted


def test_what_markdown_was_made_from_is_no_second_page(tmp_path: Path) -> None:
    for name in ("README.Rmd", "README.md", "a/b.rst", "a/b.md", "b.rst"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Words\n")
    assert {chunk.file for chunk in chunks(tmp_path)[0]} == {"README.md", "a/b.md", "b.rst"}


def test_a_readme_by_itself_is_a_page_in_whatever_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "README.rst").write_text("Words\n")
    assert [chunk.file for chunk in chunks(tmp_path)[0]] == ["README.rst"]


def test_a_markdown_folder_gives_a_chunk_per_file(tmp_path: Path) -> None:
    for name in ("index.md", "a/b.mdx", "_toctree.yml", "_part.md", ".git/x.md", "a/.h.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf# T\r\n" + name.encode())
    found, notices = chunks(tmp_path)
    assert notices == []
    assert found == [
        Chunk("a/b.mdx", "# T\na/b.mdx", "a/b.mdx", None),
        Chunk("index.md", "# T\nindex.md", "index.md", None),
    ]
    assert find_toctree([str(tmp_path)]) == tmp_path / "_toctree.yml"


def test_assets_are_the_other_files_of_a_markdown_folder(tmp_path: Path) -> None:
    outside = tmp_path / "secret.png"
    outside.write_bytes(b"s")
    docs = tmp_path / "docs"
    (docs / "img").mkdir(parents=True)
    (docs / "dir").symlink_to(tmp_path)
    (docs / "link.png").symlink_to(outside)
    (docs / "same.png").symlink_to(docs / "img" / "b.png")
    for name in ("i.md", "img/b.png", "img/a.csv", "x.py", "_x.png", ".x.png", "c.toml", "t.yaml"):
        (docs / name).write_bytes(b"1")
    assert [name for name, _ in find_assets([str(docs)])] == ["img/a.csv", "img/b.png", "same.png"]
    assert find_toctree([str(docs)]) is None
    _, notices = chunks(docs)
    assert [notice.location.file for notice in notices] == ["dir", "link.png"]
    assert {notice.code for notice in notices} == {"link-skipped"}


def test_a_link_that_is_not_followed_is_told_with_where_it_leads(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "guide").mkdir(parents=True)
    (docs / "guide" / "a.md").write_text("# A")
    (tmp_path / "other").mkdir()
    for name, goal in (
        *(("loop", "../docs"), ("again", "guide"), ("guide/up", ".."), ("away", "../other")),
        *(("gone.md", "nothing.md"), ("self", "self"), ("same.md", "guide/a.md")),
    ):
        (docs / name).symlink_to(goal)
    found, notices = chunks(docs)
    assert {chunk.source for chunk in found} == {"guide/a.md", "same.md"}
    said = {each.location.file: each.message.partition(" the link leads ")[2] for each in notices}
    assert said == {
        "again": "to the folder guide of docs, which is read there",
        "away": "out of docs",
        "gone.md": "to no file",
        "guide/up": "back to docs, which is read there",
        "loop": "back to docs, which is read there",
        "self": "to no file",
    }
    helps = {each.location.file: each.help for each in notices}
    assert "an input of its own" in helps["away"]
    assert "remove" in helps["loop"]


def test_patterns_that_are_none_are_refused_also_where_no_input_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no ] closes"):
        find_files([str(parquet(tmp_path / "d.parquet"))], [], exclude=["a["])


def test_a_dataset_folder_has_neither_toctree_nor_assets(tmp_path: Path) -> None:
    parquet(tmp_path / "d.parquet")
    (tmp_path / "_toctree.yml").write_text("- {}")
    assert find_toctree([str(tmp_path)]) is None
    assert list(find_assets([str(tmp_path)])) == []


def test_a_toctree_that_is_a_link_out_of_the_folder_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "t.yml").write_text("- {}")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "i.md").write_text("x")
    (tmp_path / "docs" / "_toctree.yml").symlink_to(tmp_path / "t.yml")
    assert find_toctree([str(tmp_path / "docs")]) is None


@pytest.mark.parametrize(
    "names", [("a.md", "b.parquet"), ("a.parquet", "b.jsonl"), ("a.csv", "b.txt")]
)
def test_a_folder_of_two_kinds_of_data_is_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    for name in names:
        (tmp_path / name).write_text("x")
    assert "more than one kind of data" in refusal(tmp_path)


def test_inputs_that_are_not_there_or_hold_nothing_are_refused_with_the_reason(
    tmp_path: Path,
) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "e.parquet").touch()
    (tmp_path / "t.text").write_text("x")
    (tmp_path / "dangling.parquet").symlink_to(tmp_path / "nowhere")
    assert "no such file or folder" in refusal(tmp_path / "x.parquet")
    assert "no file matches" in refusal(tmp_path / "*.arrow")
    assert "holds neither Markdown nor dataset files" in refusal(tmp_path / "none")
    assert "e.parquet: the file is empty" in refusal(tmp_path / "e.parquet")
    assert "no reader for .text - did you mean '.txt'?" in refusal(tmp_path / "t.text")
    assert "cannot be opened: No such file" in refusal(tmp_path / "dangling.parquet")
    assert "no such file" in refusal(f"{tmp_path}/a\0b")
    with pytest.raises(ConfigError, match="no input"):
        refusal()


def test_no_rows_at_all_are_refused_but_an_empty_shard_is_not(tmp_path: Path) -> None:
    empty = pa.table(ROWS).slice(0, 0)
    parquet(tmp_path / "a.parquet", empty)
    assert "no rows in a.parquet" in refusal(tmp_path / "a.parquet")
    parquet(tmp_path / "b.parquet")
    assert len(chunks(tmp_path / "*.parquet")[0]) == 2


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.parquet")
    assert "not a regular file" in refusal(tmp_path / "p.parquet")


def test_a_glob_neither_finds_hidden_files_nor_takes_a_broken_pattern(tmp_path: Path) -> None:
    parquet(tmp_path / ".cache" / "d.parquet")
    parquet(tmp_path / ".d.parquet")
    assert "no file matches" in refusal(tmp_path / "**" / "*.parquet")
    # From Python 3.13 on it is a pattern, which nothing matches.
    assert re.search("not a pattern|no file matches", refusal(f"{tmp_path}/a**b/x.parquet"))


@pytest.mark.parametrize("given", ["a/rows.jsonl", "a/*.jsonl", "pages"])
def test_the_name_of_a_dataset_is_not_passed_over_where_there_is_no_folder_of_some(
    tmp_path: Path, given: str
) -> None:
    row = '{"text": "x", "source": "x"}'
    for name, text in {"a/rows.jsonl": row, "pages/a.md": "# A"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    notices: list[Diagnostic] = []
    assert len([*read([str(tmp_path / given)], {}, notices, config_name="default")]) == 1
    assert "config-unused" in {each.code for each in notices}
    assert len([*read([str(tmp_path / "a")], {}, notices, config_name="default")]) == 1
    assert [each.code for each in notices].count("config-unused") == 1
