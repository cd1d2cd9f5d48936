"""What a body tells of itself is what another parser finds in its HTML, no more and no less."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model import Body
from sitegen.urls import permalink
from tests.cases import body, needs_shared, real_documents
from tests.examples import examples
from tests.render.test_words_kept import PAGES

LEADING = st.sampled_from(
    (
        *(
            '[a](https://x.org/a "t")',
            "[b](other.md#c)",
            "![i](https://x.org/i.png)",
            "![j](j.png)",
        ),
        *('<b id="one">', '<a name="two">', "<td id=three>", '<a href="https://x.org/<b>">l</a>'),
        *("## Heading", "# Heading_here", "<h2 id='four'>F</h2>", "[to](#one)", "</b>", "</a>"),
        *("[[autodoc]] a.b.Model\n    - fit", "https://x.org/bare", "[`Model`]", "[^1]\n\n[^1]: n"),
        *('<iframe src="https://a.hf.space" title="T"></iframe>', '<Youtube id="abcdefgh"/>'),
        *('<img srcset="https://x.org/1.png 1x, k.png 2x">', "<video src=https://x.org/v></video>"),
        *("```py\n<a id='five' href='https://x.org/code'>\n```", "$x_{id}$", "<table><b id=six>"),
        "<Question choices={[{text: \"<i id='seven'><a href='https://x.org/q'>q</a></i>\"}]} />",
        '<Docstring name={"class a.C"} anchor={"a.C"} source={"https://x.org/src"} />',
        '<ExampleCodeBlock anchor="a.b.eight">\n\nText\n\n</ExampleCodeBlock>',
    )
)


def elements(html: str) -> Iterator[Element]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # html5lib warns of characters that XML has not
        page = html5lib.parse(f"<!doctype html><main>{html}</main>", namespaceHTMLElements=False)
    return (each for each in page.iter() if isinstance(each.tag, str))


def found(html: str) -> tuple[set[str], set[tuple[str, bool]], set[str]]:
    """The ids of a page, its addresses of other hosts, and those of its own."""
    ids, remotes, own = set(), set(), set()
    for each in elements(html):
        ids |= {each.attrib["id"]} if "id" in each.attrib else set()
        if "sg-embed" in each.attrib.get("class", "").split():
            continue  # shows what its frame would load
        values = [each.attrib[name] for name in ("href", "poster", "src") if name in each.attrib]
        values += [part.split()[0] for part in each.attrib.get("srcset", "").split(", ") if part]
        for value in values:
            if value.lower().startswith(("http://", "https://")):
                remotes.add((value, each.tag != "a"))
            elif value and not value.startswith(("mailto:", "data:")):
                own.add(value)
    return ids, remotes, own


def assert_told(page: Body, id: str = "page") -> None:
    ids, remotes, own = found(page.html)
    assert set(page.anchors) == ids
    assert {(remote.url, remote.is_loaded) for remote in page.remotes} == remotes
    here = f"/{permalink(id)}"
    told = {
        f"/{permalink(link.target) if link.is_page else link.target}"
        + (f"#{unquote(link.fragment)}" if link.fragment else "")
        for link in page.links
    }
    linked = {unquote(urljoin(here, address)) for address in own if not address.startswith("#")}
    inside = {f"{here}#{unquote(address[1:])}" for address in own if address.startswith("#")}
    assert {address.partition("?")[0] for address in linked} <= told
    # Beside links of authors there are those of headings, objects and notes to themselves.
    assert inside - told <= {f"{here}#{anchor}" for anchor in page.anchors}
    shown = {unquote(address).partition("?")[0] for address in linked | inside}
    assert {address for address in told if address != f"{here}#"} - shown <= {here}


@pytest.mark.integration
@examples(200)
@example("<td id=a>", ["[b](other.md)"])
@given(PAGES, st.lists(LEADING, min_size=1, max_size=4))
def test_a_body_tells_all_anchors_and_addresses_of_its_html(text: str, some: list[str]) -> None:
    joined = "\n\n".join(some)
    for page in (joined, " ".join(some), f"{text}\n\n{joined}", f"- {joined}\n\n{text}"):
        assert_told(body(page))


@pytest.mark.real
@needs_shared
def test_bodies_of_real_pages_tell_all_anchors_and_addresses_of_their_html() -> None:
    for document, made in real_documents():
        assert_told(made, document.id)
