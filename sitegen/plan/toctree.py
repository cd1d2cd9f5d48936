"""Toctree: a ``_toctree.yml`` -> the authored order and titles of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.errors import Diagnostic, Location, PlanError, Severity
from sitegen.languages import is_language
from sitegen.model import TocEntry
from sitegen.plan.folders import folder_title
from sitegen.plan.schemas import ENTRY
from sitegen.urls import PAGE_SUFFIX

if TYPE_CHECKING:
    from yaml.events import Event

_MARKUP = re.compile(r"[*`]|<[^>]*>")
_DEPTH = 100  # lists and mappings; an entry is in two


class _Mapping(dict[Any, Any]):
    """A mapping of the file and the line that it begins in."""

    line: int


def read_toctree(path: Path, notices: list[Diagnostic], *, name: str = "") -> tuple[TocEntry, ...]:
    """Read a ``_toctree.yml``; unknown keys are tolerated with a notice.

    Findings call the file by its ``name``.

    Raises:
        PlanError: the file cannot be read or is not a list of entries, with the line.
    """
    import yaml  # noqa: PLC0415 - only sites with a toctree need it

    place = Location(file=str(path))
    # A base loader knows strings only: `no`, `404` and `1.10` are titles as they are written.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

    class Loader(loader):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> _Mapping:
            """Note the line of each mapping."""
            mapping = _Mapping(super().construct_mapping(node, deep))
            mapping.line = node.start_mark.line + 1
            return mapping

    try:
        data = path.read_bytes()
        _refuse_bombs(yaml.parse(data, Loader=loader), place)
        nodes = yaml.load(data, Loader=Loader)  # noqa: S506 - it makes no objects
    except OSError as error:
        raise PlanError(f"the toctree cannot be read: {error.strerror}", location=place) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise PlanError(
            f"the toctree is not valid YAML: {getattr(error, 'problem', None) or error}",
            location=Location(file=str(path), line=line),
        ) from error
    return _entries(nodes or [], Location(file=name or path.name), notices)


def below(
    folder: str, entries: Iterable[TocEntry], whole: Sequence[TocEntry]
) -> tuple[TocEntry, ...]:
    """The entries of a folder's own toctree as they continue the ``whole``.

    Their pages count from the folder. A part that is no language is a group of its own. A toctree
    further out that names pages of the folder speaks for all of it.
    """
    if not folder:
        return tuple(entries)
    start = f"{folder}/"
    if any(each.local.startswith(start) for top in whole for each in top.walk()):
        return ()
    moved = tuple(_moved(start, entry) for entry in entries)
    return (
        moved
        if is_language(folder)
        else (TocEntry(folder_title(folder.rpartition("/")[2]), "", moved),)
    )


def _moved(start: str, entry: TocEntry) -> TocEntry:
    sections = tuple(_moved(start, each) for each in entry.sections)
    return replace(entry, local=entry.local and start + entry.local, sections=sections)


def _refuse_bombs(events: Iterable[Event], place: Location) -> None:
    """Refuse what grows without bound when it is loaded: aliases, and nesting without end."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if kind == "AliasEvent" or depth > _DEPTH:
            what = "an alias (*name)" if kind == "AliasEvent" else "too deep a nesting"
            raise PlanError(
                f"the toctree holds {what}",
                location=replace(
                    place, line=event.start_mark.line + 1 if event.start_mark else None
                ),
                help="write the entries out",
            )


def _entries(nodes: Any, place: Location, notices: list[Diagnostic]) -> tuple[TocEntry, ...]:
    if not isinstance(nodes, list):
        raise PlanError(
            "a toctree is a list of entries with `title`, `local`, `sections`",
            location=place,
            help=f"found {str(nodes)[:60]!r}",
        )
    entries: list[TocEntry] = []
    for node in nodes:
        if not isinstance(node, _Mapping):
            raise PlanError(
                f"a toctree entry must be a mapping, not {str(node)[:60]!r}", location=place
            )
        here = replace(place, line=node.line)
        unknown = sorted(key for key in map(str, node) if key not in ENTRY)
        if unknown:
            message = f"unknown toctree keys ignored: {', '.join(unknown)}"
            notices.append(Diagnostic("toctree-key", Severity.INFO, message, here))
        sections = _entries(_value(node, "sections") or [], place, notices)
        local = local_page(str(_value(node, "local")))
        variants = _value(node, "local_fw")
        if isinstance(variants, dict) and not local:
            pages = dict.fromkeys(local_page(str(page)) for page in variants.values())
            local, *others = [page for page in pages if page] or [""]
            sections = (*(TocEntry("", page, place=here) for page in others), *sections)
        title = " ".join(_MARKUP.sub("", str(_value(node, "title"))).split())
        if title or local:
            expanded = str(_value(node, "isExpanded")).lower() == "true"
            entries.append(TocEntry(title, local, sections, expanded, here))
        else:  # a group without a title only holds its sections together
            entries += sections
    return tuple(entries)


def local_page(local: str) -> str:
    """The id of the document that an entry names, with or without a suffix."""
    return PAGE_SUFFIX.sub("", local.strip("/").removeprefix("./"))


def _value(node: dict[Any, Any], key: str) -> Any:
    value = node.get(key, "")
    return "" if value in ("~", "null") else value
