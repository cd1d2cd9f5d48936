"""Raw HTML of a page: ids, addresses and embedded frames become those that the page has."""

from __future__ import annotations

from functools import partial
from html import escape
from textwrap import shorten

from sitegen.errors import Severity
from sitegen.render.context import PageContext
from sitegen.render.html.element import UNDESCRIBED, start_tag
from sitegen.render.html.raw import expose
from sitegen.render.html.sanitize import sanitize, user_content
from sitegen.safe_urls import each_of_srcset, safe_url, url_host, with_scheme

_SHOWN_BY = frozenset(("audio", "img", "source", "track", "video"))


def resolved(html: str, page: PageContext) -> str:
    """Show raw HTML: tags that exist stay, their addresses resolved; all else is visible text."""
    shown = expose(html, partial(_attribute, page), partial(_framed, page))
    if UNDESCRIBED in shown and (count := shown.count(f'alt="{UNDESCRIBED}: ')):
        message = f"{count} image{'s' if count > 1 else ''} without a description"
        help = 'add alt="..." with what it shows, or alt="" where it only adorns'
        page.report("image-undescribed", message, severity=Severity.INFO, help=help)
        shown = shown.replace(f'alt="{UNDESCRIBED}: ', f'alt="{escape(page.say(UNDESCRIBED))}: ')
    return shown


def report_unshown(address: str, page: PageContext) -> None:
    """Say that an image has an address that no page may show."""
    message = f"an image of {shorten(address, 60)!r} cannot be shown; its description is"
    page.report("link-without-target", message)


def _attribute(page: PageContext, tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return None if value in page.ids else _id(page, value)
    if name == "src" and tag == "img" and not (value and safe_url(with_scheme(value), image=True)):
        report_unshown(value, page)
        return None
    written, value = value, with_scheme(value)
    if not value or (name == "href" and tag != "a"):
        return value
    if name == "srcset":
        return each_of_srcset(written, page.asset)
    if name != "href" and tag not in _SHOWN_BY:
        return page.writes(value)
    goal = page.goals[written] = page.goal(value) if name == "href" else page.shown(value)
    return page.address(goal)


def _id(page: PageContext, value: str) -> str | None:
    """The id that an element has on the page; of two with one id the first is led to."""
    id = user_content(value)
    if value and id in page.elements:
        message = f"the id {shorten(value, 60)!r} is that of an element above, and links lead there"
        page.report("id-twice", message)
        return None
    page.elements.add(id)
    return id


def _framed(page: PageContext, frame: str, url: str, title: str) -> str:
    """Show the frame of another site when the reader asks, so that a page calls nobody.

    It stands in a template behind a link to what it shows.
    """
    clean = sanitize(frame, seen=page.seen)
    link = start_tag("a", {"class": "sg-embed", "href": url, "rel": "noopener"})
    said = f"{escape(title, quote=False)} <small>{escape(url_host(url) or '')}</small>"
    shown = f'<span class="sg-embed-box">{link}{said}</a><template>{clean}</template></span>'
    return page.hold(shown, sought=clean)
