"""What other libraries write above each chunk, or in one column, is said once, where it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.pipeline.foreign import documents, jsonl

PAGES = {
    "docs/pump.md": ("Pump guide", ("Pump", "Use", "Stop")),
    "docs/api/valve.md": ("Valve API", ("Valve", "Turn", "Oil")),
}
Row = Callable[[str, str, int, str, str], Mapping[str, object]]


def written(folder: Path, row: Row) -> list[str]:
    """The texts of both pages, each in one line, of rows made of their sections."""
    rows = [
        row(source, title, number, heading, f"About {heading.lower()}. It works.")
        for source, (title, headings) in PAGES.items()
        for number, heading in enumerate(headings)
    ]
    found = {each.id: each.text for each in documents(jsonl(folder, rows))}
    assert sorted(found) == ["api/valve", "pump"]
    return [re.sub(r"\n+", " / ", found[id].strip()) for id in ("pump", "api/valve")]


def expected(below: str, first: str = "") -> list[str]:
    """The texts of both pages: the title, and what stands above each text."""
    return [
        " / ".join(
            [f"# {title}"]
            + [
                f"{(below if number else first).format(heading)}About {heading.lower()}. It works."
                for number, heading in enumerate(headings)
            ]
        )
        for title, headings in PAGES.values()
    ]


@pytest.mark.parametrize("joint", [" | ", " / ", " :: ", " > ", " -> ", " » ", " › ", ">", "\n"])
@pytest.mark.parametrize("name", ["breadcrumb", "headingPath"])
def test_a_column_of_paths_has_any_sign_between_its_steps(
    tmp_path: Path, joint: str, name: str
) -> None:
    def row(source: str, title: str, number: int, heading: str, text: str) -> dict[str, object]:
        return {"text": text, "source": source, name: joint.join((title, heading)[: number + 1])}

    assert written(tmp_path, row) == expected("## {} / ")


def test_a_bar_in_a_heading_is_a_bar(tmp_path: Path) -> None:
    rows = [{"text": "Text.", "source": "a.md", "heading": "A | B"}]
    assert "# A | B\n\nText." in documents(jsonl(tmp_path, rows))[0].text


def test_the_name_of_the_site_is_no_heading_of_its_pages(tmp_path: Path) -> None:
    def row(source: str, title: str, number: int, heading: str, text: str) -> dict[str, object]:
        path = ["My docs", title, heading][: number + 2]
        return {"text": text, "source": source, "headings": path}

    assert written(tmp_path, row) == expected("## {} / ")


@pytest.mark.parametrize(
    "above",
    ["{title}\n\n", "# {title}\n\n", "# {title}\n", "Title: {title}\n\n", "Page: {title}\n"],
)
def test_the_title_above_each_chunk_is_that_of_the_page(tmp_path: Path, above: str) -> None:
    def row(source: str, title: str, _: int, _heading: str, text: str) -> dict[str, object]:
        return {"text": above.format(title=title) + text, "source": source}

    assert written(tmp_path, row) == expected("")


@pytest.mark.parametrize(
    "above",
    [
        *("{title}\n{heading}\n", "# {title}\n\n## {heading}\n\n", "{title} > {heading}\n\n"),
        *("Page: {title}\nSection: {heading}\n\n", "{title} -> {heading}\n"),
    ],
)
def test_the_path_above_each_chunk_is_that_of_its_headings(tmp_path: Path, above: str) -> None:
    def row(source: str, title: str, _: int, heading: str, text: str) -> dict[str, object]:
        return {"text": above.format(title=title, heading=heading) + text, "source": source}

    assert written(tmp_path, row) == expected("## {} / ", "## {} / ")


@pytest.mark.parametrize("above", ["{title}\n\n", "{title}\n{heading}\n\n", "{heading}\n"])
def test_what_columns_say_stands_above_no_text(tmp_path: Path, above: str) -> None:
    def row(source: str, title: str, _: int, heading: str, text: str) -> dict[str, object]:
        said = above.format(title=title, heading=heading)
        return {"text": said + text, "source": source, "title": title, "heading": heading}

    pump, valve = written(tmp_path, row)
    assert pump == "# Pump / About pump. It works. / ## Use / About use. It works. / " + (
        "## Stop / About stop. It works."
    )
    assert "Valve API" not in valve


def test_a_heading_that_a_page_has_twice_stays(tmp_path: Path) -> None:
    texts = ("# Pump\n\n## Use\n\nOne.", "## Use\n\nTwo.", "## Use\n\nThree.")
    rows = [{"text": text, "source": "a.md"} for text in texts]
    (document,) = documents(jsonl(tmp_path, rows))
    assert document.text.count("## Use") == 3


@pytest.mark.parametrize(
    "form", ["{}::{}", "{}#{}", "{}-{}", "{}_chunk_{}", "{}:{}", "{} {}", "{}_{}", "{}.{}", "{}/{}"]
)
@pytest.mark.parametrize("name", ["id", "chunk_id", "_id"])
def test_ids_that_begin_with_the_path_of_a_page_name_it(
    tmp_path: Path, form: str, name: str
) -> None:
    def row(source: str, _title: str, number: int, _: str, text: str) -> dict[str, object]:
        return {name: form.format(source, number), "text": text}

    pump, valve = written(tmp_path, row)
    assert pump == "# Pump / About pump. It works. / About use. It works. / About stop. It works."
    assert valve.startswith("# Valve / About valve.")


def test_ids_that_name_pages_leave_the_titles_to_their_column(tmp_path: Path) -> None:
    def row(source: str, title: str, number: int, _: str, text: str) -> dict[str, object]:
        return {"_id": f"{source}::{number}", "title": title, "text": text}

    assert written(tmp_path, row) == expected("")


@pytest.mark.parametrize(
    "row",
    [
        lambda s, _t, n, _h, x: {"doc_id": s, "chunk_id": n, "text": x},
        lambda s, _t, n, _h, x: {"doc_id": s, "chunk_id": f"{s}-{n}", "text": x},
        lambda s, _t, n, _h, x: {"origin": s, "ordinal": n, "chunk_body": x},
        lambda s, _t, n, _h, x: {
            "metadata": {"text": x, "source": s, "chunk": n},
            "id": f"{s}#{n}",
        },
        lambda s, _t, n, _h, x: {"properties": {"body": x, "filepath": s, "chunk": n}},
        lambda s, _t, n, _h, x: {"docPath": s, "chunkNumber": n, "chunkText": x},
        lambda s, _t, n, _h, x: {"source": s if n == 0 else f"{s}#{n}", "text": x},
        lambda s, _t, n, _h, x: {"sentence": x, "document_id": s, "sentence_id": n},
        lambda s, _t, n, _h, x: {"data": x, "meta": {"path": s, "seqNum": n}},
        lambda s, _t, n, _h, x: {"contents": x, "src": s, "chunkPosition": n},
    ],
)
def test_rows_of_further_names_and_shapes_are_pages(tmp_path: Path, row: Row) -> None:
    pump, valve = written(tmp_path, row)
    assert pump == "# Pump / About pump. It works. / About use. It works. / About stop. It works."
    assert (
        valve == "# Valve / About valve. It works. / About turn. It works. / About oil. It works."
    )
