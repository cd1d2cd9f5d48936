"""Sources -> document ids: the common root goes, and no two pages share an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import count, takewhile

from sitegen.errors import Diagnostic, Location, Severity
from sitegen.languages import is_language, tag_of
from sitegen.urls import INDEX_NAMES, fold, permalink

_SUFFIX = re.compile(r"(?<=[^/])\.(?:mdx?|markdown|qmd|rmd|rst|html?|txt|ipynb)$", re.IGNORECASE)
_DRIVE = re.compile(r"^[A-Za-z]:(?=[\\/])")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/]*")
_ABSOLUTE = re.compile(r"[\\/]|[A-Za-z]:[\\/]|[A-Za-z][A-Za-z0-9+.-]*://")
_WRITTEN_OTHERWISE = re.compile(r"\\|(?<![:/])//|(?:^|/)\.(?:/|$)")
_START = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?/+")  # a scheme, a drive, a root
_OF_ROWS_FILE = re.compile(
    r"\.(?:warc|wet|parquet|jsonl?|arrow|csv|tsv|zip|tar|zst|gz|bz2|7z)$", re.IGNORECASE
)
"""What ends the name of a file of many pages."""
_DEPTH = 40  # folders; deeper ones are one folder, so that no later stage need fear for its stack
# Sources off the common root do not move everybody's address as long as so many are on it.
_MAJORITY = {True: 0.5, False: 0.9}
RESERVED = frozenset(
    f"{name}/"
    for name in (
        *("assets", "search", "site-index", "404.html", "build.json", "robots.txt", "sitemap.xml"),
        *("llms.txt", "llms-full.txt", "objects.inv"),
    )
)  # addresses of generated pages and files


def segments(source: str) -> tuple[str, ...]:
    """Clean a source path to segments: no drive, no host, no ``.`` and nothing above the root."""
    path = _SCHEME.sub("", _DRIVE.sub("", source.strip())).replace("\\", "/")
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment.strip() not in {"", "."}:
            segments.append(segment)
    return tuple(segments) or ("page",)


@lru_cache(maxsize=256)  # the rows of one source stand together
def same_path(source: str) -> str:
    """Write a path in the one way that paths with ``/``, a backslash, ``./``, ``//`` share."""
    if "://" in source:
        source = source.rstrip("/")
    if not _WRITTEN_OTHERWISE.search(source):
        return source
    start = _START.match(source.replace("\\", "/"))
    lead, rest = (start[0], source[start.end() :]) if start else ("", source)
    path = "/".join(p for p in rest.replace("\\", "/").split("/") if p not in {"", "."})
    return f"{lead}{path}" if path else source


def is_no_page(source: str) -> bool:
    """Whether a source without a folder, or of a file of rows, names no page of several urls."""
    return ("/" not in source and "\\" not in source) or _OF_ROWS_FILE.search(source) is not None


