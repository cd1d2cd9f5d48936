"""Addresses as pure functions of identity: anchors, permalinks, relative links, output paths."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from urllib.parse import quote, unquote

from msgspec import Struct

PAGE_SUFFIX = re.compile(r"(?<=[^/])\.(?:mdx?|markdown|qmd|rmd|rst|html?)$", re.IGNORECASE)
WRITTEN_ID_PREFIX = "user-content-"
"""Keeps ids that authors write by hand out of the way of our own."""
INDEX_NAMES = frozenset({"index", "_index", "readme"})
NOT_FOUND = "404"
"""The id of the page for addresses that do not exist, if the input has one."""
_WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")}
)
_NOT_PORTABLE = re.compile(
    r'[\s<>:"/\\|?*#%\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069'
    r"\ud800-\udfff\ufeff\ufff0-\uffff]+"
)
_SEGMENT_BYTES = 200  # file systems allow 255; the rest is for suffixes
_PATH_BYTES = 2000  # Linux allows 4096, together with the path of the output folder
_BESIDE_ANCHOR = re.compile("[^a-z0-9-]+"), re.compile("[^a-z0-9_-]+")
_PLAIN_PATH = re.compile(r"[\w./~!$&'()*+,;=@-]+", re.ASCII).fullmatch  # encoded it is the same
_ASSET_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}$")
_PROJECT = re.compile(r"@site/(?:static/|docs/)?")  # how Docusaurus writes the site's root
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_remote(item: str) -> bool:
    """Whether an input or an output is an address of somewhere else, and no path of this disk."""
    return bool(_REMOTE.match(item))


def slug(title: str, *, underscores: bool = False, marks: bool = False) -> str:
    """Reduce a heading's plain title to its anchor, exactly as doc-builder does.

    Runs of white space become one hyphen, then all but letters, numbers and hyphens go:
    underscores, punctuation, emoji and combining marks too. Hyphens are not collapsed. Other
    tools keep ``underscores``, or combining ``marks``.
    """
    hyphenated = "-".join(title.lower().split())
    if hyphenated.isascii():  # as nearly all are
        return _BESIDE_ANCHOR[underscores].sub("", hyphenated)
    kept, classes = "-_" if underscores else "-", "LNM" if marks else "LN"
    return "".join(c for c in hyphenated if c in kept or unicodedata.category(c)[0] in classes)


@lru_cache(maxsize=1 << 17)  # each page is asked for some times in a row, and linked to many times
def permalink(document_id: str) -> str:
    """Give the address of a document below the site's root: ``""`` or a path ending in ``/``.

    What is longer than file systems take is replaced by a digest.
    """
    segments = [portable(segment) for segment in document_id.split("/") if segment]
    if segments and segments[-1].lower() in INDEX_NAMES:
        segments.pop()
    address = "".join(f"{segment}/" for segment in segments)
    return address if len(address.encode()) <= _PATH_BYTES else f"page-{_digest(document_id)}/"


@lru_cache(maxsize=16_384)  # a folder is in the addresses of all its pages
def portable(segment: str) -> str:
    """Map a path segment to a file name that every file system and static host accepts.

    What cannot stay (separators, control characters, leading dots and underscores, device names)
    is replaced; over-long names are cut and keep a digest, so that the map stays a pure function.
    """
    name = _NOT_PORTABLE.sub("-", unicodedata.normalize("NFC", segment))
    name = name.lstrip("._").rstrip(". ")
    if not name.strip("-"):
        return f"page-{_digest(segment)}"
    stem, dot, suffix = name.partition(".")
    if stem.lower() in _WINDOWS_DEVICES or name.lower() == "index.html":
        name = f"{stem}-page{dot}{suffix}"  # `con.md` is a device too, `index.html` a page's file
    if len(name.encode()) > _SEGMENT_BYTES:
        name = name.encode()[:_SEGMENT_BYTES].decode(errors="ignore") + f"-{_digest(segment)}"
    return name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def output_path(page_permalink: str) -> str:
    """Give the file of a page: ``a/b/`` is ``a/b/index.html``, ``old.html`` is one itself."""
    is_file = page_permalink and not page_permalink.endswith("/")
    return page_permalink if is_file else f"{page_permalink}index.html"


def twin_path(page_permalink: str, taken: Collection[str] = ()) -> str:
    """Give the path of a page's Markdown twin: ``a/b/`` has ``a/b.md``, the root ``index.md``.

    ``taken`` are the site's `markdown_folders`, which no file can be.
    """
    stem = page_permalink.rstrip("/") or "index"
    is_taken = bool(taken) and fold(f"{stem}.md") in taken
    return f"{stem}.{_digest(stem)}.md" if is_taken else f"{stem}.md"


def headings_name(language: str, of_site: str) -> str:
    """Name the script of the headings in a language; that of the site's own has the plain name."""
    if language in {"", of_site}:
        return "headings.js"
    return f"headings-{re.sub(r'[^a-z0-9]+', '-', language.lower())}.js"


