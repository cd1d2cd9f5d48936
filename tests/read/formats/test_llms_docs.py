"""All pages of a site in one text, each in an element ``<doc>`` (``llms_txt2ctx``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.read.formats.llms_docs import docs_in
from tests.read.rows import chunks, refusal
from tests.tempo import within

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


def read(folder: Path, text: str) -> list[tuple[str, str, str]]:
    (folder / "llms-full.txt").write_text(text)
    return [(each.source, each.url, each.text) for each in chunks(folder / "llms-full.txt")[0]]


def test_each_element_is_a_page_called_after_its_title(tmp_path: Path) -> None:
    text = (
        f'<docs><doc title="Start &amp; stop" desc="How">{TABLE}</doc>\n'
        "<doc title='Valves'>\n# All valves\n\nOne.\n</doc></docs>\n"
    )
    assert read(tmp_path, text) == [
        ("start--stop", "", f"# Start & stop\n\n{TABLE}"),
        ("valves", "", "# All valves\n\nOne."),
    ]


def test_what_is_said_of_all_pages_is_the_first_one(tmp_path: Path) -> None:
    text = (
        '<project title="Water" summary="It flows.">Mind the pump.\n\n<docs>'
        '<doc title="A">Ah.</doc></docs><optional><doc title="B">Oh.</doc></optional></project>'
    )
    assert read(tmp_path, text) == [
        ("index", "", "# Water\n\n> It flows.\n\nMind the pump."),
        ("a", "", "# A\n\nAh."),
        ("b", "", "# B\n\nOh."),
    ]


@pytest.mark.parametrize("name", ["url", "href", "source"])
def test_a_page_with_an_address_is_called_after_it(tmp_path: Path, name: str) -> None:
    text = (
        f'<doc title="A" {name}="https://h.org/guide/a">Ah.</doc>\n<doc {name}="b.md">\nOh.\n</doc>'
    )
    assert read(tmp_path, text) == [
        ("guide/a", "https://h.org/guide/a", "# A\n\nAh."),
        ("b.md", "", "Oh."),
    ]


def test_pages_of_the_same_title_are_apart() -> None:
    text = (
        '<doc title="A">1</doc><doc title="A">2</doc><doc path="a-2">3</doc><doc desc="x">4</doc>'
    )
    assert [path for path, *_ in docs_in(text)] == ["a", "a-3", "a-2", "page"]
    text = '<doc title="A 2">1</doc><doc title="A">2</doc><doc title="A">3</doc>'
    assert [path for path, *_ in docs_in(text)] == ["a-2", "a", "a-3"]


def test_pages_of_several_hosts_are_apart_and_so_is_what_is_said_of_all() -> None:
    a, b = '<doc title="A" url="https://a.org/x/">1</doc>', '<doc url="https://b.org/x">2</doc>'
    assert [path for path, *_ in docs_in(a + b)] == ["a.org/x", "b.org/x"]
    text = (
        f'<project title="P" summary="S"><doc title="A" url="https://a.org/">1</doc>{a}</project>'
    )
    assert [path for path, *_ in docs_in(text)] == ["index-2", "index", "x"]


def test_an_address_that_is_none_leaves_a_page_its_title_which_is_one_line() -> None:
    text = '<doc title="A&#10;B" url="https://[a">1</doc>'
    assert docs_in(text) == [("a-b", None, "# A B\n\n1")]


def test_an_element_in_the_text_of_a_page_is_none() -> None:
    example = '```html\n<doc title="Example">Words.</doc>\n```'
    text = f'<doc title="A">\nSay <doc title="x"> here.\n\n{example}\n\nEnd.</doc>\n'
    assert docs_in(text) == [("a", None, f'# A\n\nSay <doc title="x"> here.\n\n{example}\n\nEnd.')]


@pytest.mark.parametrize(
    "text",
    [
        'Words above.\n\n<doc title="A">Ah.</doc>\n',
        '<doc title="A">Ah.</doc>\nWords below.\n',
        '<doc title="A">Ah.\n',
        '```html\n<doc title="A">Ah.</doc>\n```\n',
    ],
)
def test_a_text_with_words_around_the_pages_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "llms-full.txt").write_text(text)
    assert "all pages of a site" in refusal(tmp_path / "llms-full.txt")


@pytest.mark.parametrize("piece", ['<doc title="A">', '<doc title="A">x</doc> y ', "<doc a='b' "])
def test_what_never_ends_takes_time_in_proportion(piece: str) -> None:
    text = piece * 20_000
    with within(1):
        docs_in(text)
