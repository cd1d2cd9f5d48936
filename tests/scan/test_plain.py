"""What headings and titles say without their marks."""

from __future__ import annotations

import pytest

from sitegen.scan.plain import literal_tags, plain
from tests.tempo import within


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Using `<Tip>`", "Using <Tip>"),
        ("``a `b` c``", "a `b` c"),
        ("``a <b> c`", "a  c"),  # no code: two ticks open it, one would end it
        ("Map<K, V>", "Map<K, V>"),
        ("a <b>bold</b> *word*", "a bold word"),
        ("[`x`](y.md) and ![alt](z.png)", "x and alt"),
        (r"\<b> \* \[x\]", "<b> * [x]"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ('<a href="x>y">z</a>', "z"),
        ("Q &amp; A: &lt;T&gt;, &#39;x&#x27;", "Q & A: <T>, 'x'"),
        ("a [![b](c.svg)](d) [e ![f](g) h](i)", "a b e f h"),
        ("[a][b] ![c][d] [![e][f]][g] [h][]", "a c e h"),
        ("x[0][1], [2][3], a[x](y)", "x[0][1], [2][3], ax"),
        ("`a &amp; b` and c &amp;lt; d", "a &amp; b and c &lt; d"),
        (":mod:`os` --- {py:class}`Any`, :smile:`x` a:b", "os --- Any, :smile:x a:b"),
        ("AT&T; R&D, &nosuch; one", "AT&T; R&D, &nosuch; one"),
    ],
)
def test_marks_go_and_words_stay(markdown: str, said: str) -> None:
    assert plain(markdown) == said


@pytest.mark.parametrize("text", ["The <Tip> component", "<b>", "`<i>` and <u>", "a < b", "</x>"])
def test_a_text_is_said_again_by_its_markdown(text: str) -> None:
    assert plain(literal_tags(text)) == text.replace("`", "")


@pytest.mark.parametrize(
    "text", ["`" * 50_000, "[![a](b)" * 3_000, "`a ``b " * 8_000, "<a " * 16_000]
)
def test_marks_that_nothing_ends_take_no_time(text: str) -> None:
    with within(seconds=1):
        plain(text)
        literal_tags(text)
