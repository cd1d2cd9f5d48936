"""Links without a name of reStructuredText, and places in the middle of its sentences."""

from __future__ import annotations

import pytest

from tests.cases import body

SAYS_SO = ".. note::\n\n   This is reStructuredText.\n\n"
GOALS = ".. __: https://a.org/x\n.. __: b.md\n\n__ https://c.org/z\n"


def test_a_link_without_a_name_leads_where_the_target_of_its_number_says() -> None:
    made = body(f"{SAYS_SO}See `the *a*`__ and `b`__.\n\nAnd word__.\n\n{GOALS}")
    assert made.html.count("<a href=") == 3
    assert '<a href="https://a.org/x" rel="noopener noreferrer">the <em>a</em></a>' in made.html
    assert '<a href="b/">b</a>' in made.html.replace("../", "")
    assert '<a href="https://c.org/z" rel="noopener noreferrer">word</a>' in made.html
    assert "__" not in made.html
    assert not made.diagnostics


def test_code_in_the_same_sentence_is_left_as_it_is() -> None:
    text = "See ``x`__ y`` and `a`__, ``z`` and `b`__.\n\n``_`code` `` at _`a place`, `a place`_.\n"
    made = body(f"{SAYS_SO}{text}\n__ https://a.org/x\n__ https://b.org/y\n")
    assert "See <code>x`__ y</code> and <a href=" in made.html
    assert 'href="https://b.org/y" rel="noopener noreferrer">b</a>' in made.html
    assert '<a id="user-content-a-place"></a>a place, <a href="#user-content-a-place">' in made.html
    assert "<code>_`code` </code>" in made.html
    assert not made.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        f"See `a`__ alone.\n\n{GOALS}",
        f"See ``code `a`__`` and `b`__ and `c`__.\n\n{GOALS}",
    ],
)
def test_where_links_and_targets_are_not_as_many_none_is_guessed(text: str) -> None:
    made = body(SAYS_SO + text)
    assert "a.org" not in made.html
    assert [each.code for each in made.diagnostics] == ["dialect"]


def test_a_place_in_a_sentence_is_one_that_its_words_lead_to() -> None:
    made = body(f"{SAYS_SO}To `My place`_ first.\n\nHere is _`my place` to be.\n")
    assert '<a id="user-content-my-place"></a>my place to be' in made.html
    assert '<a href="#user-content-my-place">My place</a>' in made.html
    assert not made.diagnostics


def test_markdown_keeps_what_looks_so() -> None:
    text = "Code _`x`_ and `x`__ and __bold__ and `__init__`.\n\n__ https://a.org\n"
    made = body(text)
    assert "<em><code>x</code></em>" in made.html
    assert "<strong>bold</strong>" in made.html
    assert "__ <a" in made.html


HEADINGS = f"{SAYS_SO}Two words & `code`\n------------------\n\n"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("`Two words & code`_", "Two words &amp; code"),
        ("`two  words & CODE`_", "two  words &amp; CODE"),
        ("`there <Two words & code_>`_", "there"),
        ("`there <Two words & code_>`__", "there"),
        ("`by it`_", "by it"),
        ("far_", "far"),
    ],
)
def test_the_words_of_a_heading_lead_to_it_and_so_does_a_name_for_them(
    link: str, shown: str
) -> None:
    made = body(f"{HEADINGS}See {link}.\n\n.. _by it: `Two words & code`_\n.. _far: `by it`_\n")
    assert f'See <a href="#two-words--code">{shown}</a>.' in made.html
    assert "](#two-words--code)." in made.markdown
    assert not made.diagnostics


def test_names_that_stand_for_each_other_lead_nowhere() -> None:
    made = body(f"{SAYS_SO}See `a b`_.\n\n.. _a b: c_\n.. _c: `a b`_\n")
    assert "See a b." in made.html
    assert [each.code for each in made.diagnostics] == ["reference-unresolved"]


def test_places_have_the_ids_in_the_twin_that_its_links_lead_to() -> None:
    made = body(
        f"{SAYS_SO}.. _My Place:\n\nTo `my place`_, `words <My Place_>`_, _`a b`: `a b`_.\n"
    )
    assert '<a id="user-content-My-Place"></a>' in made.html
    assert 'href="#user-content-My-Place">my place</a>' in made.html
    assert '<a id="My-Place"></a>' in made.markdown
    assert "[my place](#My-Place), [words](#My-Place)" in made.markdown
    assert '<a id="a-b"></a>a b: [a b](#a-b).' in made.markdown


def test_what_a_name_leads_to_may_end_in_an_underscore() -> None:
    made = body(f"{SAYS_SO}__init__\n--------\n\n.. _of_:\n\nTo `by it`_.\n\n.. _by it: of__\n")
    assert 'To <a href="#user-content-of_">by it</a>.' in made.html
    assert not made.diagnostics
