"""Lists of reStructuredText, on pages that are no Markdown."""

from __future__ import annotations

import pytest

from tests.cases import body

_HEAD = ".. _top:\n\nTitle\n=====\n\n"
_TWIN = '<a id="top"></a>\n\n# Title\n\n'


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        (
            "``GET``\n    It *gets*.\n\n    More.\n\nPUT : x\n    It puts.\n",
            "``GET``\n\n: It *gets*.\n\n  More.\n\nPUT\n\n: It puts.\n",
        ),
        (":A b: one\n:C: two\n  goes on\n", "A b\n\n: one\n\nC\n\n: two\n  goes on\n"),
        ("#. One\n#. Two\n   more\n\n   - x\n", "1. One\n\n2. Two\n   more\n\n   - x\n"),
        ("A text of\ntwo lines.\n", "A text of\ntwo lines.\n"),
        ("Code::\n\n    x\n", "Code:\n\n```\nx\n```\n"),
    ],
)
def test_what_hangs_below_a_line_belongs_to_it(text: str, twin: str) -> None:
    made = body(f"{_HEAD}{text}")
    assert made.markdown == f"{_TWIN}{twin}"
    assert not made.diagnostics


def test_terms_of_one_list_are_in_one_list() -> None:
    made = body(f"{_HEAD}a\n  b\nc\n  d\n")
    assert made.html.count("<dl>") == 1
    assert made.html.count("<dt>") == 2


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        (".. warning:: a\n   b\n\n   c\n", "> [!WARNING]\n> a\n> b\n>\n> c\n"),
        ("1. x\n\n   .. tip:: a\n      b\n", "1. x\n\n   > [!TIP]\n   > a\n   > b\n"),
        (".. |x| date:: a\n   b\n", ".. |x| date:: a\n   b\n"),
        (".. other:: a\n   b\n", ".. other:: a\n   b\n"),
    ],
)
def test_a_text_that_goes_on_behind_its_mark_is_no_term(text: str, twin: str) -> None:
    assert body(f"{_HEAD}{text}").markdown == f"{_TWIN}{twin}"


def test_a_title_over_tildes_hides_no_directive() -> None:
    assert "<dl" in body("Title\n~~~~~\n\n.. note:: x\n\na\n  b\n").html


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("- c\n  d\n", "- c\n  d\n"),
        ("2. c\n   d\n", "2. c\n   d\n"),
        ("#. c\n   d\n", "1. c\n   d\n"),
        (":c: d\n    e\n", "c\n\n: d\n  e\n"),
        ("::: {.c}\n  d\n:::\n", "d\n"),
    ],
)
def test_what_begins_otherwise_below_terms_is_no_term(text: str, twin: str) -> None:
    assert body(f"{_HEAD}a\n  b\n\n{text}").markdown == f"{_TWIN}a\n\n: b\n\n{twin}"


def test_fields_that_say_how_a_page_is_made_are_not_shown() -> None:
    made = body(f":orphan:\n:tocdepth: 2\n\n{_HEAD}Words.\n")
    assert made.markdown == f"{_TWIN}Words.\n"


@pytest.mark.parametrize(
    "text",
    [
        "a\n  b\n",
        "# T\n\n.. note:: x\n\na\n  b\n",
        "```rst\n.. note:: x\n```\n\na\n  b\n",
    ],
)
def test_in_markdown_they_are_one_text(text: str) -> None:
    assert "<dl" not in body(text).html


@pytest.mark.parametrize("text", ["a\n  b\n", ":a: b\n", "#. a\n", "a\n  b\n\n", "#. #. a\n"])
def test_many_of_them_take_time_as_their_number(text: str) -> None:
    assert body(_HEAD + text * 5_000).html


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("-a  It *is*.\n", "`-a`"),
        ("-b FILE, --big=FILE  It *is*.\n", "`-b FILE`, `--big=FILE`"),
        ("--long <a b>\n   It *is*.\n", "`--long <a b>`"),
        ("/V   It\n     *is*.\n", "`/V`"),
    ],
)
def test_options_of_a_command_stand_over_what_they_do(text: str, term: str) -> None:
    made = body(f"{_HEAD}{text}--more    And *that*.\n\n          - a\n\nEnd.\n")
    assert f"{term}\n\n: It" in made.markdown
    assert "`--more`\n\n: And *that*.\n\n  - a\n\nEnd." in made.markdown
    assert "<em>is</em>" in made.html
    assert not made.diagnostics


@pytest.mark.parametrize("text", ["-a", "--- x", "-a b c", "--a, b  c", "-- a  b", "/usr/bin  x"])
def test_what_only_begins_as_an_option_is_a_sentence(text: str) -> None:
    made = body(f"{_HEAD}{text}\n\nEnd.\n")
    assert f"<p>{text}</p>" in made.html


def test_options_of_a_page_of_markdown_are_sentences() -> None:
    assert "<dl" not in body("# Title\n\n-a  It is.\n").html
