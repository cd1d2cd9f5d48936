"""Sites laid out."""

from __future__ import annotations

import pytest

from sitegen.model import Heading, NavItem, PageLink
from tests.layout.sites import body, laid_out, page, site


@pytest.fixture(scope="module")
def everything() -> dict[str, str]:
    one = page("a/b/", "First & foremost", next=PageLink("Second", "a/c/"))
    two = page("a/c/", "Second", previous=PageLink(one.title, "a/b/"))
    pages = (one, two, page("über uns/", "Über"))
    navigation = (
        NavItem("Group", None, (NavItem(one.title, "a/b/"), NavItem("Second", "a/c/"))),
        NavItem("Über", "über uns/"),
    )
    html = '<h1 id="t">Title</h1><h2 id="x-y">A <code>b</code></h2>'
    outline = (Heading(1, "t", "Title"), Heading(2, "x-y", "A <b>"))
    return laid_out(site(*pages, navigation=navigation), body(html, *outline))
