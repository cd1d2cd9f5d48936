"""Folders: documents -> navigation by their paths, where no toctree says how."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.model import Head, NavItem, Page
from sitegen.model.spelled import SPELLED
from sitegen.urls import INDEX_NAMES, fold, natural_key, permalink

_CAPITALS = re.compile(r"(?<![\w.])[A-Za-z]+[A-Z][A-Za-z]*(?![\w.])")
_NUMBERED = re.compile(r"^(chapter|part|unit|week|module|lesson|section|day|step)(\d+)$", re.I)
NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_FIRST = (
    *("index", "readme", "introduction", "intro", "overview", "getstarted", "gettingstarted"),
    *("installation", "install", "setup", "quickstart", "quicktour", "firststeps", "tutorial"),
)
"""Names of pages that are read before their neighbours, in this order."""
_START = (
    *("quickstart", "quicktour", "gettingstarted", "getstarted", "firststeps", "introduction"),
    *("intro", "overview", "readme", "index", "installation", "install", "tutorial"),
)
"""Names of pages from which a reader who knows nothing as yet begins, best first."""
_PREFIX = re.compile(r"[^\W_]+(?=[-_][^\W_])")
_BANNER = 5  # pages of one title, and more than half of all
_ALIKE = 3  # pages whose names begin with the same word make a group ...
_MANY = 15  # ... where a folder holds more pages than these


class _Folder(Struct):
    """What is in a folder: pages and folders by name."""

    path: str = ""
    pages: dict[str, Head] = field(default_factory=dict)
    folders: dict[str, _Folder] = field(default_factory=dict)


_Ranked = tuple[tuple[float, int, tuple[tuple[int, int, str], ...]], NavItem]


def from_paths(documents: Sequence[Head], language: str = "") -> tuple[NavItem, ...]:
    """Build navigation from folders: a folder's index is the page of its group.

    Start pages come first. In a long folder, pages whose names begin alike are a group. Folders
    that hold nothing but one other are a group with that. The top is the folder of a ``language``,
    if one is given. Folders there that are repositories, each a documentation of its own, are
    libraries.
    """
    root = _Folder(f"{language}/" if language else "")
    for document in documents:
        *folders, name = document.id.removeprefix(root.path).split("/")
        here = root
        for folder in folders:
            here = here.folders.setdefault(folder, _Folder(f"{here.path}{folder}/"))
        here.pages[name] = document
    return _items(root, spellings(documents), _libraries(root, documents))


def _libraries(root: _Folder, documents: Iterable[Head]) -> Collection[str]:
    """The folders of the top, where most are repositories: what a path had below these is gone.

    In the folder of a language one is enough: others may lack the language.
    """
    ids = (each.id.removeprefix(root.path) for each in documents if _is_folded(each, root.path))
    folded = {id.partition("/")[0] for id in ids}
    is_many = len(folded) > (not root.path) and len(folded) * 2 > len(root.folders)
    return root.folders.keys() if is_many else ()


def _is_folded(document: Head, top: str) -> bool:
    """Whether a source has folders between the first one of its id, below the top, and the rest."""
    source = f"/{document.source}".replace("\\", "/")
    inside = document.id.removeprefix(top)
    first, _, rest = inside.partition("/")
    parts = f"/{first}/", f"/{rest}"
    return bool(rest) and all(part in source for part in parts) and f"/{inside}" not in source


def _items(
    folder: _Folder,
    spelled: Mapping[str, str],
    libraries: Collection[str] = (),
) -> tuple[NavItem, ...]:
    """What is in a folder; that of a library in it is joined to none below."""
    ranked: list[_Ranked] = []
    loose = {name: page for name, page in folder.pages.items() if name not in folder.folders}
    for prefix, names in _alike(loose, folder.folders).items():
        head = loose.pop(prefix, None)
        within = sorted(_page(name, loose.pop(name)) for name in names)
        ranked.append(_group(prefix, folder.path, head, _unranked(within), spelled))
    ranked += (_page(name, document) for name, document in loose.items())
    listed: set[str] = set()
    for own, inner in folder.folders.items():
        head = folder.pages.get(own)
        name, below = (own, inner) if head or own in libraries else _chain(own, inner)
        index = next((page for page in below.pages if page.lower() in INDEX_NAMES), None)
        if head is None and index is not None:
            head = below.pages.pop(index)
        rank, group = _group(name, folder.path, head, _items(below, spelled), spelled)
        # Of folders that differ in letter case alone one has a page that lists what is in it.
        address = "" if fold(group.listed) in listed else group.listed
        listed.add(fold(group.listed))
        ranked.append((rank, replace(group, is_library=own in libraries, listed=address)))
    return _unranked(sorted(ranked, key=lambda each: each[0]))


def _chain(name: str, folder: _Folder) -> tuple[str, _Folder]:
    """The path to the first folder, from this one on, that holds more than one other."""
    while not folder.pages and len(folder.folders) == 1:
        ((inner, folder),) = folder.folders.items()
        name = f"{name}/{inner}"
    return name, folder


def _alike(pages: Mapping[str, Head], folders: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """The names that begin with the same word, by that word, if it is what the pages are about.

    A word that all of them begin with tells none apart: their folder is that group.
    """
    if len(pages) <= _MANY:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name in pages:
        if (prefix := _PREFIX.match(name)) and prefix[0] not in folders:
            found[prefix[0]] = (*found.get(prefix[0], ()), name)
    return {
        prefix: names
        for prefix, names in found.items()
        if _ALIKE <= len(names) < len(pages)
        and (prefix in pages or _is_subject(prefix, pages, names))
    }


def _is_subject(prefix: str, pages: Mapping[str, Head], names: Sequence[str]) -> bool:
    """Whether most titles name what the names of their pages begin with."""
    word = prefix.lower().removesuffix("s")
    return sum(word in pages[name].title.lower() for name in names) * 2 > len(names)


def _page(name: str, document: Head) -> _Ranked:
    return _rank(name, document), NavItem(name_of_page(document), permalink(document.id))


def _group(
    name: str,
    above: str,
    head: Head | None,
    items: tuple[NavItem, ...],
    spelled: Mapping[str, str],
) -> _Ranked:
    words = " / ".join(folder_title(each, spelled) for each in name.split("/"))
    title = name_of_page(head) if head else words
    address = permalink(head.id) if head else None
    listed = "" if head else permalink(f"{above}{name}/index")
    return _rank(name, head), NavItem(title, address, items, listed=listed)


def _rank(name: str, document: Head | None) -> tuple[float, int, tuple[tuple[int, int, str], ...]]:
    """Where a page or folder stands among its neighbours: as it asks for, then start pages."""
    order = document.own_place.order if document else ""
    plain = _plain(name)
    return (
        float(order) if NUMBER.fullmatch(order) else float("inf"),
        _FIRST.index(plain) if plain in _FIRST else len(_FIRST),
        natural_key(name),
    )


def _unranked(ranked: Iterable[_Ranked]) -> tuple[NavItem, ...]:
    return tuple(item for _, item in ranked)


def start_of(pages: Sequence[Page]) -> Page | None:
    """The page from which a site is best begun: by its name, else the first; none of none."""
    return min(pages, key=_distance_from_start, default=None)


def _distance_from_start(page: Page) -> tuple[int, int]:
    name = _plain(page.document.id.rpartition("/")[2])
    depth = page.document.id.count("/")
    return (_START.index(name), depth) if name in _START and depth < 2 else (len(_START), 0)


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def told_apart(documents: Sequence[Head]) -> Sequence[Head]:
    """Documents, named after their paths where most have one title: a banner tells none apart."""
    usual, count = Counter(each.title for each in documents).most_common(1)[0]
    if count < _BANNER or 2 * count <= len(documents):
        return documents
    spelled = spellings(documents)

    def named(document: Head) -> Head:
        *folders, last = document.id.split("/")
        names = folders if last.lower() in INDEX_NAMES else [*folders, last]
        return replace(document, title=folder_title(names[-1], spelled)) if names else document

    return [named(each) if each.title == usual else each for each in documents]


def name_of_page(document: Head) -> str:
    """What a page is called in the navigation."""
    return document.own_place.title or document.title


def spellings(documents: Iterable[Head]) -> dict[str, str]:
    """How titles of pages spell words that have capitals of their own: ``api`` is ``API``."""
    titles = (each.title for each in documents if not each.title.isupper())
    words = (word for title in titles for word in _CAPITALS.findall(title))
    counts = Counter(words)
    return {word.lower(): word for word in sorted(counts, key=lambda word: (counts[word], word))}


def folder_title(name: str, spelled: Mapping[str, str] = MappingProxyType({})) -> str:
    """Read a group's title from a folder name."""
    words = _NUMBERED.sub(r"\1 \2", name.replace("_", " ").replace("-", " ")).split()
    said = " ".join(spelled.get(word.lower()) or SPELLED.get(word.lower(), word) for word in words)
    return said[:1].upper() + said[1:] or name
