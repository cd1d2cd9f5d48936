"""Toctree: a ``_toctree.yml`` -> the authored order and titles of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sitegen.config.near import near_file
from sitegen.config.unreadable import not_yaml
from sitegen.errors import Diagnostic, Location, PlanError, Severity, did_you_mean
from sitegen.languages import is_language
from sitegen.limits.files import read_regular
from sitegen.model import TocEntry
from sitegen.plan.folders import folder_title
from sitegen.plan.schemas import ENTRY
from sitegen.safe_urls import is_external, safe_url
from sitegen.scan.patterns import rare
from sitegen.scan.plain import plain
from sitegen.urls import PAGE_SUFFIX

if TYPE_CHECKING:
    from yaml.events import Event

_TEXTS = frozenset(("title", "local", "newlocal", "url", "href", "link"))
_NOTHING = rare(r"(?:~|null)?")
_DEPTH = 100  # lists and mappings; an entry is in two


class _Mapping(dict[Any, Any]):
    """A mapping of the file and the line that it begins in."""

    line: int
    twice: tuple[str, ...]


def toctree_bytes(path: Path) -> bytes:
    """What a ``_toctree.yml`` holds.

    Raises:
        PlanError: the file cannot be read.
    """
    try:
        return read_regular(path)
    except OSError as error:
        raise PlanError(
            f"the toctree cannot be read: {error.strerror}",
            location=Location(file=str(path)),
            help=near_file(path) or "correct toctree, or take it out for the order of the names",
        ) from error


def read_toctree(
    path: Path, notices: list[Diagnostic], *, name: str = "", data: bytes | None = None
) -> tuple[TocEntry, ...]:
    """Read a ``_toctree.yml``; unknown keys are tolerated with a notice.

    Findings call the file by its ``name``; its ``data`` may be here already.

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
            counts = Counter(key.value for key, _ in node.value if key.id == "scalar")
            mapping.twice = tuple(sorted(key for key in mapping if counts[key] > 1))
            return mapping

    data = toctree_bytes(path) if data is None else data
    try:
        _refuse_bombs(yaml.parse(data, Loader=loader), place)
        reader = Loader(data)
        root = reader.get_single_node()
        is_list = root is not None and _is_list(root, place)
        nodes = reader.construct_document(root) if is_list else []
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why, line, remedy = not_yaml(error, data)
        raise PlanError(
            f"the toctree is not valid YAML: {why}",
            location=Location(file=str(path), line=line),
            help=remedy,
        ) from error
    return _entries(nodes, Location(file=name or path.name), notices)


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


def renames(entries: Iterable[TocEntry], ids: Set[str]) -> dict[str, str]:
    """Under which id documents are published that entries rename; none takes another's."""
    named = (each for top in entries for each in top.walk() if each.renamed)
    found: dict[str, str] = {}
    for each in named:
        if each.local in ids and each.renamed not in {*ids, *found.values()}:
            found.setdefault(each.local, each.renamed)
    return found


def with_names(entry: TocEntry, names: Mapping[str, str]) -> TocEntry:
    """An entry and all below it with the ids under which their documents are published."""
    sections = tuple(with_names(each, names) for each in entry.sections)
    return replace(entry, local=names.get(entry.local, entry.local), sections=sections)


def _moved(start: str, entry: TocEntry) -> TocEntry:
    sections = tuple(_moved(start, each) for each in entry.sections)
    local, renamed = (name and start + name for name in (entry.local, entry.renamed))
    return replace(entry, local=local, renamed=renamed, sections=sections)


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
                location=Location(
                    place.file, line=event.start_mark.line + 1 if event.start_mark else None
                ),
                help="write the entries out",
            )


def _is_list(node: Any, place: Location) -> bool:
    """Whether a node is a list of entries, and so are the sections of each, or nothing.

    Raises:
        PlanError: it is something else, with its line.
    """
    kind = node.id
    if kind == "scalar" and _NOTHING.fullmatch(node.value):
        return False
    if kind != "sequence":
        found = "names and values" if kind == "mapping" else repr(node.value[:60])
        raise PlanError(
            f"a toctree is a list of entries with `title`, `local`, `sections`, not {found}",
            location=Location(place.file, line=node.start_mark.line + 1),
            help="begin each entry with a hyphen: - local: index",
        )
    for entry in node.value:
        here = Location(place.file, line=entry.start_mark.line + 1)
        if entry.id != "mapping":
            found = repr(entry.value[:60]) if entry.id == "scalar" else "a list"
            help = f"write - local: {entry.value}" if entry.id == "scalar" else "write one - alone"
            message = f"a toctree entry must be a mapping, not {found}"
            raise PlanError(message, location=here, help=help)
        for key, value in entry.value:
            if key.id != "scalar":
                continue  # names nothing
            if key.value == "sections":
                _is_list(value, place)
            elif key.value in _TEXTS and value.id != "scalar":
                help = f"write {key.value}: and a text"
                message = f"{key.value} of a toctree entry must be a text"
                raise PlanError(message, location=here, help=help)
    return True


def _entries(nodes: Any, place: Location, notices: list[Diagnostic]) -> tuple[TocEntry, ...]:
    entries: list[TocEntry] = []
    for node in nodes:
        here = Location(place.file, line=node.line)
        notices += _odd_keys(node, here)
        sections = _entries(_value(node, "sections") or [], place, notices)
        local, url = _goal(node)
        variants = _value(node, "local_fw")
        if isinstance(variants, dict) and not local:
            pages = dict.fromkeys(local_page(str(page)) for page in variants.values())
            local, *others = [page for page in pages if page] or [""]
            sections = (*(TocEntry("", page, place=here) for page in others), *sections)
        title = " ".join(plain(str(_value(node, "title"))).split())
        if title or local or url:
            expanded = str(_value(node, "isExpanded")).lower() == "true"
            renamed = local_page(str(_value(node, "newlocal"))) if local else ""
            title = title or url
            entries.append(TocEntry(title, local, sections, expanded, url, renamed, here))
        else:  # a group without a title only holds its sections together
            entries += sections
    return tuple(entries)


def _odd_keys(node: _Mapping, here: Location) -> Iterator[Diagnostic]:
    for key in node.twice:
        message = f"the entry gives {key!r} twice, and the last value is taken"
        help = "remove one of them, or begin another entry with -"
        yield Diagnostic("toctree-key", Severity.WARNING, message, here, help)
    unknown = sorted(key for key in map(str, node) if key not in ENTRY)
    if unknown:
        keys = ", ".join(map(repr, unknown))
        near = {key: did_you_mean(key, ENTRY) for key in unknown}
        meant = [f"{key!r}: {said}" if len(near) > 1 else said for key, said in near.items()]
        help = "; ".join(said for said in meant if "known:" not in said)
        message = f"{'keys' if len(unknown) > 1 else 'a key'} that toctrees do not have: {keys}"
        yield Diagnostic("toctree-key", Severity.INFO, message, here, help)


def _goal(node: _Mapping) -> tuple[str, str]:
    """Where an entry leads: the id of a page, or the address of another site."""
    local = str(_value(node, "local")).strip()
    url = next((str(_value(node, key)) for key in ("url", "href", "link") if key in node), "")
    if is_external(local):
        local, url = "", local
    return local_page(local), url if safe_url(url) else ""


def local_page(local: str) -> str:
    """The id of the document that an entry names, with or without a suffix."""
    return PAGE_SUFFIX.sub("", local.strip("/").removeprefix("./"))


def _value(node: dict[Any, Any], key: str) -> Any:
    value = node.get(key, "")
    return "" if value in ("~", "null") else value
