"""Chunk datasets as other libraries make them: each kind once, as small as it can be."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.errors import ReadError
from sitegen.model import Document, LinkSpace
from sitegen.pipeline.documents import agree
from sitegen.pipeline.gather import gather
from sitegen.pipeline.restoring import restored
from sitegen.render import render
from sitegen.store.recall import NOTHING_KEPT

Row = Mapping[str, object]
PUMP = "docs/pump.md"
FIRST = "A pump moves water."


def made(config: Config) -> tuple[list[Document], set[str]]:
    """The restored documents of an input, and the codes of what was noticed on the way."""
    gathered = gather(config)
    ground = agree(config, gathered, NOTHING_KEPT)
    found = restored(gathered.documents, ground.titles, ground.evidence, NOTHING_KEPT)
    return [each.document for each in found], {notice.code for notice in ground.notices}


def documents(path: Path, **settings: object) -> list[Document]:
    return made(Config(input=(str(path),), **settings))[0]  # type: ignore[arg-type]


def jsonl(folder: Path, rows: Sequence[Row], name: str = "d.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def pages(path: Path, **settings: object) -> dict[str, str]:
    return {document.id: document.text for document in documents(path, **settings)}


def page(folder: Path, rows: Sequence[Row], **settings: object) -> str:
    (text,) = pages(jsonl(folder, rows), **settings).values()
    return text


def codes(path: Path) -> set[str]:
    return made(Config(input=(str(path),)))[1]


STEPS = "# Pumps\n\nA pump moves water.\n\n## Start the pump\n\nOpen the valve first.\n"


@pytest.mark.parametrize(
    "rows",
    [
        [
            {"text": "A pump moves water.", "source": PUMP, "heading": "Pumps"},
            {"text": "Open the valve first.", "source": PUMP, "heading": "Start the pump"},
        ],
        [
            {"page_content": "A pump moves water.", "source": PUMP, "Header 1": "Pumps"},
            {
                "page_content": "Open the valve first.",
                "source": PUMP,
                "Header 1": "Pumps",
                "Header 2": "Start the pump",
            },
        ],
        [
            {"page_content": "A pump moves water.", "metadata": {"source": PUMP, "h1": "Pumps"}},
            {
                "page_content": "Open the valve first.",
                "metadata": {"source": PUMP, "h1": "Pumps", "h2": "Start the pump"},
            },
        ],
        [
            {"text": "A pump moves water.", "source": PUMP, "headings": ["Pumps"]},
            {
                "text": "Open the valve first.",
                "source": PUMP,
                "headings": ["Pumps", "Start the pump"],
            },
        ],
        [
            {"text": "A pump moves water.", "source": PUMP, "section": "Pumps"},
            {"text": "Open the valve first.", "source": PUMP, "section": "Pumps > Start the pump"},
        ],
        [
            {"text": "# Pumps\nA pump moves water.", "source": PUMP, "header_path": "/"},
            {
                "text": "## Start the pump\nOpen the valve first.",
                "source": PUMP,
                "header_path": "/Pumps/",
            },
        ],
        [
            {
                "text": "A pump moves water.",
                "source": PUMP,
                "header": "Pumps",
                "parent_headers": [],
            },
            {
                "text": "Open the valve first.",
                "source": PUMP,
                "header": "Start the pump",
                "parent_headers": ["Pumps"],
            },
        ],
        [
            {"url": "https://e.org/pump/", "text": "A pump moves water.", "heading": "Pumps"},
            {
                "url": "https://e.org/pump/#start",
                "text": "Open the valve first.",
                "heading": "Start the pump",
            },
        ],
        [
            {"text": "Pumps\nA pump moves water.", "source": PUMP},
            {"text": "Pumps\nStart the pump\nOpen the valve first.", "source": PUMP},
        ],
        [
            {"text": "Pumps\nA pump moves water.", "source": PUMP, "headings": ["Pumps"]},
            {
                "text": "Pumps\nStart the pump\nOpen the valve first.",
                "source": PUMP,
                "headings": ["Pumps", "Start the pump"],
            },
        ],
        [
            {
                "type": "Title",
                "text": "Pumps",
                "metadata": {"filename": PUMP, "category_depth": 0},
            },
            {
                "type": "NarrativeText",
                "text": "A pump moves water.",
                "metadata": {"filename": PUMP},
            },
            {
                "type": "Title",
                "text": "Start the pump",
                "metadata": {"filename": PUMP, "category_depth": 1},
            },
            {
                "type": "NarrativeText",
                "text": "Open the valve first.",
                "metadata": {"filename": PUMP},
            },
        ],
    ],
    ids=[
        *("heading", "Header-1-2", "in-metadata", "list", "path", "held-by-the-text", "parents"),
        *("url-only", "context", "context-and-list", "elements"),
    ],
)
def test_headings_come_from_wherever_a_dataset_has_them(tmp_path: Path, rows: list[Row]) -> None:
    assert page(tmp_path, rows).replace("Pumps\nA", "Pumps\n\nA").replace("p\nO", "p\n\nO") == STEPS


def test_a_column_tells_the_level_of_a_heading_also_of_one_without_text(tmp_path: Path) -> None:
    rows = [
        {"text": "A pump moves water.", "source": PUMP, "heading": "Pumps", "level": 1},
        {"text": "", "source": PUMP, "heading": "Start", "level": 3},
        {"text": "Open the valve first.", "source": PUMP, "heading": "Valves", "level": "h5"},
        {"text": "Wait.", "source": PUMP, "heading": "Stop", "level": 3},
    ]
    assert re.split(r"\n{2,}", page(tmp_path, rows)) == [
        *("# Pumps", "A pump moves water.", "### Start", "##### Valves", "Open the valve first."),
        *("### Stop", "Wait.\n"),
    ]


def test_rows_without_a_blank_line_inside_are_not_taken_for_a_dataset_that_lost_them(
    tmp_path: Path,
) -> None:
    passages = [
        *("# Pumps\n\n", "- oil\n- grease\n\n", "```toml\n[a]\n\n", "[[b]]\nc = 1\n```\n\n"),
        *("| a |\n|---|\n| b |\n\n", "Text.\n- oil\n\n", "Text.\n- oil\n\n", "Text.\n- oil\n\n"),
    ]
    rows = [{"content": passage, "path": PUMP} for passage in passages]
    assert "[a]\n\n[[b]]\nc = 1" in page(tmp_path, rows)


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("The __init__ method", r"## The \_\_init\_\_ method"),
        ("Use <pad> tokens", r"## Use \<pad\> tokens"),
        ("### Start the pump", "### Start the pump"),
        ("List[str] *args", r"## List\[str\] \*args"),
        (" Spaces ", "## Spaces"),
        ("The `Pump` class", "## The `Pump` class"),
        ("Costs #", r"## Costs \#"),
        ("R&D &amp; more", r"## R&D \&amp; more"),
    ],
)
def test_the_words_of_a_heading_are_shown_as_they_are(
    tmp_path: Path, heading: str, shown: str
) -> None:
    rows = [
        {"text": "Intro.", "source": PUMP, "source_section": "#pump", "heading": "Pump"},
        {"text": "Text.", "source": PUMP, "source_section": "#s", "heading": heading},
    ]
    lines = page(tmp_path, rows).split("\n")
    assert [line for line in lines if line.startswith("#")][1] == shown


WHOLE = "# Pump\n\nA pump moves water.\n\nClose the valve last.\n"
LAST = "Close the valve last."
SHUFFLED = ((21, LAST), (0, FIRST))
OF_PUMP = {"source": PUMP}
OF_FILE = {"source_file": "pump.md"}


@pytest.mark.parametrize(
    "rows",
    [
        [
            {"text": t, "metadata": {"source": PUMP, "chunk_index": n}}
            for n, t in ((1, LAST), (0, FIRST))
        ],
        [{"text": t, "metadata": json.dumps({"source": PUMP})} for t in (FIRST, LAST)],
        [{"id": "d41d8cd9", "text": t, "source": PUMP} for t in (FIRST, LAST)],
        [{"text": t, "source": PUMP, "split_id": n} for n, t in SHUFFLED],
        [{"text": t, "source": PUMP, "start_index": n} for n, t in SHUFFLED],
        [{"document_filename": PUMP, "chunks": [{"chunk_text": FIRST}, {"chunk_text": LAST}]}],
        [
            {
                "document_filename": PUMP,
                "document_text": f"{FIRST}\n\n{LAST}",
                "chunks": [{"chunk_text": "A pump"}, {"chunk_text": "moves"}],
            }
        ],
        [
            {"kwargs": {"page_content": t, "metadata": {"source": PUMP}}, "id": ["a"]}
            for t in (FIRST, LAST)
        ],
        [{"payload": {"page_content": t, "metadata": OF_PUMP}} for t in (FIRST, LAST)],
        [
            {"documents": t, "metadatas": {"source_path": PUMP, "source_file": "pump.md"}}
            for t in (FIRST, LAST)
        ],
        [{"text": f"{FIRST}  \n{LAST}", "source": PUMP}],
        [{"text": t, "filename": "pump.md", "file_directory": "docs"} for t in (FIRST, LAST)],
    ],
    ids=[
        *("metadata-object", "metadata-json", "id-of-the-page", "split-id", "start-index", "list"),
        *("whole-beside-list", "langchain-dump", "qdrant", "chroma", "two-blanks", "folder"),
    ],
)
def test_rows_become_a_page_whatever_their_shape(tmp_path: Path, rows: list[Row]) -> None:
    assert page(tmp_path, rows) == WHOLE


@pytest.mark.parametrize(
    "names",
    [
        *(("chunk_content", "uri"), ("content", "metadata_source"), ("markdown", "source_file")),
        *(("text", "doc_title"), ("text", "document_id"), ("text", "file_name")),
        *(("text", "repo_path"), ("text", "source_url"), ("chunk", "document_name")),
        *(("pageContent", "filePath"), ("Page Content", "File-Path"), ("passage", "doc")),
    ],
    ids="-".join,
)
def test_columns_are_found_by_many_names(tmp_path: Path, names: tuple[str, str]) -> None:
    assert "A pump moves water." in page(tmp_path, [{names[0]: FIRST, names[1]: PUMP}])


def test_a_title_column_names_the_page(tmp_path: Path) -> None:
    path = jsonl(tmp_path, [{"text": FIRST, "source": "docs/a17.md", "title": "All about pumps"}])
    assert [document.title for document in documents(path)] == ["All about pumps"]


def test_a_source_that_names_the_project_gives_way_to_the_urls(tmp_path: Path) -> None:
    rows = [
        {"content": f"# {name}\n\nText.", "url": f"https://e.org/pumps/{name}", "source": "pumps"}
        for name in ("install", "use")
    ]
    path = jsonl(tmp_path, rows)
    assert sorted(pages(path)) == ["install", "use"]
    assert "grouped-by-url" in codes(path)


def test_ids_that_count_within_a_page_get_its_name(tmp_path: Path) -> None:
    rows = [{"text": "T.", "source": f"docs/{name}.md", "id": 0} for name in ("pump", "valve")]
    found = documents(jsonl(tmp_path, rows))
    assert [document.sections[0].chunk_id for document in found] == ["pump:0", "valve:0"]


def test_rows_that_lie_apart_without_an_order_are_warned_of(tmp_path: Path) -> None:
    rows = [{"text": f"Text {n}.", "source": f"docs/{n % 3}.md"} for n in range(30)]
    path = jsonl(tmp_path, rows)
    assert "order-unknown" in codes(path)
    ordered = [row | {"chunk_index": n} for n, row in enumerate(rows)]
    assert "order-unknown" not in codes(jsonl(tmp_path, ordered))


def test_a_comment_that_a_splitter_cut_is_a_comment(tmp_path: Path) -> None:
    rows = [
        {"text": "<!--Copyright. All rights reserved.\n\nUnder the licence.\n\n", "source": PUMP},
        {"text": "Without any warranty.\n\n-->\n\n# Pumps\n\n", "source": PUMP},
        {"text": "A pump moves water.\n", "source": PUMP},
    ]
    body = render(*documents(jsonl(tmp_path, rows)), LinkSpace())
    assert "warranty" not in body.html
    assert "<h1" in body.html


def test_a_packed_file_is_read_as_what_is_inside(tmp_path: Path) -> None:
    data = (json.dumps({"text": FIRST, "source": PUMP}) + "\n").encode()
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(data))
    with pa.CompressedOutputStream(str(tmp_path / "e.jsonl.zst"), "zstd") as file:
        file.write(data)
    for name in ("d.jsonl.gz", "e.jsonl.zst"):
        assert FIRST in pages(tmp_path / name)["pump"]
    (tmp_path / "f.jsonl.gz").write_bytes(gzip.compress(data * 99)[:60])
    with pytest.raises(ReadError, match="may be cut short"):
        pages(tmp_path / "f.jsonl.gz")


def test_a_pointer_of_git_lfs_is_named_as_such(tmp_path: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    (tmp_path / "d.parquet").write_text(pointer)
    with pytest.raises(ReadError, match="git lfs pull"):
        pages(tmp_path / "d.parquet")


@pytest.mark.parametrize(
    ("card", "read"),
    [
        ("", "chunks"),
        ("configs:\n- config_name: documents\n- config_name: chunks\n", "documents"),
        ("configs:\n- config_name: documents\n- config_name: chunks\n  default: true\n", "chunks"),
        (
            "configs:\n- config_name: a\n  data_files:\n  - split: train\n    path: documents/*\n"
            "- config_name: b\n  data_files: chunks/*\n",
            "documents",
        ),
    ],
    ids=["no-card", "the-first", "the-default", "patterns"],
)
def test_of_several_configurations_the_card_decides(tmp_path: Path, card: str, read: str) -> None:
    for name, columns in (("chunks", ("text", "source")), ("documents", ("document", "name"))):
        (tmp_path / name).mkdir()
        table = pa.table({columns[0]: [f"From {name}."], columns[1]: [PUMP]})
        pq.write_table(table, tmp_path / name / "train-0.parquet")
    if card:
        (tmp_path / "README.md").write_text(f"---\n{card}---\n\n# Card\n")
    assert f"From {read}." in pages(tmp_path)["pump"]
    assert "config-chosen" in codes(tmp_path)


def test_another_configuration_is_read_by_name(tmp_path: Path) -> None:
    for name, column in (("chunks", "text"), ("documents", "content")):
        (tmp_path / name).mkdir()
        jsonl(tmp_path / name, [{column: f"From {name}.", "source": PUMP}])
    assert "From documents." in pages(tmp_path, config_name="documents")["pump"]
    with pytest.raises(ReadError, match="did you mean 'documents'"):
        pages(tmp_path, config_name="document")


def test_what_a_refusal_advises_works_to_the_letter(tmp_path: Path) -> None:
    path = jsonl(tmp_path, [{"markdown_body": FIRST, "origin": PUMP}])
    with pytest.raises(ReadError) as caught:
        pages(path)
    advice = 'columns = { text = "NAME", source = "NAME" }'
    assert advice in str(caught.value)
    assert "--column text=NAME --column source=NAME" in str(caught.value)
    said = advice.replace('text = "NAME"', 'text = "markdown_body"').replace("NAME", "origin")
    (tmp_path / "sitegen.toml").write_text(said)
    config = load_config(flags={"input": ("d.jsonl",)}, cwd=tmp_path)
    assert FIRST in made(config)[0][0].text


def test_a_guess_can_be_refused(tmp_path: Path) -> None:
    rows = [{"text": FIRST, "source": PUMP, "id": "7", "title": "Not the title"}]
    refused = MappingProxyType({"title": "", "id": ""})
    (document,) = documents(jsonl(tmp_path, rows), columns=refused)
    assert (document.title, document.sections[0].chunk_id) == ("Pump", "")


def test_the_report_says_what_was_cut_and_which_chunks_were_joined_by_guess(tmp_path: Path) -> None:
    last = "Open the valve first, then press the green button."
    texts = [f"# Pumps\n\nA pump.\n\n{last}", f"{last}\n\nWait and", "stop.", "# Valves\n\nDone."]
    path = jsonl(tmp_path, [{"text": text, "source": PUMP} for text in texts])
    build(Config(input=(str(path),), output=tmp_path / "site", jobs=1, search=False))
    (page,) = json.loads((tmp_path / "site" / "build.json").read_text("utf-8"))["pages"]
    assert page["joined"] == {"guessed": [2], "overlap": len(last)}


def test_elements_name_the_chunks_that_begin_inside_of_them(tmp_path: Path) -> None:
    texts = ["# Pumps\n\nA pump moves water from a", "low place to a high", "one.\n\nDone."]
    rows = [
        {"text": text, "source": PUMP, "id": f"p {number}"} for number, text in enumerate(texts)
    ]
    build(Config(input=(str(jsonl(tmp_path, rows)),), output=tmp_path / "s", jobs=1, search=False))
    html = (tmp_path / "s" / "pump" / "index.html").read_text("utf-8")
    assert '<p data-chunks="p%201 p%202">A pump moves water from a low place' in html
