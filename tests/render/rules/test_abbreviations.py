"""Abbreviations that a page explains: where they stand, in the twin, and many of them."""

from __future__ import annotations

import pytest

from tests.cases import body


def test_an_abbreviation_is_explained_wherever_it_stands_in_sentences() -> None:
    made = body(
        "# On HTML\n\nOf HTML, not XHTML, `HTML` or [HTML](other).\n\n| HTML |\n|--|\n\n"
        '*[HTML]: Hyper "Text" <b>\n'
    )
    assert made.html.count('<abbr title="Hyper &quot;Text&quot; &lt;b&gt;">HTML</abbr>') == 4
    assert "XHTML, <code>HTML</code>" in made.html
    assert 'id="on-html"' in made.html
    assert "*[" not in made.html
    assert '*[HTML]: Hyper "Text" <b>' in made.markdown
    assert not made.diagnostics


def test_it_may_be_explained_in_a_list_or_below_a_sentence_and_the_longest_counts() -> None:
    html = body("An A B and A.\n*[A]: one\n*[A B]: two\n\n- *[C]: three\n\n  C\n").html
    assert 'An <abbr title="two">A B</abbr> and <abbr title="one">A</abbr>.' in html
    assert '<abbr title="three">C</abbr>' in html


def test_a_particle_may_stand_behind_one_and_no_word_begins_with_it() -> None:
    html = body("HTML은 中HTML文 HTMLx 표준어 표준\n\n*[HTML]: words\n*[표준]: more\n").html
    assert '<abbr title="words">HTML</abbr>은 中<abbr title="words">HTML</abbr>文 HTMLx' in html
    assert '표준어 <abbr title="more">표준</abbr>' in html


@pytest.mark.parametrize(
    "text", ["*[A]:\n", "* [A]: b\n", "\\*[A]: b\n", "*[A]*: b\n", "*[]: b\n", "*[A]: b*\n"]
)
def test_what_explains_nothing_is_text(text: str) -> None:
    assert "<abbr" not in body(f"{text}\nA\n").html


def test_many_abbreviations_take_time_as_their_number() -> None:
    lines = "".join(f"*[A{n}]: x\n" for n in range(5_000))
    assert body(lines + "\nA1 A2 " * 3_000).html.count("<abbr") == 6_000
