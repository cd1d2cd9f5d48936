"""Aliases: anchors that a page had before -> elements that still answer to them.

What moved within its page has an alias at its new place. Where it went to another page, the old
one keeps a line that is shown to those who come for it, and the script follows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from html import escape
from typing import NamedTuple

from sitegen.errors import Diagnostic, Severity, did_you_mean
from sitegen.model import Body, Page, RenderedPage
from sitegen.model.moves import Moved
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


def with_aliases(page: Page, body: Body) -> str:
    """The HTML of a body with the anchors that moved within its page."""
    aliases: dict[str, str] = {}
    for each in page.moved:
        if each.old == each.new == page.permalink and each.anchor not in body.anchors:
            alias = f'<span id="{escape(each.anchor)}" class="sg-alias"></span>'
            aliases[each.fragment] = aliases.get(each.fragment, "") + alias
    if not aliases:
        return body.html
    from sitegen.render.html.finished import rewritten  # noqa: PLC0415 - few pages have any

    return rewritten(body.html, partial(_with_alias, aliases))


def _with_alias(aliases: dict[str, str], tag: str, attributes: Mapping[str, str], own: str) -> str:
    alias = aliases.pop(attributes["id"], "") if "id" in attributes else ""
    return alias + own if tag in _NOT_INSIDE else own + alias


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
