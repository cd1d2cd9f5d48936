"""Published attacks in every place of a page: nothing outside the policy comes out."""

from __future__ import annotations

import re

import pytest

from tests.cases import body, needs_shared
from tests.hostile import OURS, attacks, oddities, places
from tests.oracle import faults

PARTS = 8  # so that processes can share the work, and that every run has a sample


def _judged(payload: str, text: str) -> tuple[str, str, list[str]]:
    return payload, text, faults(body(text).html)


@pytest.mark.parametrize("payload", OURS)
def test_nothing_of_an_attack_on_this_language_comes_out(payload: str) -> None:
    for text in places(payload):
        assert _judged(payload, text) == (payload, text, [])


@needs_shared
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.real) for part in range(1, PARTS))]
)
def test_nothing_of_a_published_attack_comes_out_in_any_place(part: int) -> None:
    for number, payload in enumerate(attacks()[part::PARTS]):
        for text in places(payload, number % 5, step=5):
            assert _judged(payload, text) == (payload, text, [])


@needs_shared
def test_naughty_strings_come_out_as_text() -> None:
    for payload in oddities():
        assert _judged(payload, payload) == (payload, payload, [])
        letters = re.findall(r"[A-Za-z]{4,}", payload)
        if letters and not re.search(r"[<&\[`\\$|]", payload):
            assert letters[0] in body(payload).html


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='java\tscript:x'>x</a>",
        "<a href='//evil.example/'>x</a>",
        "<svg><path/></svg>",
        "<math><annotation-xml></annotation-xml></math>",
        "<math><mi href='x'>x</mi></math>",
        "<math><maction>x</maction></math>",
        "<iframe src='https://evil.example/' sandbox></iframe>",
        "<iframe src='https://a.hf.space/'></iframe>",
        "<p style='position:fixed'>x</p>",
        "<form><input name=q></form>",
        "</main><p>outside",
        "<a data-video='x\"y' href=x>x</a>",
    ],
)
def test_the_oracle_sees_what_must_not_be(html: str) -> None:
    assert faults(html) != []


def test_the_oracle_accepts_what_pages_are_made_of() -> None:
    text = "## A $x$\n\n> [!TIP]\n> b\n\n```py\nc\n```\n\n- [x] d[^1]\n\n[^1]: e\n\n|f|\n|-|\n|g|"
    assert faults(body(text).html) == []
