"""What a folder shows of itself: pages or data, its generator, its repository."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import structs

from sitegen.cli.start.generators import (
    doc_builder,
    docusaurus,
    gitbook,
    hugo,
    jekyll,
    mdbook,
    mintlify,
    mkdocs,
    nextra,
    quarto,
    sphinx,
    starlight,
    vitepress,
)
from sitegen.cli.start.generators.taken import Taken
from sitegen.errors import ConfigError, Location, nearly
from sitegen.read.aside import open_table
from sitegen.read.columns.mapping import Chooser
from sitegen.read.files import PAGES, READERS, find_files

_DATA = (".", "data")
_PAGES = ("docs", "doc", "documentation", "content", "pages", ".")
_LOOSE = frozenset((".json", ".csv", ".tsv", ".txt"))  # they lie about in any project
_REMOTE = re.compile(
    r"^\s*url\s*=\s*(?:https://|git@|ssh://git@)github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?\s*$",
    re.MULTILINE,
)

_OF_PROGRAM = re.compile(r"\.[cm]?[jt]sx?$")

TAKERS: Mapping[str, Callable[[Path], Taken]] = MappingProxyType(
    dict.fromkeys(mkdocs.NAMES, mkdocs.take)
    | dict.fromkeys(docusaurus.NAMES, docusaurus.take)
    | dict.fromkeys(starlight.NAMES, starlight.take)
    | vitepress.TAKERS
    | dict.fromkeys(mdbook.NAMES, mdbook.take)
    | dict.fromkeys(hugo.NAMES, hugo.take)
    | mintlify.TAKERS
    | nextra.TAKERS
    | sphinx.TAKERS
    | dict.fromkeys(gitbook.NAMES, gitbook.take)
    | dict.fromkeys(quarto.NAMES, quarto.take)
    | jekyll.TAKERS
)
"""Configurations of other generators, and what reads them."""


def take(project: Path, named: str) -> Taken:
    """What another generator's configuration says: of the named one, else of one that is there.

    A name without folders is looked for in those that hold such a file.

    Raises:
        ConfigError: the named one is none that can be read, or is not there.
    """
    if named:
        if named == "doc-builder":
            folder = doc_builder.find(project)
            if folder is None:
                raise ConfigError(
                    "no _toctree.yml of doc-builder is here", help="look in docs/source"
                )
            return doc_builder.take(folder, project)
        alike = {name: taker for name, taker in TAKERS.items() if f"/{name}".endswith(f"/{named}")}
        called = Path(named).name
        if not alike and called in TAKERS:
            alike = {named: TAKERS[called]}
        if not alike:
            known = {_OF_PROGRAM.sub(".*", Path(name).name) for name in TAKERS} | {"doc-builder"}
            help = nearly(called, sorted(TAKERS)) or f"known: {', '.join(sorted(known))}"
            raise ConfigError(f"nothing takes over {named!r}", help=help)
        there = next((name for name in alike if (project / name).is_file()), None)
        if there is None:
            help = f"looked for: {', '.join(alike)}; leave --from out to have all looked for"
            raise ConfigError(f"there is no {named}", help=help)
        return _taken(alike[there], project, project / there)
    for name, taker in TAKERS.items():
        if (project / name).is_file():
            return _taken(taker, project, project / name)
    folder = doc_builder.find(project)
    return doc_builder.take(folder, project) if folder else Taken()


def _taken(taker: Callable[[Path], Taken], project: Path, file: Path) -> Taken:
    """What a configuration says; names in it that no disk can have are a fault of it."""
    try:
        return taker(file)
    except ConfigError as error:
        named = Path(error.location.file)
        if named.is_relative_to(project):
            place = named.relative_to(project).as_posix()
            error.location = structs.replace(error.location, file=place)
        raise
    except OSError as error:
        reason = f"a file that it names cannot be looked for: {error.strerror}"
        place = file.relative_to(project).as_posix()
        raise ConfigError(reason, location=Location(file=place)) from error


def find_input(project: Path) -> str:
    """The dataset of a project, else its folder of pages, as a path below it.

    Raises:
        ConfigError: there is none, or more than one dataset.
    """
    for place in _DATA:
        found = sorted(
            path
            for path in (project / place).glob("*")
            if path.suffix.lower() in READERS and path.suffix.lower() not in _LOOSE
        )
        if len(found) > 1:
            names = ", ".join(path.relative_to(project).as_posix() for path in found[:5])
            raise ConfigError(
                f"several datasets are here: {names}", help="name one, or their folder"
            )
        if found:
            return found[0].relative_to(project).as_posix()
    for place in _PAGES:
        if any(
            path.suffix.lower() in PAGES
            for path in (project / place).glob("*" if place == "." else "**/*")
        ):
            return place
    raise ConfigError(
        "neither a dataset nor a folder of Markdown is here",
        help="name one: sitegen init docs.parquet, or sitegen init docs",
    )


def guessed_columns(inputs: Sequence[str]) -> dict[str, str]:
    """The columns of the first dataset that are read as ours and called otherwise."""
    for file in find_files(inputs, []):
        if file.suffix not in PAGES:
            with open_table(file) as table:
                chosen = Chooser({}, []).choose(table.all_columns(), file.name, table.first_cells)
            return {ours: theirs.name for ours, theirs in chosen.items() if theirs.name != ours}
    return {}


def repository(project: Path) -> tuple[str, str] | None:
    """Owner and name on GitHub of the checkout that a project is, read from its remotes."""
    file = project / ".git" / "config"
    match = _REMOTE.search(file.read_text("utf-8", "replace")) if file.is_file() else None
    return (match[1], match[2]) if match else None
