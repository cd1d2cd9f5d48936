"""Assemble: pages of many repositories -> paths that begin with the repository, not its layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile

from sitegen.assemble.sources import shared_folder
from sitegen.languages import is_language

Path = tuple[str, ...]

_VIEWS = frozenset({"blob", "tree", "raw"})
_VIEW = 2  # segments: how a repository is viewed, and which branch
_NEARLY = 0.9
_LAYOUT = frozenset(
    {
        *("docs", "doc", "documentation", "source", "sources", "src", "content", "contents"),
        *("site", "website", "pages", "book", "guide", "manual", "main", "master"),
    }
)
"""Folders of repositories that say nothing of the pages in them."""


def without_layout(paths: Mapping[str, Path], root: Path) -> dict[str, Path]:
    """Take `blob/main/docs/source` out of the paths of a dataset of many repositories.

    A path below the ``root`` names its repository before `blob`, or in its first folder. What
    all pages of a repository have below that is left out, and what nearly all have as far as it is
    layout: pages keep their places to each other. The owner goes where no two have a repository
    of the same name.
    """
    parted = {source: _parted(path[len(root) :]) for source, path in paths.items()}
    inside = [source for source, path in paths.items() if path[: len(root)] == root]
    repositories: dict[Path, list[str]] = {}
    for source in inside:
        if parted[source][0]:
            repositories.setdefault(parted[source][0], []).append(source)
    layouts = {
        repository: _layout([parted[source][1] for source in sources])
        for repository, sources in repositories.items()
    }
    if 2 * sum(map(bool, layouts.values())) <= len(layouts) or len(layouts) < 2:
        return dict(paths)
    names = Counter(repository[-1] for repository in layouts)
    folded = dict(paths)
    for repository, sources in repositories.items():
        name = repository[-1:] if names[repository[-1]] == 1 else repository
        layout = _root(layouts[repository], [parted[source][1] for source in sources])
        for source in sources:
            folded[source] = (*root, *name, *_below(layout, parted[source][1]))
    return folded


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
    return segment.lower() in _LAYOUT or is_language(segment)
