"""Changes: what each version has changed -> an Atom feed of the versions (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from urllib.parse import quote

from msgspec import Struct

from sitegen.config.versions import FEED
from sitegen.diff.compare import Kind, PageChange
from sitegen.model import OutputFile

_MOST = 100  # pages of a kind that an entry names
_KINDS = {
    Kind.ADDED: "New pages",
    Kind.CHANGED: "Changed pages",
    Kind.MOVED: "Moved pages",
    Kind.REMOVED: "Removed pages",
}

Pages = Mapping[str, tuple[str, str]]
"""Title and permalink of each page of a version, by document id."""


class Changes(Struct, frozen=True):
    """What became of the pages between two versions, and the sums of their chunks in words."""

    pages: tuple[PageChange, ...] = ()
    summary: str = ""


class Release(Struct, frozen=True):
    """A version for the feed: ``url`` is its address, ``date`` its day (``2026-05-01``).

    ``changes`` are those since the version before; the oldest has none.
    One that was built elsewhere has no pages either.
    """

    name: str
    url: str
    date: str
    pages: Pages
    before: Pages
    changes: Changes | None = None


def changes_feed(title: str, top: str, releases: Sequence[Release]) -> OutputFile:
    """Write the feed of all releases, the newest first; ``top`` is the address of them all.

    Its dates are those of the versions: the time of a build says nothing of its pages.
    """
    updated = max(release.date for release in releases)
    entries = "".join(map(_entry, releases))
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{escape(top)}{FEED}</id>\n<title>{_text(title)}</title>\n"
        f"<updated>{updated}T00:00:00Z</updated>\n<author><name>{_text(title)}</name></author>\n"
        f'<link rel="self" href="{escape(top)}{FEED}"/>\n<link href="{escape(top)}"/>\n'
        f"{entries}</feed>\n"
    )
    return OutputFile(FEED, xml.encode("utf-8", "replace"))


def _entry(release: Release) -> str:
    html = "".join(_content(release))
    url = escape(release.url)
    return (
        f"<entry>\n<id>{url}</id>\n<title>{_text(release.name)}</title>\n"
        f'<updated>{release.date}T00:00:00Z</updated>\n<link href="{url}"/>\n'
        f'<content type="html">{_text(html)}</content>\n</entry>\n'
    )


def _content(release: Release) -> Iterator[str]:
    if release.changes is None:
        yield f"<p>{len(release.pages):,} pages</p>" if release.pages else ""
        return
    yield "".join(f"<p>{escape(line)}</p>" for line in release.changes.summary.split("\n"))
    for kind, heading in _KINDS.items():
        found = [page for page in release.changes.pages if page.kind is kind]
        if not found:
            continue
        more = len(found) - _MOST
        items = [_item(release, page) for page in found[:_MOST]]
        items += [f"<li>{more:,} more</li>"] if more > 0 else []
        yield f"<h2>{heading}</h2><ul>{''.join(items)}</ul>"


def _item(release: Release, page: PageChange) -> str:
    """A page with a link to it; one that went has none."""
    if page.new in release.pages:
        title, permalink = release.pages[page.new]
        return f'<li><a href="{escape(release.url + quote(permalink))}">{escape(title)}</a></li>'
    title, _ = release.before.get(page.old, (page.old or page.new, ""))
    return f"<li>{escape(title)}</li>"


def _text(text: str) -> str:
    """Text as XML 1.0 may hold it."""
    return escape("".join(char for char in text if char >= " " or char in "\t\n"), quote=False)
