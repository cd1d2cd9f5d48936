from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.check.examined import Places
from sitegen.model import Body, Document, Remote, Section

TEXT = "One\n[a](https://x.org/a,b_(c)?d=1&e=2).\nThree **https://x.org/%C3%BC**.\nFour\n"


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("[a](https://x.org/a,b?c=1&d=2)", ["https://x.org/a,b?c=1&d=2"]),
        ('<a href=" HTTP://x.org/ ">a</a>', ["HTTP://x.org/"]),
        ('[a](mailto:a@x.org) <a href="../p">p</a>', []),
        ('<img alt="a > b" src="https://x.org/i.png">', ["https://x.org/i.png"]),
        (
            '<img srcset="https://x.org/1.png 1x, https://x.org/a,b.png 2x">',
            ["https://x.org/1.png", "https://x.org/a,b.png"],
        ),
        ('<video poster="https://x.org/p.png"></video>', ["https://x.org/p.png"]),
        ('&lt;img src="https:&#47;/x.org/"&gt;', []),
        ('`<img src="https://x.org/">`', []),
        ("![a](https://x.org/i.png)", ["https://x.org/i.png"]),
        (
            "<Question choices={[{text: \"<a href='https://x.org/q'>q</a>\"}]} />",
            ["https://x.org/q"],
        ),
    ],
)
def test_a_body_tells_the_addresses_of_other_hosts_that_its_elements_have(
    doc: Callable[..., Body], text: str, urls: list[str]
) -> None:
    assert [remote.url for remote in doc(text).remotes] == urls


@pytest.mark.parametrize(
    ("text", "is_loaded"),
    [("![a](https://x.org/)", True), ("[a](https://x.org/)", False), ("https://x.org/", False)],
)
def test_what_browsers_load_is_told_from_links(
    doc: Callable[..., Body], text: str, is_loaded: bool
) -> None:
    assert doc(f"One\n\n- Two\n- {text}").remotes == (Remote("https://x.org/", 3, is_loaded),)


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://x.org/a,b_(c)?d=1&e=2", 2),
        ("https://x.org/%C3%BC", 3),
        ("https://x.org/\u00fc", 3),
        ("https://elsewhere.org/", 4),  # the text does not write it: where its block begins
    ],
)
def test_an_address_stands_on_its_line_or_where_its_block_begins(url: str, line: int) -> None:
    document = Document("p", "p.md", TEXT, (Section(0, "", "0_0", "d.parquet", 7),))
    assert Places(document).of(Remote(url, 3, is_loaded=False)).line == line
