from __future__ import annotations

import sys
from functools import partial
from typing import Any

from sitegen.check import Examined, judge
from sitegen.config import CheckConfig
from sitegen.model import Body, Document, Link, Page, Remote, RenderedPage, Section
from tests.check.linked import check_links

LINKS = 40  # of a page
NEAR = 500  # anchors among which a near one is looked for


def site(pages: int, links: int) -> Examined:
    """Make pages whose links lead to pages, missing pages, and anchors in another letter case."""
    made = []
    for number in range(pages):
        id = f"folder-{number}/page"
        targets = (f"folder-{(number * 7 + n) % (pages + 3)}/page" for n in range(links))
        found = tuple(
            Link(target, "PART-1" if n % 2 else "", n) for n, target in enumerate(targets)
        )
        images = tuple(Remote(f"https://host-{n}.example.org/", n, True) for n in range(links))
        anchors = tuple(f"part-{n}" for n in range(links))
        document = Document(
            id, id, "Words.\n" * links, (Section(0, "", f"{number}_0", "f", number),)
        )
        body = partial(Body, "", anchors=anchors, links=found, remotes=images)
        made.append(RenderedPage(Page(document.head(), id, f"{id}/"), body, lambda d=document: d))
    return Examined(tuple(made), ())


def calls_for(examined: Examined) -> int:
    """Count the calls that looking up all links and judging the site takes."""
    calls = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        links = check_links(examined.pages, ())
        judge(examined, CheckConfig(), links.diagnostics)
    finally:
        sys.setprofile(None)
    return calls


def test_four_times_the_pages_are_four_times_the_work() -> None:
    assert calls_for(site(80, LINKS)) < 4.4 * calls_for(site(20, LINKS))


def test_four_times_the_links_on_a_page_are_four_times_the_work() -> None:
    assert calls_for(site(3, 4 * NEAR)) < 4.4 * calls_for(site(3, NEAR))
