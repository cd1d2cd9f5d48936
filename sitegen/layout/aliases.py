"""Aliases: anchors that a page had before -> elements that still answer to them.

What moved within its page has an alias at its new place. Where it went to another page, the old
one keeps a line that is shown to those who come for it, and the script follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

from sitegen.errors import Diagnostic, Severity, did_you_mean
from sitegen.model import Page, RenderedPage
from sitegen.model.moves import Moved
from sitegen.model.tags import ATTRIBUTE, START_TAG
from sitegen.urls import relative

_NOT_INSIDE = frozenset(
    ("audio", "br", "details", "dl", "hr", "iframe", "img", "input", "ol", "progress", "table",
     "tbody", "tfoot", "thead", "tr", "ul", "video")
)  # fmt: skip


class Lead(NamedTuple):
    """An anchor of before, and a link to where one that looks for it is led."""

    anchor: str
    title: str
    href: str


def ids_of(html: str) -> dict[str, re.Match[str]]:
    """Find the ids of a sanitised body, each with the first tag that has it."""
    found: dict[str, re.Match[str]] = {}
    for tag in START_TAG.finditer(html):
        for name, value in ATTRIBUTE.findall(tag[2]):
            if name == "id":
                found.setdefault(unescape(value), tag)
    return found


def with_aliases(page: Page, html: str) -> str:
    """Put the anchors that moved within a page into its sanitised body."""
    here = [each for each in page.moved if each.old == each.new == page.permalink]
    ids = ids_of(html) if here else {}
    aliases: dict[int, str] = {}
    for each in here:
        tag = ids.get(each.fragment)
        if tag is not None and each.anchor not in ids:
            at = tag.start() if tag[1] in _NOT_INSIDE else tag.end()
            alias = f'<span id="{escape(each.anchor)}" class="sg-alias"></span>'
            aliases[at] = aliases.get(at, "") + alias
    for at in sorted(aliases, reverse=True):
        html = html[:at] + aliases[at] + html[at:]
    return html


def leads(page: Page, html: str) -> tuple[Lead, ...]:
    """Give what moved from a page to others, but for anchors that it has again."""
    gone = [each for each in page.moved if each.old == page.permalink != each.new]
    ids = ids_of(html) if gone else {}
    return tuple(lead(page.permalink, each) for each in gone if each.anchor not in ids)


def lead(here: str, moved: Moved) -> Lead:
    """Link from a permalink to where something is now."""
    fragment = moved.fragment and f"#{moved.fragment}"
    return Lead(moved.anchor, moved.title, relative(here, moved.new) + fragment)


def check_moved(rendered: RenderedPage) -> Iterator[Diagnostic]:
    """Look up the anchors that moved from and to a page, if its body is at hand."""
    page, html = rendered.page, rendered.body.html
    ids = ids_of(html) if page.moved and html else {}
    for each in page.moved if html else ():
        message = help = ""
        if each.old == page.permalink and each.anchor in ids:
            message = f"page {page.document.id!r} has {each.anchor!r}: its redirect is left out"
            help = "remove the redirect, or give the section another anchor"
        elif each.new == page.permalink and each.fragment and each.fragment not in ids:
            message = f"page {page.document.id!r} has no anchor {each.fragment!r} to lead to"
            help = did_you_mean(each.fragment, ids) if len(ids) < 1_000 else ""
        if message:
            yield Diagnostic("redirect-anchor", Severity.WARNING, message, each.place, help)