def common_root(paths: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find the common folder; a few strays elsewhere do not lengthen everybody's address."""
    by_kind: dict[bool, list[tuple[str, ...]]] = {True: [], False: []}
    for source, path in paths.items():
        if not _climbs(source):
            by_kind[_ABSOLUTE.match(source.strip()) is not None].append(path[:-1])
    is_absolute = len(by_kind[True]) > len(by_kind[False])
    folders = by_kind[is_absolute]
    if not folders:
        return ()
    (first, most), *_ = Counter(folder[:1] for folder in folders).most_common(1)
    shared = shared_folder([f for f in folders if f[:1] == first])
    # Absolute paths that begin differently come from different machines or are made up.
    enough = _MAJORITY[is_absolute] * len(folders)
    if most == len(folders) or (most > enough and len(shared) > 1):
        return shared
    return shared_folder(folders)


def _climbs(source: str) -> bool:
    """Tell whether a source leads above its own start: no honest dataset has such a path."""
    depth = 0
    for segment in source.replace("\\", "/").split("/"):
        depth += -1 if segment == ".." else segment not in {"", "."}
        if depth < 0:
            return True
    return False


def shared_folder(folders: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Give the leading segments that all folders have: those of the first and last in order."""
    low, high = min(folders), max(folders)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    return tuple(segment for segment, _ in same)


def identify(
    paths: Mapping[str, tuple[str, ...]], root: tuple[str, ...], notices: list[Diagnostic]
) -> tuple[dict[str, str], dict[str, str]]:
    """Give each source its document id; ids whose pages would share a file make way."""
    wanted: list[tuple[bool, str, str, str]] = []
    for source, path in paths.items():
        inside = path[: len(root)] == root and len(path) > len(root)
        *folders, last = path[len(root) :] if inside else path
        name = "/".join((*folders[:_DEPTH], "-".join((*folders[_DEPTH:], last))))
        document_id = _SUFFIX.sub("", name)
        is_readme = document_id.rpartition("/")[2].lower() == "readme"
        wanted.append((not inside or is_readme, document_id, name, source))
    taken = {fold(address): "a generated page" for address in RESERVED}
    ids: dict[str, str] = {}
    late: list[tuple[str, str]] = []  # these take an address only when all others have theirs
    for _, document_id, _, source in sorted(wanted):
        if taken.setdefault(fold(permalink(document_id)), source) == source:
            ids[source] = document_id
        else:
            late.append((document_id, source))
    kept = set(ids.values())
    numbers: dict[str, Iterator[int]] = {}
    renamed: dict[str, str] = {}
    for document_id, source in late:
        address = fold(permalink(document_id))
        other = taken[address]
        numbered = numbers.setdefault(address, count(2))
        unique = next(
            name
            for name in (_renamed(document_id, number) for number in numbered)
            if taken.setdefault(fold(permalink(name)), source) == source
        )
        notices.append(_collision(source, other, unique))
        if document_id not in kept:
            renamed.setdefault(document_id, unique)
        ids[source] = unique
    return {source: ids[source] for source in paths}, renamed


def overlaid(
    paths: Mapping[str, tuple[str, ...]], root: tuple[str, ...], files: Set[str]
) -> dict[str, str]:
    """The sources of a dataset whose pages ``files`` of the same names replace, and these files.

    Both count from the ``root``; letter case and suffix make no difference.
    """
    names = {
        source: fold(_SUFFIX.sub("", "/".join(path[len(root) :])))
        for source, path in paths.items()
        if path[: len(root)] == root
    }
    own = {name: source for source, name in names.items() if source in files}
    rows = ((source, name) for source, name in names.items() if source not in files)
    return {source: own[name] for source, name in rows if name in own}


def _renamed(document_id: str, number: int) -> str:
    """Give the id that makes way: an index becomes a page beside its folder's."""
    if document_id.rpartition("/")[2].lower() in INDEX_NAMES:
        return f"{document_id}-page" if number == 2 else f"{document_id}-page-{number - 1}"
    return f"{document_id}-{number}"


def _collision(source: str, other: str, now: str) -> Diagnostic:
    return Diagnostic(
        "path-collision",
        Severity.WARNING,
        f"{source!r} would be the same page as {other!r}; it is {now!r} now",
        Location(page=now),
        "rename one of the two sources",
    )


def languages_among(paths: Iterable[Sequence[str]]) -> frozenset[str]:
    """The folders at the top that are languages, if there are two; none where they may be words.

    Where all else at the top is a language too, they are. Beside a README or other folders they
    are if most pages are in them and they have pages of the same names, as translations have:
    ``io`` and ``os`` are languages, and parts of many a reference. Other folders that have such
    pages too tell that these are no translations, unless one is English. Without English, names in
    capitals are short for other words: ``IO`` and ``OS``.
    """
    pages: dict[str, set[tuple[str, ...]]] = {}
    for path in paths:
        pages.setdefault(path[0] if len(path) > 1 else "", set()).add(tuple(path[1:]))
    languages = frozenset(filter(is_language, pages))
    if "en" not in map(tag_of, languages):
        languages = frozenset(each for each in languages if each[:2].islower())
    if len(languages) > 1 and len(languages) < len(pages):
        times = Counter(page for language in languages for page in pages[language])
        languages = frozenset(
            each for each in languages if any(times[page] > 1 for page in pages[each])
        )
        inside = sum(len(pages[each]) for each in languages)
        beside = set().union(*(pages[each] for each in pages.keys() - languages - {""}))
        told = {page for page in beside if times[page] and not _is_index(page[-1])}
        if inside * 2 <= sum(map(len, pages.values())) or (
            told and "en" not in map(tag_of, languages)
        ):
            return frozenset()
    return languages if len(languages) > 1 else frozenset()


def _is_index(name: str) -> bool:
    return name.partition(".")[0].lower() in INDEX_NAMES


def language_folders(paths: Iterable[Sequence[str]]) -> frozenset[str]:
    """The folders that are languages: those at the top, else those below versions and the like.

    Further down one must be English: there it is likelier that names are words.
    """
    paths = tuple(paths)
    if top := languages_among(paths):
        return top
    english = {
        tuple(path[:depth])
        for path in paths
        for depth in range(1, len(path) - 1)
        if path[depth].lower() == "en"
    }
    found: set[str] = set()
    for head in english:
        inside = [path[len(head) :] for path in paths if tuple(path[: len(head)]) == head]
        found |= {"/".join((*head, each)) for each in languages_among(inside)}
    return frozenset(found)


def language_in(id: str, folders: Set[str]) -> str:
    """The language of the folder that a document is in, or "" if none is one."""
    parts = id.split("/")[:-1]
    heads = ("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    return next((head.rpartition("/")[2] for head in heads if head in folders), "")


def language_of(root: Sequence[str]) -> str:
    """Read the language from a root such as ``docs/source/en``."""
    return root[-1] if len(root) > 1 and root[-2] == "source" and is_language(root[-1]) else ""
