"""Headings of chunk datasets as other libraries make them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pipeline.foreign import PUMP, Row, page

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
