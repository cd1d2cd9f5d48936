"""Lines at the head of each text that say where it comes from."""

from __future__ import annotations

import pytest

from tests.assemble.chunks import chunk, put_together

URL = "https://pumps.org/docs/start"


def pages(*texts: str) -> dict[str, tuple[str, str]]:
    rows = [chunk(f"{n}/docs/start.md", text, row=n) for n, text in enumerate(texts)]
    return {d.id[0]: (d.title, d.text.strip()) for d in put_together(rows)[0].documents}


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Source: docs/start.md\n\nUnpack it.", "", "Unpack it."),
        (f"Title: Start\nSource: {URL}\nContent: Unpack it.", "Start", "Unpack it."),
        (
            f"Title: Start\n\nURL Source: {URL}\n\nMarkdown Content:\nUnpack it.",
            "Start",
            "Unpack it.",
        ),
        (f"# Start\nSource: {URL}\n\nUnpack it.", "", "# Start\n\nUnpack it."),
        ("**File:** docs/start.md\nUnpack it.", "", "Unpack it."),
        (
            "<document_metadata>\nsourceDocument: a.md\n</document_metadata>\n\nUnpack it.",
            "",
            "Unpack it.",
        ),
        ("[Source: docs/start.md]\nUnpack it.", "", "Unpack it."),
        ("file_name: docs/start.md\n contents: Unpack it.", "", "Unpack it."),
        ("Context: how to begin.\n\nContent: Unpack it.", "", "Unpack it."),
        (
            "<document>\n<source>start.md</source>\n<document_content>\nUnpack it.\n"
            "</document_content>\n</document>",
            "",
            "Unpack it.",
        ),
    ],
    ids=[
        *("source", "title-source-content", "jina", "llms-full", "bold", "anything-llm"),
        *("brackets", "autorag", "context", "xml"),
    ],
)
def test_labels_at_the_head_of_all_texts_are_taken_off(text: str, title: str, rest: str) -> None:
    assert pages(text, text) == {"0": (title, rest), "1": (title, rest)}


@pytest.mark.parametrize(
    "text",
    [
        "Source: the well of the village.",
        "Title: Start\n\nUnpack it.",
        "Context: pumps.\n\nUnpack it.",
        "Note: docs/start.md tells more.",
        "Path: /v1/start\n\nUnpack it.",
        "Link: https://filters.org\n\nThey sell filters.",
        "File: etc/start.conf\n\nIt has a line for each pump.",
    ],
)
def test_what_tells_no_place_is_text(text: str) -> None:
    assert pages(text, text)["0"][1] == text


def test_a_label_of_some_texts_alone_is_text() -> None:
    text = "Source: docs/start.md\n\nUnpack it."
    assert pages(text, "Other.")["0"][1] == text


def test_front_matter_above_each_text_of_a_page_is_said_once() -> None:
    front = "---\nsource: docs/start.md\ntitle: Start\n---\n\n"
    rows = [chunk("a.md", f"{front}{text}", row=n) for n, text in enumerate(("One.", "Two."))]
    (page,) = put_together(rows)[0].documents
    assert (page.title, page.text.split()) == ("Start", ["One.", "Two."])


def test_lines_of_code_below_a_title_are_no_headings() -> None:
    texts = ("Two of it.", "steps = 3\nrun(steps)\n```")
    rows = [
        chunk(f"{name}.md", f"Pump {name}\n{text}", row=n)
        for n, (name, text) in enumerate((name, text) for name in "ab" for text in texts)
    ]
    for page in put_together(rows)[0].documents:
        assert "steps = 3\nrun(steps)" in page.text


def test_many_sources_of_a_document_that_is_not_closed_are_read_at_once() -> None:
    text = "<document>\n" + "<source>start.md</source>\n" * 1_000 + "<text>\nUnpack it."
    assert "Unpack it." in pages(text, text)["0"][1]


def test_what_is_left_out_above_texts_is_named_once() -> None:
    rows = [chunk("docs/start.md", f"Source: docs/start.md\n\nStep {n}.", row=n) for n in range(3)]
    (found,) = (each for each in put_together(rows)[1] if each.code == "label-above")
    assert "'Source: docs/start.md'" in found.message
    assert found.location.row == 0
