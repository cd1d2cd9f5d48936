"""Twins: pages -> their Markdown for programs, page by page and all together (llms.txt)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from urllib.parse import quote

from sitegen.feeds.parts import PartOfFeed
from sitegen.model import Body, NavItem, OutputFile, Page, Site
from sitegen.urls import is_absolute, twin_path

LISTED = 2_000  # pages that one list names
FULL_LIMIT = 2_000_000  # bytes of one part of llms-full.txt: what tools read in one go
_SIGNS = re.compile(r"[\[\]<\\]")  # in a title, none of them is Markdown


def twin(page: Page, body: Callable[[], Body], taken: Collection[str]) -> OutputFile:
    """Write one page as Markdown; ``taken`` are the site's `urls.markdown_folders`."""
    path = twin_path(page.permalink, taken)
    return OutputFile(path, body().markdown.encode("utf-8", "replace"))


def llms(
    site: Site, descriptions: Mapping[str, str], taken: Collection[str], base_url: str
) -> Iterator[OutputFile]:
    """List all pages in the order of the navigation, as llmstxt.org asks.

    Of many, ``llms.txt`` lists files for its sections, and these the pages. ``descriptions`` are
    by permalink, ``taken`` as for `twin`. Links are relative without a ``base_url``.
    """
    root = f"{base_url.rstrip('/')}/" if base_url else ""

    def entries(items: Iterable[NavItem]) -> Iterator[str]:
        for item in items:
            if item.permalink is not None:
                said = descriptions.get(item.permalink, "")
                address = root + quote(twin_path(item.permalink, taken))
                yield f"- [{_escaped(item.title)}]({address})" + (f": {said}" if said else "")
            elif is_absolute(item.url):
                yield f"- [{_escaped(item.title)}]({item.url})"
            yield from entries(item.items)

    lines = [f"# {site.title}", ""]
    lines += [f"> {len(site.pages)} pages of documentation as Markdown.", ""]
    number = 0
    for title, items in _sections(site):
        lines += [f"## {title}", ""] if title else []
        rest = entries(items)
        while some := list(islice(rest, LISTED)):
            if len(site.pages) <= LISTED:
                lines += some
                continue
            number += 1
            name = f"llms-{number}.txt"
            lines.append(f"- [{_escaped(title or site.title)}]({root}{name}): {len(some)} pages")
            yield _text(name, [f"# {site.title}" + (f": {title}" if title else ""), "", *some, ""])
        lines.append("")
    yield _text("llms.txt", lines)


def _sections(site: Site) -> Iterator[tuple[str, Sequence[NavItem]]]:
    """The items of the navigation that hold none, then the others one by one, by their titles."""
    if loose := [item for item in site.navigation if not item.items]:
        yield "", loose
    yield from ((item.title, (item,)) for item in site.navigation if item.items)


def _text(path: str, lines: Sequence[str]) -> OutputFile:
    return OutputFile(path, "\n".join(lines).encode("utf-8", "replace"))


def _escaped(title: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", title)


def llms_full(
    pages: Iterable[Page],
    taken: Collection[str],
    base_url: str,
    entry: Callable[[str], tuple[int, object]],
    read: Callable[[str], bytes],
) -> Iterator[PartOfFeed]:
    """Put all twins into one file; beyond ``FULL_LIMIT`` into numbered parts.

    ``entry`` gives the bytes that a twin has, and what these are known by, ``read`` the bytes.
    """
    root = f"{base_url.rstrip('/')}/" if base_url else ""
    part: list[tuple[str, object]] = []
    size = number = 0
    for page in pages:
        path = twin_path(page.permalink, taken)
        length, known_by = entry(path)
        length += len(_above(root, path)) + 1
        if part and size + length > FULL_LIMIT:
            number += 1
            yield _part(f"llms-full-{number}.txt", root, part, read)
            part, size = [], 0
        part.append((path, known_by))
        size += length
    if not number:
        yield _part("llms-full.txt", root, part, read)
        return
    yield _part(f"llms-full-{number + 1}.txt", root, part, read)
    names = [f"llms-full-{each}.txt" for each in range(1, number + 2)]
    listed = "".join(f"- [{name}]({root}{name})\n" for name in names)
    whole = f"# All pages, in {len(names)} parts\n\n{listed}".encode()
    yield (root, len(names)), partial(OutputFile, "llms-full.txt", whole)


def _part(
    name: str, root: str, twins: Sequence[tuple[str, object]], read: Callable[[str], bytes]
) -> PartOfFeed:
    def make() -> OutputFile:
        texts = (b"%b%b\n" % (_above(root, path), read(path)) for path, _ in twins)
        return OutputFile(name, b"".join(texts))

    return (name, root, twins), make


def _above(root: str, path: str) -> bytes:
    """What stands above the twin of a page."""
    return b"<!-- %b -->\n\n" % (root + quote(path)).encode()
