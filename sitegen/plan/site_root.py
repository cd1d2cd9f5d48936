"""Site root: addresses such as ``/course/intro`` -> under which path of a host this site stood."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from urllib.parse import unquote

from sitegen.scan.patterns import rare
from sitegen.urls import INDEX_NAMES, PAGE_SUFFIX, permalink

_ADDRESS = rare(r"""(?:\]\(\s*<?|\]:\s*<?|\b(?:href|src)=["'])/(?!/)([^\s)>"'#?]*)""")
_SIGNS = ("](/", "](</", "]: /", "]: </", '="/', "='/")


def site_roots(
    ids: Iterable[str], addresses: Iterable[str], files: Callable[[], Iterable[str]]
) -> tuple[str, ...]:
    """The folders of a host that addresses from its root name this site by, longest first.

    A folder counts if at least half of the addresses below it lead to pages or ``files`` of the
    site once it is taken off; ``""`` is the host's root itself. ``ids`` are those of pages, also
    of old ones that lead on, ``addresses`` those of all texts.
    """
    paths = set(map(unquote, addresses))
    if not paths:
        return ()
    pages = frozenset(map(permalink, ids))
    known = frozenset(files())
    votes = Counter(root for path in paths if (root := _root(path, pages, known)) is not None)
    kept: list[str] = []
    for root in sorted(votes, key=lambda root: (-len(root.split("/")) * bool(root), root)):
        below = sum(is_below(path, root) and path.strip("/") != root for path in paths)
        paths = {path for path in paths if not is_below(path, root)}
        if votes[root] * 2 >= below:
            kept.append(root)
    return tuple(kept)


def site_home(ids: Collection[str], addresses: Iterable[str]) -> str:
    """The folder that all pages are in, if addresses from the host's root count from there.

    At least half of them lead to pages below it: in ``content``, as some generators have it, a
    page ``content/guide/start`` is called ``/guide/start``. Else it is empty.
    """
    home = posixpath.commonpath({posixpath.dirname(id) for id in ids} or [""])
    paths = set(map(unquote, addresses)) if home else ()
    if not paths:
        return ""
    pages = frozenset(map(permalink, ids))
    below = [permalink(f"{home}/{PAGE_SUFFIX.sub('', path.strip('/'))}") for path in paths]
    return home if 2 * sum(page in pages for page in below) >= len(paths) else ""


def is_below(path: str, root: str) -> bool:
    """Whether a path (without its first ``/``) is below a root, or the root itself."""
    return not root or path == root or path.startswith(f"{root}/")


def addresses(text: str) -> Iterator[str]:
    """Yield what a text leads to from the root of a host, without the first ``/``."""
    if any(sign in text for sign in _SIGNS):
        yield from _ADDRESS.findall(text)


def _root(path: str, pages: frozenset[str], files: frozenset[str]) -> str | None:
    """The shortest beginning of a path without which it leads to a page or file."""
    parts = path.strip("/").split("/")
    for number in range(len(parts)):
        rest = "/".join(parts[number:])
        page = PAGE_SUFFIX.sub("", rest)
        is_start = page.lower() in INDEX_NAMES or not page  # every site has one
        if (permalink(page) in pages or rest in files) and not (number and is_start):
            return "/".join(parts[:number])
    return None
