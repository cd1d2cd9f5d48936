"""Print page: all pages -> one, in reading order, for paper and for reading in one go.

Each page becomes a section: its headings go a level down, its anchors are called after it, and
links to what is on the page stay on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import quote, unquote, urljoin, urlsplit

from markupsafe import Markup
from msgspec import Struct

from sitegen.config import Config
from sitegen.languages import direction, tag_of
from sitegen.layout.aliases import with_aliases
from sitegen.layout.frame import fill, frame_of, values_at
from sitegen.layout.sidebar import Sidebar
from sitegen.layout.templates import Templates
from sitegen.model import OutputFile, Page, RenderedPage, Site
from sitegen.render.html.element import start_tag
from sitegen.render.html.finished import ADDRESSES, Attributes, rewritten
from sitegen.safe_urls import each_of_srcset
from sitegen.urls import is_absolute, relative

_NAMES = frozenset(
    ("aria-controls", "aria-describedby", "aria-labelledby", "for", "headers", "id", "name")
)  # attributes that hold ids
_LOWER = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 7)}


class Part(Struct, frozen=True):
    """One page as the template gets it; ``title`` is empty where the body has one."""

    id: str
    title: str
    lang: str
    dir: str
    body: Markup


def print_page(
    site: Site, pages: Iterable[RenderedPage], config: Config, assets: Mapping[str, str]
) -> OutputFile:
    """Lay out all pages, which come with their HTML, on one."""
    frame = frame_of(site, Templates(config.theme.templates), assets, config)
    here, say = frame.own["print"], frame.voice(site.language).say
    whole = _Whole(pages, here)
    tree = Sidebar(site, "", say).tree(relative(here, ""))
    values = {
        "contents": Markup(whole.adapted(tree, here)),  # noqa: S704 - escaped there
        "parts": tuple(_part(rendered, site, whole) for rendered in pages),
    }
    return fill(frame, here, "print.html", values_at(frame, here) | values)


def _part(rendered: RenderedPage, site: Site, whole: _Whole) -> Part:
    page, body = rendered.page, rendered.body
    language = page.document.language or site.language
    has_title = any(heading.level == 1 for heading in body.headings)
    html = with_aliases(page, body)
    return Part(
        whole.id(page.permalink),
        "" if has_title else page.title,
        tag_of(language) if language != site.language else "",
        direction(language),
        Markup(whole.adapted(html, page.permalink)),  # noqa: S704 - sanitised by render
    )


class _Whole:
    """Knows what is on the one page, and adapts what stood on pages of its own."""

    def __init__(self, pages: Iterable[RenderedPage], here: str) -> None:
        self._here = here
        self._anchors = {
            each.page.permalink: frozenset((*each.body.anchors, *_aliases(each.page)))
            for each in pages
        }

    def id(self, permalink: str, anchor: str = "") -> str:
        """Name a page or an anchor of it as it is called here; no two are called alike."""
        return f"{permalink or '/'}{anchor and ':'}{anchor}"

    def adapted(self, html: str, permalink: str) -> str:
        """Adapt the sanitised HTML of the page at a permalink."""
        return rewritten(html, partial(self._start_tag, permalink), _lower)

    def _start_tag(self, permalink: str, tag: str, attributes: Attributes, own: str) -> str:
        """A heading's tag is one level lower; attributes that name or lead are adapted."""
        adapted = {name: self._attribute(permalink, name, attributes[name]) for name in attributes}
        is_same = adapted == attributes and tag not in _LOWER
        return own if is_same else start_tag(_lower(tag), adapted)

    def _attribute(self, permalink: str, name: str, value: str) -> str:
        if name == "aria-level" and value.isdecimal():
            return str(int(value) + 1)
        if name in _NAMES:
            return " ".join(self.id(permalink, each) for each in value.split())
        if name in ADDRESSES:
            return self._address(permalink, value)
        if name == "srcset":
            return each_of_srcset(value, partial(self._address, permalink))
        return value

    def _address(self, permalink: str, address: str) -> str:
        if not address or is_absolute(address):
            return address
        parts = urlsplit(urljoin(f"/{quote(permalink)}", address))
        path, fragment = unquote(parts.path[1:]), unquote(parts.fragment)
        if path in self._anchors:
            anchor = fragment if fragment in self._anchors[path] else ""
            return f"#{quote(self.id(path, anchor), safe='/:')}"
        rest = (f"?{parts.query}" if parts.query else "") + (fragment and f"#{parts.fragment}")
        return relative(self._here, path) + rest


def _lower(tag: str) -> str:
    return _LOWER.get(tag, tag)


def _aliases(page: Page) -> list[str]:
    return [each.anchor for each in page.moved if each.old == each.new]
