"""A site: pages in reading order, the navigation over them, and what leads to them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sitegen.errors import Location
from sitegen.model.documents import Head
from sitegen.model.moves import Moved


class TocEntry(Struct, frozen=True):
    """A node of an authored toctree; ``local`` is a document id or empty for a plain group.

    An entry without a ``title`` has that of its page; one with a ``url`` leads to another site.
    ``renamed`` is the id under which the document is published instead. ``place`` is where the
    entry is written.
    """

    title: str
    local: str = ""
    sections: tuple[TocEntry, ...] = ()
    expanded: bool = False
    url: str = ""
    renamed: str = ""
    place: Location = Location()

    def walk(self) -> Iterator[TocEntry]:
        """Yield this node and all below it in reading order."""
        yield self
        for entry in self.sections:
            yield from entry.walk()


class NavItem(Struct, frozen=True):
    """A node of the navigation; ``permalink`` is ``None`` for a group without a page.

    One without a page may have the ``url`` of another site; ``listed`` is the address of a page of
    ours that lists what is in the group, if it has one. An item with a ``language`` holds all pages
    of that language, which see nothing else; so do those of a library (``is_library``), besides
    the names of the others.
    """

    title: str
    permalink: str | None
    items: tuple[NavItem, ...] = ()
    expanded: bool = False
    language: str = ""
    url: str = ""
    listed: str = ""
    is_library: bool = False

    @property
    def address(self) -> str | None:
        """That of its page, else of what lists its pages; ``None`` if it has neither."""
        return self.permalink if self.permalink is not None else self.listed or None


class PageLink(Struct, frozen=True):
    """A title and the permalink it leads to (``None``: a group that is no page)."""

    title: str
    permalink: str | None


class Changed(Struct, frozen=True):
    """Which version brought a page as it is, and the day of that; ``text`` digests its chunks.

    Without versions, or where the input itself has a day, the day alone tells.
    """

    version: str
    date: str
    text: str


class Page(Struct, frozen=True):
    """A document's head with its place in the site. ``permalink`` is ``""`` or ends in ``/``.

    ``moved`` are the anchors that were on this page before or are now.
    """

    document: Head
    title: str
    permalink: str
    breadcrumbs: tuple[PageLink, ...] = ()
    previous: PageLink | None = None
    next: PageLink | None = None
    moved: tuple[Moved, ...] = ()
    changed: Changed | None = None


class Site(Struct, frozen=True):
    """All pages in reading order and the navigation over them."""

    title: str
    pages: tuple[Page, ...]
    navigation: tuple[NavItem, ...]
    language: str = "en"

    @property
    def libraries(self) -> tuple[NavItem, ...]:
        """The libraries of the navigation, in whichever language; empty if it is of one."""
        tops = (item.items if item.language else (item,) for item in self.navigation)
        return tuple(each for items in tops for each in items if each.is_library)


class LinkSpace(Struct, frozen=True, cache_hash=True):
    """What links in a body may name besides paths: the dataset's own old addresses.

    ``roots`` are URL prefixes of the old site (``https://host/docs/lib/en/``) under which a
    path is a document id; ``renamed`` maps the few ids that had to give way to another.
    ``markdown_folders`` are those of the whole site (`urls.markdown_folders`). ``site_roots`` are
    the folders of its host, without ``/`` around them, under which addresses from the host's root
    are this site's, and ``home`` is the folder of all pages where these addresses leave it out.
    ``redirected`` gives of old permalinks the document and anchor they lead to.
    ``language`` is that of pages that say none, and ``strings`` are a project's own phrases, by
    language.
    Every page looks things up by a space, so its hash is kept.
    """

    roots: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    markdown_folders: tuple[str, ...] = ()
    site_roots: tuple[str, ...] = ()
    home: str = ""
    redirected: tuple[tuple[str, str, str], ...] = ()
    language: str = ""
    strings: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
