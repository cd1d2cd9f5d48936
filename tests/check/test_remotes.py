from __future__ import annotations

import pytest

from sitegen.check.examined import LOADED, Places, remotes
from sitegen.model import Body, Document, Page, RenderedPage, Section

TEXT = "One\n[a](https://x.org/a,b_(c)?d=1&e=2).\nThree **https://x.org/%C3%BC**.\nFour\n"
SECTIONS = (Section(0, "", "0_0", "d.parquet", 7), Section(3, "", "0_1", "d.parquet", 8))


def page(html: str) -> RenderedPage:
    document = Document("p", "p.md", TEXT, SECTIONS)
    return RenderedPage(Page(document, "P", "p/"), Body(html, (), (), "", (), ""))


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ('<a href="https://x.org/a,b?c=1&amp;d=2">', ["https://x.org/a,b?c=1&d=2"]),
        ('<a href=" HTTP://x.org/ ">', ["HTTP://x.org/"]),
        ('<a href="mailto:a@x.org"><a href="../p/">', []),
        ('<img alt="a > b" src="https://x.org/i.png">', ["https://x.org/i.png"]),
        (
            '<img srcset="https://x.org/1.png 1x, https://x.org/a,b.png 2x">',
            ["https://x.org/1.png", "https://x.org/a,b.png"],
        ),
        ('<video poster="https://x.org/p.png">', ["https://x.org/p.png"]),
        ('<p>&lt;img src="https://x.org/"&gt;</p>', []),
    ],
)
def test_addresses_of_other_hosts_are_read_from_elements(html: str, urls: list[str]) -> None:
    assert [remote.url for remote in remotes(page(html), LOADED | {"a"})] == urls


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://x.org/a,b_(c)?d=1&e=2", 2),
        ("https://x.org/%C3%BC", 3),
        ("https://x.org/\u00fc", 3),
        ("https://elsewhere.org/", 4),  # the text does not write it: where its chunk begins
    ],
)
def test_an_address_stands_on_its_line_or_where_its_chunk_begins(url: str, line: int) -> None:
    found = page(f'<p data-chunk="0_1"><a href="{url}">')
    (remote,) = remotes(found, {"a"})
    assert Places(found.page.document).of(remote).line == line