def markdown_folders(permalinks: Iterable[str]) -> frozenset[str]:
    """Find the folders that are called like a twin, folded: ``a.md/`` of a source ``a.md.md``."""
    found = set()
    for address in permalinks:
        if ".md/" in address.lower():
            parts = address.split("/")
            found |= {fold("/".join(parts[:end])) for end in range(1, len(parts))}
    return frozenset(found)


def fold(path: str) -> str:
    """What paths have in common that some file systems hold for the same: case, Unicode form."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def relative(from_permalink: str, to_path: str) -> str:
    """Link from one page to a path below the site's root; the result is percent-encoded.

    ``relative("a/b/", "c/") == "../../c/"``; a page's link to itself is ``"./"``.
    """
    here, there = from_permalink.split("/"), to_path.split("/")
    shared, deepest = 0, min(len(here), len(there)) - 1
    while shared < deepest and here[shared] == there[shared]:
        shared += 1
    path = "../" * (len(here) - 1 - shared) + "/".join(there[shared:])
    return path if _PLAIN_PATH(path) else quote(path, safe="/~!$&'()*+,;=@") or "./"


class Target(Struct, frozen=True):
    """Where an internal link leads: a document id or an asset path, below the site's root."""

    path: str
    is_page: bool
    suffix: str


def is_absolute(href: str) -> bool:
    """Tell whether an address names a scheme or a host of its own."""
    return href.startswith("//") or _SCHEME.match(href) is not None


def resolve(href: str, document_id: str) -> Target | None:
    """Resolve a path as authors write it (``x``, ``../x.md#y``, ``x.mdx``) from a document.

    Paths count from the document's folder, as in the source tree, those behind ``@site/`` from the
    root. ``suffix`` is the query and fragment, unchanged. ``None`` when the path leaves the root.
    """
    path, suffix = _split_suffix(href)
    decoded = unquote(path)
    if decoded.startswith("@site/"):
        decoded = _PROJECT.sub("/", decoded, count=1)
    if not decoded:
        return Target(document_id, True, suffix)
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(document_id), decoded))
    if _leaves(document_id, decoded):
        return None
    target = joined.strip("/")
    if decoded.endswith("/"):
        return Target(target or "index", True, suffix)
    page = PAGE_SUFFIX.sub("", target)
    if page != target:
        return Target(page, True, suffix)
    is_asset = _ASSET_SUFFIX.search(target) is not None
    return Target(target or "index", not is_asset, suffix)


def _leaves(document_id: str, path: str) -> bool:
    depth = document_id.count("/")
    for segment in path.split("/"):
        depth += -1 if segment == ".." else segment not in {"", "."}
        if depth < 0:
            return True
    return False


def _split_suffix(href: str) -> tuple[str, str]:
    path = href.partition("#")[0].partition("?")[0]
    return path, href[len(path) :]


@lru_cache(maxsize=1 << 14)  # a file is asked about by each of its rows
def natural_key(path: str) -> tuple[tuple[int, int, str], ...]:
    """Give a sort key that orders paths folder by folder and numbers in names by value."""
    key: list[tuple[int, int, str]] = []
    for segment in path.casefold().split("/"):
        parts = re.split(r"([0-9]+)", segment)
        key += [_number(p) if index % 2 else (1, 0, p) for index, p in enumerate(parts) if p]
        key.append((-1, 0, ""))  # `a` and all below it before `a-b` and `a1`
    return (*key, (-2, 0, path))


def _number(digits: str) -> tuple[int, int, str]:
    """Order digits by value without making a number of them: `int` refuses very long ones."""
    value = digits.lstrip("0")
    return (0, len(value), value)


def canonical_url(base_url: str, path: str) -> str:
    """Give a page's address on its site."""
    return f"{base_url.rstrip('/')}/{quote(path)}"
