"""Published attacks in every place of a page: nothing outside the policy comes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from itertools import islice
from typing import Any

import html5lib
import pytest

from sitegen.config import FeedsConfig
from sitegen.model import Document, LinkSpace, Section
from sitegen.render import render
from sitegen.render.context import PageContext
from sitegen.render.html.sanitize import sanitize
from tests.cases import body, needs_shared
from tests.examples import times
from tests.hostile import OURS, VALUES, attacks, oddities, places, smuggled
from tests.oracle import faults

PARTS = 8  # so that processes can share the work, and that every run has a sample


def _judged(payload: str, text: str) -> tuple[str, str, list[str]]:
    return payload, text, faults(body(text).html)


# A fifth of the places is tried, other ones with each payload; the rest by `thorough`.
IN_TURN = pytest.mark.parametrize("turn", range(times(5)))


@IN_TURN
@pytest.mark.parametrize(("number", "payload"), list(enumerate(OURS)))
def test_nothing_of_an_attack_on_this_language_comes_out(
    number: int, payload: str, turn: int
) -> None:
    for text in places(payload, (number + turn) % 5, step=5):
        assert _judged(payload, text) == (payload, text, [])


@IN_TURN
@pytest.mark.parametrize(("number", "value"), list(enumerate(VALUES)))
def test_what_looks_like_a_tag_inside_of_a_value_stays_a_value(
    number: int, value: str, turn: int
) -> None:
    for text in islice(smuggled(value), (number + turn) % 5, None, 5):
        assert _judged(value, text) == (value, text, [])


@pytest.mark.integration
@needs_shared
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.real) for part in range(1, PARTS))]
)
def test_nothing_of_a_published_attack_comes_out_in_any_place(part: int) -> None:
    for number, payload in enumerate(attacks()[part::PARTS]):
        for text in places(payload, number % 5, step=5):
            assert _judged(payload, text) == (payload, text, [])


@pytest.mark.integration
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
        '<p title="<table">x</p>',
        "<p title='x'>x</p>",
        "a < b",
    ],
)
def test_the_oracle_sees_what_must_not_be(html: str) -> None:
    assert faults(html) != []


def test_code_in_an_attribute_stays_in_it() -> None:
    code = "<pre><code class='language-py'>\n x</code></pre>"
    html = body(f'<div title="{code}">word</div>').html
    assert unescape(html) == f'<div data-chunk="1_0" title="{code}">word</div>'


def test_no_chunk_id_can_stand_for_what_was_held_back() -> None:
    text = "$x onmouseover=alert(1) y$ `a`\n"
    mark = f"sg{sha256(text.encode()).hexdigest()[:16]}h"
    for id in (f"{mark}0e", f"{mark}9e", f"{mark}xe", mark):
        document = Document("a", "a.md", text, (Section(0, "", id, "docs.parquet", 0),))
        html = render(document, LinkSpace()).html
        assert (id, faults(html)) == (id, [])
        assert f'data-chunk="{id}"' in html


def test_nothing_that_was_held_back_is_put_into_a_tag() -> None:
    page = PageContext(Document("a", "a.md", "x", ()), LinkSpace())
    held = page.hold("<b>held</b>")
    html = sanitize(f"<p title='{held}' lang='> {held} <'>a {held} &gt; {held}</p>{held}")
    assert page.release(html)[0] == (
        '<p title="" lang="&gt;  &lt;">a <b>held</b> &gt; <b>held</b></p><b>held</b>'
    )


@pytest.mark.integration
def test_no_page_around_a_body_makes_a_tag_of_what_looks_like_one(
    project: Callable[..., Any],
) -> None:
    pages = {
        f"a{n}.md": "\n\n".join((f"# A\n\n{value}\n\n## Part", *smuggled(value)))
        for n, value in enumerate(VALUES)
    }
    moved = "".join(f"a{n}#old{n}: a{n}#part\n" for n in range(len(VALUES)))
    built = project({**pages, "_redirects.yml": moved}, feeds=FeedsConfig(print_page=True))
    for n in range(len(VALUES)):
        assert f'<span id="old{n}" class="sg-alias"></span>' in built.read(f"a{n}/index.html")
    for name in ("print", *(f"a{n}" for n in range(len(VALUES)))):
        html = built.read(f"{name}/index.html")
        page = html5lib.parse(html, namespaceHTMLElements=False)
        names = {name for each in page.iter() for name in each.attrib}
        odd = [each for each in names if not re.fullmatch(r"(?!on)[A-Za-z][\w:-]*", each)]
        assert (name, odd) == (name, [])


def test_the_oracle_accepts_what_pages_are_made_of() -> None:
    text = "## A $x$\n\n> [!TIP]\n> b\n\n```py\nc\n```\n\n- [x] d[^1]\n\n[^1]: e\n\n|f|\n|-|\n|g|"
    assert faults(body(text).html) == []
