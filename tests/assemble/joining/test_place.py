from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.assemble.joining.place import Place, is_in_tag
from sitegen.assemble.joining.style import Style

PIECES = st.sampled_from(
    ["\n", "\n\n", "```", "~~~", "<!--", "-->", "- ", " ", "1. ", "(", ")", "{", "a", "'"]
)


def place(*texts: str) -> Place:
    here = Place(Style())
    for text in texts:
        here.feed(text)
    return here


def said(here: Place) -> tuple[object, ...]:
    inside = here.brackets.indent_below(here.line, "a") if here.in_code else None
    return here.in_code, here.in_comment, here.in_list, here.fence_indent, here.line, inside


@given(st.lists(PIECES))
def test_a_place_is_the_same_however_the_text_before_it_came(pieces: list[str]) -> None:
    asked = place()
    for piece in pieces:
        asked.feed(piece)
        said(asked)  # asking changes nothing
    assert said(asked) == said(place(*pieces)) == said(place("".join(pieces)))


@pytest.mark.parametrize(
    ("text", "in_list"),
    [
        ("- Pump\n", True),
        ("- Pump\n\n  It runs.\n", True),
        ("- Pump\n\nIt runs.\n", False),
        ("- Pump\nIt runs.\n", True),
        ("- Pump\nIt runs.", True),
        ("- Pump\n\nIt runs.", False),
        ("- Pump\n\n\tIt runs.\n", True),
        ("- Pump\n## Valve", False),
        ("- Pump\n## Valve\n", False),
        ("- Pump\n\n```\nstart()\n\nstop()\n```\n", True),
        ("- Pump\n\n<!-- run\n\nit -->\n", True),
        ("Pump\n\n```\n- start\n```\n", False),
        ("Pump\n\n<!--\n- start\n-->\n", False),
    ],
)
def test_code_and_comments_neither_begin_nor_end_a_list(text: str, *, in_list: bool) -> None:
    assert place(text).in_list == in_list


def test_a_tag_is_open_up_to_its_end() -> None:
    assert is_in_tag('Look: <img src="a.png"')
    assert not is_in_tag('Look: <img src="a.png">')
    assert not is_in_tag("1 < 2")


@pytest.mark.integration
def test_of_a_line_without_end_no_more_is_held_than_tells_what_it_is() -> None:
    words = ["water "] * 10_000
    item = place("- ", *words)
    assert len(item.line) < 10_000
    assert item.length == len("- " + "".join(words))
    assert item.in_list
    assert place("<!-- ", *words).in_comment
    for ended in (
        place("<!-- ", *words, "--", "> ", *words),
        place("<!--\n", *words, "-->", *words),
    ):
        assert not ended.in_comment
        ended.feed("\nIt runs.")
        assert not ended.in_comment
    assert place("```py\n", *words).in_code
    assert not place("Look: ", *words, "```").in_code
