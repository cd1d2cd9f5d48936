"""Assemble: pages of many repositories -> paths that begin with the repository, not its layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from sitegen.assemble.grouping.sources import languages_among, shared_folder
from sitegen.languages import is_language

Path = tuple[str, ...]

_VIEWS = frozenset({"blob", "tree", "raw"})
_VIEW = 2  # segments: how a repository is viewed, and which branch
_NEARLY = 0.9
_VERSION = re.compile(r"v?[0-9]+(?:\.[0-9]+)+|v[0-9]+")
_LAYOUT = frozenset(
    {
        *("docs", "doc", "documentation", "source", "sources", "src", "content", "contents"),
        *("site", "website", "pages", "book", "guide", "manual"),
        *("main", "master", "latest", "stable", "current"),
    }
)
"""Folders of repositories that say nothing of the pages in them."""


def without_layout(paths: Mapping[str, Path], root: Path) -> dict[str, Path]:
    """Take `blob/main/docs/source` out of the paths of a dataset of many repositories.

    A path below the ``root`` names its repository before `blob`, or in its first folder. What
    all pages of a repository have below that is left out, and what nearly all have as far as it is
    layout: pages keep their places to each other. The owner goes where no two have a repository
    of the same name. Where repositories are in several languages, the language comes first.
    """
    parted = {source: _parted(path[len(root) :]) for source, path in paths.items()}
    repositories: dict[Path, list[str]] = {}
    for source, path in paths.items():
        if path[: len(root)] == root and parted[source][0]:
            repositories.setdefault(parted[source][0], []).append(source)
    within = {each: [parted[source][1] for source in repositories[each]] for each in repositories}
    layouts = {repository: _layout(inner) for repository, inner in within.items()}
    roots = {each: _root(layouts[each], inner) for each, inner in within.items()}
    tongues = _tongues(roots, within)
    laid_out = sum(bool(layouts[each]) or len(tongues[each]) > 1 for each in layouts)
    if 2 * laid_out <= len(layouts) or len(layouts) < 2:
        return dict(paths)
    names = Counter(repository[-1] for repository in layouts)

    def folded(tongues: Mapping[Path, Collection[str]]) -> dict[str, Path]:
        found = {}
        for repository, sources in repositories.items():
            name = repository[-1:] if names[repository[-1]] == 1 else repository
            for source in sources:
                inner = parted[source][1]
                language, below = _told(inner, roots[repository], tongues.get(repository, ()))
                found[source] = (*language, *name, *below)
        return found

    by_language = folded(tongues)
    found = by_language if languages_among(by_language.values()) else folded({})
    return dict(paths) | {source: (*root, *path) for source, path in found.items()}


def _tongues(
    roots: Mapping[Path, Path], within: Mapping[Path, Sequence[Path]]
) -> Mapping[Path, Collection[str]]:
    """The languages of each repository, as its folders name them; of none if all are in one."""
    found: dict[Path, Collection[str]] = {}
    for repository, root in roots.items():
        below = [path[len(root) :] for path in within[repository] if path[: len(root)] == root]
        own = next((each for each in reversed(root) if is_language(each)), None)
        found[repository] = languages_among(below) or ({own} if own else ())
    is_told = all(found.values()) or any(len(each) > 1 for each in found.values())
    is_many = len({language for each in found.values() for language in each}) > 1
    return found if is_told and is_many else dict.fromkeys(found, ())


def _told(path: Path, root: Path, tongues: Collection[str]) -> tuple[Path, Path]:
    """The language of a page, if its path tells, and its path below that and the root."""
    below = _below(root, path)
    if len(tongues) == 1 and path[: len(root)] == root:
        return tuple(tongues), below
    is_told = len(below) > 1 and below[0] in tongues
    return (below[:1], below[1:]) if is_told else ((), below)


def _parted(path: Path) -> tuple[Path, Path]:
    """The repository that a path is of, and the path within."""
    before = tuple(takewhile(lambda segment: segment not in _VIEWS, path[:-2]))
    if before and len(before) < len(path) - 2:
        return before, path[len(before) :]
    return path[:1] if len(path) > 1 else (), path[1:]


def _root(layout: Path, paths: Sequence[Path]) -> Path:
    """The folder that all pages of a repository are in which are below its layout."""
    return shared_folder([path[:-1] for path in paths if path[: len(layout)] == layout])


def _below(layout: Path, path: Path) -> Path:
    if path[: len(layout)] == layout:
        return path[len(layout) :]
    return path[_VIEW:] if path[:1] and path[0] in _VIEWS else path


def _layout(paths: Sequence[Path]) -> Path:
    """The folders that nearly all pages of a repository are in, as far as they are layout."""
    layout: Path = ()
    while True:
        at = len(layout)
        below = Counter(path[at] for path in paths if path[:at] == layout and len(path) > at + 1)
        (folder, count), *_ = below.most_common(1) or [("", 0)]
        is_view = at < _VIEW and (layout or (folder,))[0] in _VIEWS
        if count < _NEARLY * len(paths) or not (is_view or _is_layout(folder)):
            return layout
        layout = (*layout, folder)


def _is_layout(segment: str) -> bool:
    is_version = _VERSION.fullmatch(segment) is not None
    return is_version or segment.lower() in _LAYOUT or is_language(segment)
