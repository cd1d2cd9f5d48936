"""A look before the build, over datasets of each kind."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Run = Callable[..., tuple[int, str, str]]
Row = dict[str, Any]
CHECKOUT = Path(__file__).parents[2]
FOREIGN = CHECKOUT.parent / "shared" / "data" / "foreign" / "datasets"
PAGES = [f"docs/part{number}/page{number}.md" for number in range(6)]


def prose(page: int, size: int = 6_000) -> str:
    """A page with headings, whose words are its own."""
    said, number = f"# Title of page {page}\n\n", 0
    while len(said) < size:
        said += f"## Section {number}\n\n" if number % 5 == 0 else ""
        said += " ".join(f"word{page}x{number}y{each}" for each in range(12)) + ".\n\n"
        number += 1
    return said


def windows(text: str, size: int, overlap: int) -> Iterator[tuple[int, str]]:
    """Pieces of a text, cut at blanks, and where each begins."""
    start = 0
    while start < len(text):
        end = start + size if start + size >= len(text) else text.rindex(" ", start, start + size)
        yield start, text[start:end]
        if end >= len(text):
            return
        start = text.index(" ", end - overlap) + 1 if overlap else end


def write(rows: Sequence[Row], name: str = "d.jsonl") -> str:
    if name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(list(rows)), name, row_group_size=1_000)
    else:
        Path(name).write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return name


def look(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run("inspect", "--json", *arguments)
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    assert found["format"] == 1
    return found


def cut(size: int = 1_000, overlap: int = 0) -> list[tuple[str, int, int, str]]:
    """Source, number, start and text of each piece of all pages."""
    return [
        (source, number, start, text)
        for page, source in enumerate(PAGES)
        for number, (start, text) in enumerate(windows(prose(page), size, overlap))
    ]


def test_a_recursive_splitter_is_named_with_its_size_and_overlap(run: Run) -> None:
    rows = [{"page_content": t, "metadata": {"source": s}} for s, _, _, t in cut(1_000, 200)]
    found = look(run, write(rows))
    assert found["maker"] == "LangChain recursive"
    assert (found["pages"], found["rows"], found["is_whole"]) == (6, len(rows), True)
    assert 900 <= found["shape"]["size"] <= 1_000
    assert 170 <= found["shape"]["overlap"] <= 205
    assert found["shape"]["headings"] == "text"
    assert "overlap about" in found["is"]
    assert any("is shown once" in sentence for sentence in found["gives"])


def test_each_column_is_named_with_the_reason_why_it_is_read(run: Run) -> None:
    rows = [
        {"content": t, "meta": json.dumps({"file_path": s, "n": n}), "split_id": n}
        for s, n, _, t in cut()
    ]
    found = look(run, "--column", "text=content", write(rows, "d.parquet"))
    why = {column["ours"]: (column["theirs"], column["why"]) for column in found["columns"]}
    assert why["text"] == ("content", "configured")
    assert why["source"] == ("meta.file_path", "a usual name, in the JSON of 'meta'")
    assert found["maker"] == "Haystack"
    assert found["order"] == "by the numbers of 'split_id'"


def test_a_url_that_names_pages_is_said_to(run: Run) -> None:
    rows = [{"text": t, "url": f"https://x.org/{s[:-3]}#s{n}"} for s, n, _, t in cut()]
    found = look(run, write(rows))
    why = {column["ours"]: column["why"] for column in found["columns"]}
    assert why["source"] == "no column names a page, its url does"
    assert found["pages"] == 6


def test_as_many_pages_are_counted_as_a_build_makes_of_the_sources(run: Run) -> None:
    rows = [{"text": t, "source": s, "order": n} for s, n, _, t in cut()]
    versions = [row | {"version": version} for version in ("1.0", "2.0") for row in rows]
    assert look(run, write(versions))["pages"] == 2 * len(PAGES)
    numbered = [{"text": t, "source": f"{s}#{n}"} for s, n, _, t in cut()]
    assert look(run, write(numbered))["pages"] == len(PAGES)


def test_columns_that_are_not_read_and_look_useful_are_named(run: Run) -> None:
    rows = [
        {"text": t, "source": s, "nth": n, "label": f"Words of {s}", "was": f"https://x.org/{s}"}
        for s, n, _, t in cut()
    ]
    found = look(run, write(rows))
    like = {column["name"]: column["like"] for column in found["unused"]}
    assert like == {"nth": "order", "label": "title", "was": "url"}
    _, out, _ = run("inspect", "d.jsonl")
    assert "--column order=nth" in out
    assert look(run, "d.jsonl", "--column", "order=nth")["order"] == "by the numbers of 'nth'"


def test_columns_that_say_nothing_of_pages_are_not_praised(run: Run) -> None:
    rows = [
        {"text": t, "source": s, "made": "2024-01-02", "score": 0.5, "lang": "en", "size": len(t)}
        for s, _, _, t in cut()
    ]
    assert {c["like"] for c in look(run, write(rows))["unused"]} == {""}


def test_rows_that_lie_apart_are_doubted_unless_something_orders_them(run: Run) -> None:
    pieces = sorted(cut(), key=lambda piece: piece[1])
    doubts = look(run, write([{"text": t, "source": s} for s, _, _, t in pieces]))["doubts"]
    assert "order-unknown" in [doubt["code"] for doubt in doubts]
    rows = [{"text": t, "source": s, "chunk_index": n} for s, n, _, t in pieces]
    found = look(run, write(rows))
    assert "order-unknown" not in [doubt["code"] for doubt in found["doubts"]]
    assert found["order"] == "by the numbers of 'chunk_index'"


def test_headings_in_columns_and_marked_blank_lines_are_seen(run: Run) -> None:
    rows = [
        {"page_content": f"One {n}.  \nTwo {s}.", "source": s, "Header 1": s, "Header 2": f"H {n}"}
        for s in PAGES
        for n in range(5)
    ]
    found = look(run, write(rows))
    assert found["maker"] == "LangChain, split at headings"
    assert found["shape"]["headings"] == "columns"
    assert found["shape"]["marks_blank_lines"]
    assert found["shape"]["rows_are"] == "sections"


def test_elements_whole_pages_and_markdown_are_seen(run: Run) -> None:
    kinds = ("Title", "NarrativeText", "ListItem")
    meta = [{"filename": s} for s in PAGES]
    rows = [
        {"type": kind, "element_id": f"{s}{kind}", "text": f"{kind} words", "metadata": m}
        for s, m in zip(PAGES, meta, strict=True)
        for kind in kinds
    ]
    assert look(run, write(rows))["shape"]["rows_are"] == "elements"
    whole = [{"text": prose(n), "source": s} for n, s in enumerate(PAGES)]
    assert look(run, write(whole))["shape"]["rows_are"] == "pages"
    Path("docs").mkdir()
    Path("docs/a.md").write_text("# A\n\nText.\n", "utf-8")
    found = look(run, "docs")
    assert (found["kind"], found["pages"], found["is_whole"]) == ("markdown", 1, True)


@pytest.mark.parametrize("name", ["d.parquet", "d.jsonl"])
def test_of_a_large_dataset_some_rows_tell_about_how_many_there_are(run: Run, name: str) -> None:
    rows = [
        {"text": f"Words {n} of page {p}.", "source": f"docs/p{p}.md", "order": n}
        for p in range(4_000)
        for n in range(6)
    ]
    found = look(run, write(rows, name))
    assert found["rows"] == pytest.approx(24_000, rel=0.1)
    assert found["pages"] == pytest.approx(4_000, rel=0.1)
    assert found["is_whole"] == (name == "d.parquet")  # of which the sources alone are read


def test_of_a_large_dataset_in_no_order_that_is_seen(run: Run) -> None:
    rows = [
        {"text": f"Words {n} of page {p}.", "source": f"docs/p{p * 7919 % 4_000}.md", "order": n}
        for n in range(6)
        for p in range(4_000)
    ]
    pq.write_table(pa.Table.from_pylist(rows), "d.parquet", row_group_size=12_000)
    found = look(run, "d.parquet")
    assert (found["lie_apart"], found["pages"]) == (True, 4_000)
    assert found["shape"]["rows_are"] == "parts of pages"
    assert found["order"] == "by the numbers of 'order'"


def test_several_files_are_counted_by_their_sizes(run: Run) -> None:
    Path("data").mkdir()
    for number in range(8):
        rows = [{"text": t, "source": f"{number}/{s}"} for s, _, _, t in cut()]
        write(rows, f"data/d{number}.jsonl")
    found = look(run, "data")
    assert (found["files"], found["is_whole"]) == (8, False)
    assert found["pages"] == pytest.approx(48, abs=2)


def test_what_it_writes_builds_the_same_site(run: Run, tmp_path: Path) -> None:
    rows = [{"body": t, "metadata": {"source": s, "chunk_index": n}} for s, n, _, t in cut()]
    data = write(rows)
    run("build", data, "--no-search", "-o", "guessed")
    code, _, err = run("inspect", data, "--write")
    assert code == 0
    assert "sitegen.toml written" in err
    settings = tomllib.loads(Path("sitegen.toml").read_text("utf-8"))
    assert settings["input"] == data
    assert settings["columns"] == {
        "text": "body",
        "source": "metadata.source",
        "order": "metadata.chunk_index",
    }
    code, _, err = run("build", "--no-search", "-o", "written")
    assert code == 0, err
    page = "part3/page3/index.html"
    assert (tmp_path / "written" / page).read_bytes() == (tmp_path / "guessed" / page).read_bytes()


def test_a_guess_that_is_refused_stays_refused_in_what_it_writes(run: Run) -> None:
    rows = [{"text": t, "source": s, "id": f"{s}{n}"} for s, n, _, t in cut()]
    run("inspect", write(rows), "--column", "id=false", "--write")
    assert tomllib.loads(Path("sitegen.toml").read_text("utf-8"))["columns"] == {"id": False}


def test_a_configuration_that_is_there_is_not_overwritten(run: Run) -> None:
    Path("sitegen.toml").write_text('input = "d.jsonl"\n', "utf-8")
    write([{"text": "Hello.", "source": "a.md"}])
    code, _, err = run("inspect", "--write")
    assert code == 2
    assert "stays as it is" in err
    assert Path("sitegen.toml").read_text("utf-8") == 'input = "d.jsonl"\n'


def test_a_dataset_that_cannot_be_read_is_refused_as_by_a_build(run: Run) -> None:
    data = write([{"a": "Hello.", "b": "a.md"}])
    assert run("inspect", data) == run("build", data)


def test_the_rows_that_the_docs_show_of_each_library_are_seen_as_its_own(run: Run) -> None:
    sections = (CHECKOUT / "docs" / "your-dataset.md").read_text("utf-8").split("\n## ")[1:-1]
    for section in sections:
        name, row = section.split("\n", 1)[0], section.split("```json\n")[1].split("```")[0]
        Path("docs.jsonl").write_text(row, "utf-8")
        found = look(run, "docs.jsonl")
        assert (found["maker"], found["pages"]) == (name, 1)
        code, out, err = run("build", "docs.jsonl", "--no-search", "-o", name)
        assert code == 0, (out, err)
        pages = "".join(page.read_text("utf-8") for page in Path(name).rglob("*.html"))
        assert "Start" in pages
        assert name == "unstructured" or "Unpack the pump." in pages


@pytest.mark.real
@pytest.mark.skipif(not FOREIGN.is_dir(), reason="no shared data beside the checkout")
def test_the_datasets_of_all_libraries_are_looked_at(run: Run) -> None:
    wanted = {
        "lc_rec1000_o200.parquet": "LangChain recursive",
        "lc_header_flat.parquet": "LangChain, split at headings",
        "li_sentence_default.parquet": "LlamaIndex",
        "hs_word200_o20.parquet": "Haystack",
        "ck_recursive1000.parquet": "chonkie",
        "dl_hybrid_flat.parquet": "docling",
        "un_elements.jsonl": "unstructured",
        "db_excerpts.parquet": "doc-builder's search",
    }
    for data in sorted(FOREIGN.iterdir()):
        found = look(run, str(data))
        assert found["pages"] in {52, 75}, data.name
        assert found["maker"] == wanted.get(data.name, found["maker"])
