"""Rows as other libraries make them become pages, whatever their shape."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.model import LinkSpace
from sitegen.render import render
from tests.pipeline.foreign import FIRST, PUMP, Row, codes, documents, jsonl, page, pages

WHOLE = "# Pump\n\nA pump moves water.\n\nClose the valve last.\n"
LAST = "Close the valve last."
SHUFFLED = ((21, LAST), (0, FIRST))
OF_PUMP = {"source": PUMP}


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
    named = [row | {"id": f"{'abcdefg'[n % 7]}{n}"} for n, row in enumerate(rows)]
    assert "order-unknown" in codes(jsonl(tmp_path, named))  # these ids count nothing


def test_a_comment_that_a_splitter_cut_is_a_comment(tmp_path: Path) -> None:
    rows = [
        {"text": "<!--Copyright. All rights reserved.\n\nUnder the licence.\n\n", "source": PUMP},
        {"text": "Without any warranty.\n\n-->\n\n# Pumps\n\n", "source": PUMP},
        {"text": "A pump moves water.\n", "source": PUMP},
    ]
    body = render(*documents(jsonl(tmp_path, rows)), LinkSpace())
    assert "warranty" not in body.html
    assert "<h1" in body.html


HTML = """<h1>Pumps</h1>
<p>A *pump* moves water.</p>
<ul>

    <li>Open it.</li>
</ul>
<pre><code># a comment

start()
</code></pre>
<p>Wait.</p>"""


def test_texts_of_html_are_shown_as_it_says_with_their_code_whole(tmp_path: Path) -> None:
    rows = [{"content": HTML, "url": f"https://e.org/docs/{name}"} for name in ("pumps", "valves")]
    for document in documents(jsonl(tmp_path, rows)):
        html = render(document, LinkSpace()).html
        assert "<p>A *pump* moves water.</p>" in html
        assert "<li>Open it.</li>" in html
        assert "# a comment\n\nstart()\n</code></pre>" in html
        assert html.count("<h") == 1


def test_texts_of_markdown_that_begin_with_html_are_markdown(tmp_path: Path) -> None:
    rows = [{"text": "<p>Wait.</p>", "source": PUMP}, {"text": "A *pump*.", "source": PUMP}]
    html = render(*documents(jsonl(tmp_path, rows)), LinkSpace()).html
    assert "<em>pump</em>" in html
