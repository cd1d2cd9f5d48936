"""The navigation as HTML: one bounded sidebar per page, and the whole tree once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from urllib.parse import quote

from markupsafe import escape

from sitegen.languages import tag_of
from sitegen.layout.templates import breakable
from sitegen.model import NavItem, Site
from sitegen.urls import is_absolute

ROOT = "<root>"  # stands for the way to the site's root; escaped text cannot contain it
LONG = 60  # of a longer list than this, only the neighbours of the current page are shown
SIBLINGS = 40
SMALL_SITE = 60  # so few entries are shown whole on every page
TABS = 6  # more libraries than these are in a list that unfolds
LISTED = 4_000  # entries; of more, each branch of the top is listed on a page of its own
EXPANDED = 12  # a group marked as expanded is shown open up to so many entries

_CURRENT = ' aria-current="true"'
_Trail = tuple[int, ...]


class Sidebar:
    """Renders each branch once; a page's sidebar is then a few strings joined.

    A page shows the top level and the way down to itself, each list cut to its neighbourhood, so
    its size has a bound that does not depend on the number of pages.
    """

    def __init__(self, site: Site, index_path: str, say: Mapping[str, str]) -> None:
        """Number the branches and remember where each page stands (its first place wins)."""
        self._top = NavItem("", None, site.navigation)
        self._language = site.language
        self._index, self._say = quote(index_path), say
        self._trails: dict[str, _Trail] = {}
        self._ids: dict[_Trail, str] = {(): "all"}
        count = sum(1 for _ in walk(self._top.items))
        self.is_split = count > LISTED
        for trail, item in walk(self._top.items):
            if item.items:
                branch = f"{trail[0]}-" if self.is_split else ""
                self._ids[trail] = f"{branch}b{len(self._ids)}"
            address = item.address
            if address is not None:
                self._trails.setdefault(address, trail)
        self._whole = count <= SMALL_SITE
        branches = (number for number, item in enumerate(self._top.items) if item.items)
        self._branches = tuple(islice(branches, SIBLINGS))
        self._closed: dict[_Trail, tuple[str, ...]] = {}

    def of(self, permalink: str, root: str) -> str:
        """Give the sidebar of one page; links start with ``root``."""
        trail = self._trails.get(permalink, ())
        top = self._top.items[trail[0]] if trail else self._top
        # Pages see their own language only, and of it their own library.
        at, whole = (trail[:1], top) if top.language else ((), self._top)
        below = trail[len(at) :]
        library = whole.items[below[0]] if below else whole
        if not library.is_library:
            return self._list(whole, at, below).replace(ROOT, root)
        tabs = self._libraries(library, top.language or self._language)
        return (tabs + self._library(library, (*at, below[0]), below[1:])).replace(ROOT, root)

    def _libraries(self, here: NavItem, language: str) -> str:
        """The libraries of a language and those of none, as tabs; many fold into the one read."""
        tabs = [
            f"<li>{_link(item, address_of(item), _CURRENT * (item is here))}</li>\n"
            for top in self._top.items
            for item in (top.items if top.language == language else (top,))
            if item.is_library
        ]
        html = f"<ul>\n{''.join(tabs)}</ul>"
        if len(tabs) > TABS:
            html = f"<details><summary>{_words(here.title)}</summary>{html}</details>"
        return f'<div class="sg-libraries">{html}</div>\n'

    def _library(self, library: NavItem, at: _Trail, trail: _Trail) -> str:
        """What is in a library, its own page before all else."""
        below = self._list(library, at, trail)
        address = library.address
        if address is None:
            return below
        current = "" if trail else ' aria-current="page"'
        return below.replace("<ul>\n", f"<ul>\n<li>{_link(library, address, current)}</li>\n", 1)

    def tree(self, root: str) -> str:
        """Give the whole navigation as nested lists; branches carry the ids that sidebars name."""
        return self._subtree(self._top, ()).replace(ROOT, root)

    def contents(self, root: str) -> str:
        """The navigation for the page that lists all pages: the top alone, if `branches` are."""
        if not self.is_split:
            return self.tree(root)
        lines = (
            f'<li><a href="{ROOT}{self._index}{number}/">{_words(item.title)}</a> '
            f"<small>{count_pages(item)}</small></li>\n"
            if item.items
            else f"<li>{_link(item, item.permalink)}</li>\n"
            for number, item in enumerate(self._top.items)
        )
        return f"<ul>\n{''.join(lines)}</ul>\n".replace(ROOT, root)

    def branches(self) -> Mapping[int, str]:
        """The numbers of the branches that are listed on pages of their own, with their titles."""
        items = enumerate(self._top.items) if self.is_split else ()
        return {number: item.title for number, item in items if item.items}

    def branch(self, number: int, root: str) -> str:
        """One branch of the top as nested lists, as `tree` gives all."""
        item, at = self._top.items[number], (number,)
        link = _link(item, item.address)
        below = self._subtree(item, at)
        return f'<ul>\n<li id="{self._ids[at]}">{link}{below}</li>\n</ul>\n'.replace(ROOT, root)

    def _list(self, parent: NavItem, at: _Trail, trail: _Trail) -> str:
        """Render the children of ``parent``, the one that ``trail`` leads through opened."""
        lines = self._lines(parent, at)
        first, last = _window(trail[0] if trail else 0, len(lines))
        # The sections of the site stay in sight among however many pages.
        others = () if at else self._branches
        above = [number for number in others if number < first]
        below = [number for number in others if number >= last]
        rows = [lines[number] for number in (*above, *range(first, last), *below)]
        if trail:
            here = trail[0]
            rows[here - first + len(above)] = self._opened(
                parent.items[here], (*at, here), trail[1:]
            )
        before, after = first - len(above), len(lines) - last - len(below)
        rows[:0] = [self._more(at, "Show {} above", before)] if before else []
        rows += [self._more(at, "Show {} below", after)] if after else []
        return f"<ul>\n{''.join(rows)}</ul>\n"

    def _opened(self, item: NavItem, at: _Trail, trail: _Trail) -> str:
        below = self._list(item, at, trail) if item.items else ""
        address = item.address
        if address is None and not item.url:
            return f"<li>{_details(item, below)}</li>\n"
        current = "" if trail else ' aria-current="page"'
        return f"<li>{_link(item, address, current)}{below}</li>\n"

    def _lines(self, parent: NavItem, at: _Trail) -> tuple[str, ...]:
        if at not in self._closed:
            self._closed[at] = tuple(
                self._line(item, (*at, number)) for number, item in enumerate(parent.items)
            )
        return self._closed[at]

    def _line(self, item: NavItem, at: _Trail) -> str:
        """Render an item that is not on the way to the current page."""
        if not item.items:
            return f"<li>{_link(item, item.permalink)}</li>\n"
        if self._whole or (item.expanded and _is_short(item)):
            below = self._list(item, at, ())
            address = item.address
            if address is None and not item.url:
                return f"<li>{_details(item, below)}</li>\n"
            return f"<li>{_link(item, address)}{below}</li>\n"
        link = _link(item, address_of(item))
        return f'<li class="sg-branch" data-branch="{self._ids[at]}">{link}</li>\n'

    def _more(self, at: _Trail, phrase: str, count: int) -> str:
        text = str.replace(self._say[phrase], "{}", str(count))  # markup would be escaped anew
        part = f"{at[0]}/" if self.is_split and at else ""
        href = f"{ROOT}{self._index}{part}#{self._ids[at]}"
        return f'<li class="sg-more"><a href="{href}">{text}</a></li>\n'

    def _subtree(self, parent: NavItem, at: _Trail) -> str:
        lines = [
            f'<li id="{self._ids[here]}">{_link(item, item.address)}'
            f"{self._subtree(item, here)}</li>\n"
            if item.items
            else f"<li>{_link(item, item.permalink)}</li>\n"
            for number, item in enumerate(parent.items)
            for here in [(*at, number)]
        ]
        return f"<ul>\n{''.join(lines)}</ul>\n"


def address_of(item: NavItem) -> str | None:
    """Where an item leads: to its own address, else to the first page below."""
    return first_permalink(item) if item.address is None else item.address


def first_permalink(item: NavItem) -> str | None:
    """Give the first page at or below an item, in reading order."""
    pages = (each.permalink for _, each in walk((item,)) if each.permalink is not None)
    return next(pages, None)


def count_pages(item: NavItem) -> int:
    """Count the pages at and below an item."""
    return sum(each.permalink is not None for _, each in walk((item,)))


def walk(items: Sequence[NavItem]) -> Iterator[tuple[_Trail, NavItem]]:
    """Yield each item below with its place, in reading order."""
    waiting: list[tuple[_Trail, NavItem]] = [
        ((number,), item) for number, item in reversed(tuple(enumerate(items)))
    ]
    while waiting:
        trail, item = waiting.pop()
        yield trail, item
        below = reversed(tuple(enumerate(item.items)))
        waiting.extend(((*trail, number), child) for number, child in below)


def _window(index: int, length: int) -> tuple[int, int]:
    if length <= LONG:
        return 0, length
    first = min(max(index - SIBLINGS // 2, 0), length - SIBLINGS)
    return first, first + SIBLINGS


def _is_short(item: NavItem) -> bool:
    return len(item.items) <= EXPANDED and not any(child.items for child in item.items)


def _details(item: NavItem, below: str) -> str:
    return f"<details open><summary>{escape(item.title)}</summary>{below}</details>"


def _link(item: NavItem, permalink: str | None, attributes: str = "") -> str:
    words = _words(item.title)
    if permalink is not None:
        return f'<a href="{ROOT}{escape(quote(permalink))}"{attributes}>{words}</a>'
    if is_absolute(item.url):
        return f'<a href="{escape(item.url)}" rel="noopener noreferrer">{words}</a>'
    if item.url:  # the page in another language
        language = tag_of(item.url.partition("/")[0])
        return f'<a href="{ROOT}{escape(quote(item.url))}" hreflang="{language}">{words}</a>'
    return f"<span>{words}</span>"


@lru_cache(maxsize=1 << 14)  # most pages show the same part of the tree
def _words(title: str) -> str:
    """A title, escaped, that breaks where the words of a long name meet."""
    return str(escape(breakable(title)))
