"""A project is looked at, and what it needs to be built is written: files by path, as texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sitegen.cli.start import look
from sitegen.cli.start.generators.taken import Taken, TakenVersion
from sitegen.cli.start.settings import Settings, refused, settings_text
from sitegen.cli.start.workflow import FILE, requirement, workflow
from sitegen.config.file import CONFIG_FILE, load_config
from sitegen.config.versions import folder_name
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.languages import is_language
from sitegen.model import Head, Site, TocEntry
from sitegen.plan.addresses import There
from sitegen.plan.nav import site_language, site_title
from sitegen.plan.redirect_file import line_of
from sitegen.plan.redirects import plan_redirects
from sitegen.plan.skeleton import dump_entries, entries_of, skeleton
from sitegen.record.whereabouts import Whereabouts
from sitegen.urls import fold, permalink

if TYPE_CHECKING:
    from sitegen.config import Config
    from sitegen.model import RenderedPage

SCHEMA = "sitegen.schema.json"
_START = "index.md"
_HOMES = frozenset(("index", "README"))
_PAGES = "pages"
"""The folder of a start page beside a dataset."""


class Wanted(Struct, frozen=True):
    """What is asked for besides the settings."""

    toctree: bool = False
    workflow: bool = False
    start_page: bool = False
    schema: bool = False


class Started(Struct, frozen=True):
    """What there is to write, what it was made of, and what was not taken over."""

    files: Mapping[str, str]
    inputs: tuple[str, ...]
    pages: int
    left: tuple[str, ...]


def start(project: Path, source: str, taken: Taken, wanted: Wanted) -> Started:
    """Look at a project and write what it needs down; nothing is changed on the disk.

    Raises:
        SitegenError: there is no input, or it is not as it must be.
    """
    if source:
        taken = replace(taken, versions=())
    inputs: tuple[str, ...] = (source or taken.input or look.find_input(project),)
    config, pages = _examined(project, inputs, taken.exclude)
    with Whereabouts(config, project).of_errors():
        columns = look.guessed_columns(config.input)
    documents = [each.page.document for each in pages]
    served = project / taken.settings["files"] if "files" in taken.settings else None
    faults = refused(taken.settings, project)
    left = [*taken.left, *(f"{key}: {fault}" for key, fault in faults.items())]
    language = site_language(documents, [], (each.document.text for each in pages))
    values = {key: value for key, value in taken.settings.items() if key not in faults}
    values = {"title": site_title(documents, language)} | values
    files: dict[str, str] = {}
    has_start = taken.versions or any(document.id in _HOMES for document in documents)
    if wanted.start_page and not has_start:
        folder = inputs[0] if (project / inputs[0]).is_dir() else _PAGES
        inputs = inputs if folder == inputs[0] else (*inputs, folder)
        files[f"{folder}/{_START}"] = _start_page(values["title"], documents)
        documents.insert(0, Head("index", _START, values["title"]))
    listed: list[dict[str, object]] = []
    if taken.versions:
        files, listed, omits, count = _of_versions(project, taken, wanted, left)
        inputs = tuple(version.input for version in taken.versions)
    else:
        one = TakenVersion("", "", navigation=taken.navigation, redirects=taken.redirects)
        count = len(documents)
        own, omits = _own_files(one, documents, wanted, left, served)
        files |= {f"_{key}.yml": text for key, text in own.items()}
        values |= {key: f"_{key}.yml" for key in own}
    if wanted.workflow:
        files[FILE] = workflow(requirement())
    settings = Settings(inputs, values, taken.links, columns, taken.exclude, omits=omits)
    settings = replace(settings, repository=look.repository(project), versions=listed)
    if wanted.schema:
        files[SCHEMA] = _schema()
        settings = replace(settings, schema=SCHEMA)
    files[CONFIG_FILE] = settings_text(settings)
    return Started(files, inputs, count, tuple(dict.fromkeys(left)))


def _examined(
    project: Path, inputs: Sequence[str], exclude: Sequence[str]
) -> tuple[Config, Sequence[RenderedPage]]:
    """The configuration of some inputs of a project, and the pages that are made of them."""
    from sitegen.build import examine  # noqa: PLC0415 - it starts before anything is loaded

    flags = {"input": tuple(inputs), "exclude": tuple(exclude), "cache": False}
    config = load_config(flags=flags, environ={}, cwd=project)
    with Whereabouts(config, project).of_errors():
        return config, tuple(examine(config).pages)


def _of_versions(
    project: Path, taken: Taken, wanted: Wanted, left: list[str]
) -> tuple[dict[str, str], list[dict[str, object]], bool, int]:
    """Files of versions, what settings say of each, whether one omits pages, how many all have."""
    files: dict[str, str] = {}
    listed: list[dict[str, object]] = []
    omits, count = False, 0
    served = project / taken.settings["files"] if "files" in taken.settings else None
    for version in taken.versions:
        documents = [
            each.page.document for each in _examined(project, (version.input,), taken.exclude)[1]
        ]
        own, leaves_out = _own_files(version, documents, wanted, left, served)
        omits |= leaves_out
        count += len(documents)
        suffix = f"{folder_name(version.address or version.name)}.yml"
        files |= {f"_{key}.{suffix}": text for key, text in own.items()}
        said: dict[str, object] = {"name": version.name, "input": version.input}
        places = {"address": version.address, "aliases": list(version.aliases)}
        named = {key: f"_{key}.{suffix}" for key in own}
        listed.append(said | {key: value for key, value in places.items() if value} | named)
    return files, listed, omits, count


def _own_files(
    version: TakenVersion,
    documents: Sequence[Head],
    wanted: Wanted,
    left: list[str],
    served: Path | None,
) -> tuple[dict[str, str], bool]:
    """Toctree and redirects by their keys, and whether the toctree leaves pages out.

    ``served`` is the folder of the files that stand in the site as they are.
    """
    files: dict[str, str] = {}
    omits = False
    if version.navigation or wanted.toctree:
        files["toctree"], omits = _toctree(version.navigation, documents, left)
    if pairs := sorted(_leading(version.redirects, documents, served, left).items()):
        files["redirects"] = "".join(f"{json.dumps(a)}: {json.dumps(b)}\n" for a, b in pairs)
    return files, omits


def _leading(
    redirects: Mapping[str, str], documents: Sequence[Head], served: Path | None, left: list[str]
) -> dict[str, str]:
    """The redirects that lead to what is there; a build would warn of the others."""
    found = sorted(served.rglob("*")) if served else []
    files = {path.relative_to(served).as_posix() for path in found if served and path.is_file()}
    there = There(
        {permalink(document.id): document.title for document in documents},
        frozenset(),
        {fold(path): path for path in files},
    )
    lines = [
        line_of(old, new, files, Location(line=number))
        for number, (old, new) in enumerate(redirects.items())
    ]
    notices: list[Diagnostic] = []
    plan_redirects(lines, Site("", (), ()), notices, there)
    faults = {
        each.location.line: each.message for each in notices if each.severity != Severity.INFO
    }
    left += [f"redirect: {message}" for message in faults.values()]
    return {old: new for at, (old, new) in enumerate(redirects.items()) if at not in faults}


def _schema() -> str:
    from sitegen.config.schema import config_schema  # noqa: PLC0415 - few want it

    return json.dumps(config_schema(), indent=2) + "\n"


def _toctree(
    navigation: Sequence[TocEntry], documents: Sequence[Head], left: list[str]
) -> tuple[str, bool]:
    """A toctree of a navigation, else of titles and folders, and whether it leaves pages out."""
    named = {entry.local for top in navigation for entry in top.walk()}
    rest = [document for document in documents if document.id not in named]
    whole = tuple(_with_folders(navigation, list(rest), left))
    homes = _homes(rest) if whole else ()
    authored = tuple(_titled((*homes, *whole), documents, left))
    if not authored:
        return skeleton(documents), False
    listed = {entry.local for top in authored for entry in top.walk()}
    return dump_entries(authored), any(document.id not in listed for document in documents)


def _start_page(title: str, documents: Sequence[Head]) -> str:
    """A page that leads to the first page of each folder."""
    first: dict[str, Head] = {}
    for document in documents:
        first.setdefault(document.id.partition("/")[0], document)
    links = "".join(f"- [{d.title}]({_address(d)})\n" for d in list(first.values())[:12])
    return f"# {title}\n\nWrite here what this is, and for whom. A good start:\n\n{links}"


def _homes(documents: Sequence[Head]) -> Iterable[TocEntry]:
    """The start page, and that of each language, which a navigation need not name."""
    found: dict[str, TocEntry] = {}
    for document in documents:
        folder, _, name = document.id.rpartition("/")
        if name in _HOMES and (not folder or is_language(folder)):
            found.setdefault(folder, TocEntry("", document.id))
    return found.values()


def _address(document: Head) -> str:
    return f"<{document.id}.md>" if " " in document.id else f"{document.id}.md"


def _with_folders(
    entries: Sequence[TocEntry], documents: list[Head], left: list[str]
) -> Iterator[TocEntry]:
    """Write the pages of a folder in the place of an entry that is all of them, and take them."""
    for entry in entries:
        if not (entry.local.endswith("/") or "*" in entry.local):
            yield replace(entry, sections=tuple(_with_folders(entry.sections, documents, left)))
            continue
        folder = entry.local.lstrip("/")
        inside = _fitting(folder, documents)
        taken = {document.id for document in inside}
        documents[:] = [document for document in documents if document.id not in taken]
        folder = re.sub(r"[^/]*\*.*", "", folder)
        pages = entries_of(inside, folder)
        if not pages:
            left.append(f"navigation: {entry.local} holds no pages that stand nowhere else")
        elif entry.title:
            yield replace(entry, local="", sections=pages)
        else:
            yield from pages


def _fitting(pattern: str, documents: Sequence[Head]) -> list[Head]:
    """The documents of a folder, which ends in ``/``, or those that a pattern fits."""
    if "*" not in pattern:
        return [document for document in documents if document.id.startswith(pattern)]
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few navigations have patterns

    spec = GitIgnoreSpec.from_lines([f"/{pattern}"])
    return [document for document in documents if spec.match_file(document.source)]


def _titled(
    entries: Sequence[TocEntry], documents: Sequence[Head], left: list[str]
) -> Iterator[TocEntry]:
    """Give entries without a title that of their page; each names a page, the first to do so."""
    pages = {document.id: document for document in documents}
    named = set[str]()

    def titled(entries: Sequence[TocEntry]) -> Iterator[TocEntry]:
        for entry in entries:
            page = pages.get(entry.local) or pages.get(f"{entry.local}/index")
            title = entry.title or (page.title if page else "")
            if entry.local and page is None:
                left.append(f"navigation: {entry.local} is no page")
            elif page and page.id in named:
                left.append(f"navigation: {title}: {page.id} is listed above")
                page = None
            elif page:
                named.add(page.id)
            sections = tuple(titled(entry.sections))
            if entry.url:
                yield entry
            elif page or sections:
                yield replace(entry, title=title, local=page.id if page else "", sections=sections)

    yield from titled(entries)
