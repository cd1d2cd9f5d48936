from __future__ import annotations

from typing import Any

import pytest

from sitegen.read.cells.elements import Elements
from sitegen.read.cells.run_in_lists import RunIn, run_in_list
from sitegen.read.text import Tally


def written(kind: str, text: str, **told: Any) -> str:
    return Elements(Tally()).markdown(kind, text, told, 0).strip()


@pytest.mark.parametrize(
    ("text", "mark", "items"),
    [
        ("Pumps are: - small - large", "-", ("small", "large")),
        ("Pumps: * A * B 2 * C", "*", ("A", "B 2", "C")),
        (
            "Two steps: 1. Open it, see 7. below. 2. Wait.",
            "1.",
            ("Open it, see 7. below.", "Wait."),
        ),
        ("By: - Varuna - OSLO - the last one", "-", ("Varuna", "OSLO - the last one")),
        ("Note: - it runs. - It stops", "-", ("it runs.", "It stops")),
        ("Sizes: - 5 by 5 - as it comes. - none", "-", ("5 by 5", "as it comes.", "none")),
    ],
)
def test_a_list_that_was_run_into_its_paragraph_is_taken_out_of_it(
    text: str, mark: str, items: tuple[str, ...]
) -> None:
    assert run_in_list(text) == RunIn(f"{text.partition(':')[0]}:", mark, items)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2 * 3 * x",
            "See: it - and that - works",
            "A ratio: 1. all",
            "At: - 5 degrees",
            "a:",
            "",
        ),
        "Note: - 5 degrees - 10 degrees",
    ],
)
def test_a_paragraph_without_a_list_stays_as_it_is(text: str) -> None:
    assert run_in_list(text) == RunIn(text)


def test_a_list_in_an_item_stands_inside_it() -> None:
    inner = "1. One:\n\n   - a\n   - b"
    assert written("NarrativeText", "Do: 1. One: - a - b 2. Two") == f"Do:\n\n{inner}\n1. Two"
    assert written("ListItem", "Pumps: * A * B") == "- Pumps:\n\n  * A\n  * B"


def test_what_is_no_prose_keeps_its_marks() -> None:
    assert written("Title", "Pumps: - a - b") == "## Pumps: - a - b"
    assert written("CodeSnippet", "x: - a - b") == "```\nx: - a - b\n```"


def test_the_members_of_an_object_are_left_as_they_stand() -> None:
    line = "[[autodoc]] Pump - start - stop"
    told = {"emphasized_text_contents": ["start"], "emphasized_text_tags": ["b"]}
    for kind in ("UncategorizedText", "CompositeElement"):
        assert written(kind, line, **told) == line


def test_lists_in_items_of_lists_have_an_end() -> None:
    deep = written("Text", "a: 1. b 2. " * 2000 + "c")
    assert deep.count("\n") < 20
    assert deep.count("b") == 2000


def test_each_item_has_the_links_that_stood_in_it() -> None:
    told = {"link_texts": ["here", "x - y", "here"], "link_urls": ["/1", "/2", "/3"]}
    assert written("Text", "See: - a here - b x - y - c here", **told) == (
        "See:\n\n- a [here](/1)\n- b [x - y](/2)\n- c [here](/3)"
    )


@pytest.mark.parametrize("text", ["A:\n- one\n  - inner\n- two", "A:\n1. x\n2. y\n\nBelow."])
def test_a_list_whose_lines_are_as_they_were_stays_as_it_is(text: str) -> None:
    assert written("Text", text) == text


@pytest.mark.parametrize("kind", ["Formula", "Table", "Address"])
def test_signs_in_formulas_and_tables_are_no_marks_of_lists(kind: str) -> None:
    assert written(kind, "f: - x - y") == "f: - x - y"


def test_links_in_many_items_take_little_time() -> None:
    told = {"link_texts": ["none"] * 1000, "link_urls": ["/1"] * 1000}
    assert written("Text", "a: " + "- x " * 5000, **told).count("\n- x") == 5000
