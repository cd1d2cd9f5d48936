"""Aliases: anchors that a page had before -> elements that still answer to them.

What moved within its page has an alias at its new place. Where it went to another page, the old
one keeps a line that is shown to those who come for it, and the script follows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from html import escape
from typing import NamedTuple

from sitegen.errors import Diagnostic, Severity, did_you_mean
from sitegen.model import Body, Page, RenderedPage
from sitegen.model.moves import Moved
from sitegen.render.html.finished import places_of
from sitegen.urls import relative


class Lead(NamedTuple):
    """An anchor of before, and a link to where one that looks for it is led."""

    anchor: str
    title: str
    href: str


def with_aliases(page: Page, body: Body) -> str:
    """The HTML of a body with the anchors that moved within its page."""
    here = [each for each in page.moved if each.old == each.new == page.permalink]
    places = places_of(body.html, {each.fragment for each in here})
    aliases: dict[int, str] = {}
    for each in here:
        at = places.get(each.fragment)
        if at is not None and each.anchor not in body.anchors:
            alias = f'<span id="{escape(each.anchor)}" class="sg-alias"></span>'
            aliases[at] = aliases.get(at, "") + alias
    html = body.html
    for at in sorted(aliases, reverse=True):
        html = html[:at] + aliases[at] + html[at:]
    return html


def leads(page: Page, anchors: Collection[str]) -> tuple[Lead, ...]:
    """Give what moved from a page to others, but for anchors that it has again."""
    gone = [each for each in page.moved if each.old == page.permalink != each.new]
    return tuple(lead(page.permalink, each) for each in gone if each.anchor not in anchors)


def lead(here: str, moved: Moved) -> Lead:
    """Link from a permalink to where something is now."""
    fragment = moved.fragment and f"#{moved.fragment}"
    return Lead(moved.anchor, moved.title, relative(here, moved.new) + fragment)


def check_moved(rendered: RenderedPage) -> Iterator[Diagnostic]:
    """Look up the anchors that moved from and to a page."""
    page, ids = rendered.page, rendered.body.anchors
    for each in page.moved:
        message = help = ""
        if each.old == page.permalink and each.anchor in ids:
            message = f"page {page.document.id!r} has {each.anchor!r}: its redirect is left out"
            help = "remove the redirect, or give the section another anchor"
        elif each.new == page.permalink and each.fragment and each.fragment not in ids:
            message = f"page {page.document.id!r} has no anchor {each.fragment!r} to lead to"
            help = did_you_mean(each.fragment, ids) if len(ids) < 1_000 else ""
        if message:
            yield Diagnostic("redirect-anchor", Severity.WARNING, message, each.place, help)
