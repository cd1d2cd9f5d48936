"""Lines at the head of each text that say where it comes from."""

from __future__ import annotations

import pytest

from tests.assemble.chunks import chunk, put_together

URL = "https://pumps.org/docs/start"


def pages(*texts: str) -> dict[str, tuple[str, str]]:
    rows = [chunk(f"{n}.md", text, row=n) for n, text in enumerate(texts)]
    return {d.id: (d.title, d.text.strip()) for d in put_together(rows)[0].documents}


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
    ],
    ids=["source", "title-source-content", "jina", "llms-full", "bold", "anything-llm"],
)
def test_labels_at_the_head_of_all_texts_are_taken_off(text: str, title: str, rest: str) -> None:
    assert pages(text, text) == {"0": (title, rest), "1": (title, rest)}


@pytest.mark.parametrize(
    "text",
    [
        "Source: the well of the village.",
        "Title: Start\n\nUnpack it.",
        "Note: docs/start.md tells more.",
    ],
)
def test_what_tells_no_place_is_text(text: str) -> None:
    assert pages(text, text)["0"][1] == text


def test_a_label_of_some_texts_alone_is_text() -> None:
    text = "Source: docs/start.md\n\nUnpack it."
    assert pages(text, "Other.")["0"][1] == text
