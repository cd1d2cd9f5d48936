"""A Docusaurus project: literals of its configuration and sidebars; no line of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from sitegen.cli.start.generators.docusaurus_pages import (
    PageOf,
    generated,
    has_categories,
    moved,
    pages_of,
)
from sitegen.cli.start.generators.literals import (
    Said,
    address,
    links_of,
    unread,
)
from sitegen.cli.start.generators.places import placed
from sitegen.cli.start.generators.programs import SUFFIXES, settings_of
from sitegen.cli.start.generators.taken import (
    Taken,
    TakenVersion,
    folder_there,
    picture_there,
    read_source,
    without_empty,
)
from sitegen.config.versions import folder_name
from sitegen.model import TocEntry
from sitegen.plan.toctree import local_page
from sitegen.render.components.js_literal import Value, parse_beginning
from sitegen.urls import is_absolute, natural_key, permalink

NAMES = tuple(f"docusaurus.config.{suffix}" for suffix in SUFFIXES)
_SIDEBARS = tuple(f"sidebars.{suffix}" for suffix in (*SUFFIXES, "json"))
_PATH = re.compile(r"\bsidebarPath:[^,\n]*?[\"']([^\"']+)[\"']")
_OLD, _CURRENT = "versioned_docs/", "current"
_NOT_TAKEN = ("themeConfig", "stylesheets", "scripts", "markdown", "customFields", "themes")


def take(file: Path) -> Taken:
    """Take over title, address, folder, languages, sidebars, redirects and versions."""
    said = Said.by(file)
    left = [key for key in _NOT_TAKEN if re.search(rf"^[ \t]*{key}\s*:", said.text, re.MULTILINE)]
    left += said.computed("title", "url", "baseUrl", "redirects")
    left += unread(file, left, said("title"), said("url"), said("presets"))
    docs = said("path")
    folder = docs if isinstance(docs, str) and (file.parent / docs).is_dir() else "docs"
    edit = said("editUrl")
    settings = {
        "title": said("title"),
        "base_url": address(said("url"), said("baseUrl")),
        "language": said("defaultLocale"),
        "files": folder_there(file.parent, "static"),
        "theme.logo": picture_there(file.parent, ("static", "."), said("logo")),
        "theme.edit_url": edit and f"{str(edit).rstrip('/')}/{folder}/{{source}}",
    }
    locales = said("locales")
    if isinstance(locales, list) and len(locales) > 1:
        left += [
            f"pages in {name}: copy i18n/{name}/docusaurus-plugin-content-docs/current to "
            f"{folder}/{name}"
            for name in locales[1:]
        ]
    if (
        re.search(r"^[ \t]*blog\s*:\s*\{", said.text, re.MULTILINE)
        or (file.parent / "blog").is_dir()
    ):
        left.append("the blog")
    versions = tuple(_versions(file.parent, folder, said, left))
    named = ("", folder, (*_sidebars(said), *_SIDEBARS))
    one = versions[0] if versions else _version(file.parent, named, said("redirects"), left)
    return Taken(
        input=one.input,
        settings=without_empty(settings),
        links=links_of(said("items")),
        navigation=one.navigation,
        redirects=one.redirects,
        left=tuple(dict.fromkeys(left)),
        versions=versions,
    )


def _versions(project: Path, folder: str, said: Said, left: list[str]) -> list[TakenVersion]:
    """The versions of a project that has some: the folder that is worked on, then those of before.

    What readers are led to has the alias, as it is what stands without a version in addresses.
    """
    found = {each.name.removeprefix("version-"): each for each in project.glob(f"{_OLD}version-*")}
    listed, told = project / "versions.json", None
    try:
        told = parse_beginning(read_source(listed)) if listed.is_file() else None
    except ValueError as error:
        left.append(f"{listed.name}: {error}")
    known = told if isinstance(told, list) else sorted(found, key=natural_key, reverse=True)
    names = [name for name in known if isinstance(name, str) and name in found]
    if not names:
        return []
    if said("includeCurrentVersion") is not False:
        names.insert(0, _CURRENT)
    folders = {name: f"{_OLD}version-{name}" for name in names} | {_CURRENT: folder}
    ids = [name for name in dict.fromkeys(names) if pages_of(project / folders[name])]
    left += [f"version {name}: it has no pages" for name in names if name not in ids]
    wanted = said("lastVersion")
    main = wanted if wanted in ids else next((id for id in ids if id != _CURRENT), _CURRENT)
    options = said("versions")
    versions, paths = [], []
    for id in ids:
        own = options.get(id) if isinstance(options, dict) else None
        told = own if isinstance(own, dict) else {}
        old = (f"versioned_sidebars/version-{id}-sidebars.json",)
        label = str(told.get("label") or ("Next" if id == _CURRENT else id))
        sidebars = (*_sidebars(said), *_SIDEBARS) if id == _CURRENT else old
        rules = said("redirects") if id == main else None
        version = _version(project, (label, folders[id], sidebars), rules, left)
        path = str(told.get("path") or "").strip("/")
        paths.append(path or ("next" if id == _CURRENT else id))
        versions.append(replace(version, address=paths[-1]))
    all = placed(versions, ids, str(main))
    base = address(said("url"), said("baseUrl"))
    return list(_across(all, paths, project, base)) if base else all


def _across(
    versions: Iterable[TakenVersion], paths: Iterable[str], project: Path, base: str
) -> Iterator[TakenVersion]:
    """The versions, whose redirects into another one, at its path there, lead to where it is."""
    versions = list(versions)
    goals: dict[str, str] = {}
    for version, path in zip(versions, paths, strict=True):
        place = version.address or folder_name(version.name)
        for page in pages_of(project / version.input).values():
            goals[f"{path}/{page.address}"] = f"{base}{place}/{permalink(page.path)}"
    for version in versions:
        moved = {}
        for old, new in version.redirects.items():
            goal, sign, anchor = new.partition("#")
            moved[old] = f"{goals[goal]}{sign}{anchor}" if goal in goals else new
        yield replace(version, redirects=moved)


def _version(
    project: Path, named: tuple[str, str, Iterable[str]], rules: Value, left: list[str]
) -> TakenVersion:
    """A version by its name, its folder and the names that its sidebars may have.

    ``rules`` are those of redirects.
    """
    name, folder, sidebars = named
    pages = pages_of(project / folder)
    return TakenVersion(
        name,
        folder,
        navigation=tuple(_navigation(project, folder, pages, left, sidebars)),
        redirects=moved(pages) | dict(_redirects(rules, pages)),
    )


def _redirects(rules: Value, pages: Mapping[str, PageOf]) -> Iterator[tuple[str, str]]:
    """Read rules such as ``{from: ['/docs/old'], to: '/docs/new'}``."""
    by_address = {page.address: page.path for page in pages.values()}
    for rule in rules if isinstance(rules, list) else ():
        if not isinstance(rule, dict) or not isinstance(new := rule.get("to"), str):
            continue
        came = rule.get("from")
        for old in came if isinstance(came, list) else [came]:
            if isinstance(old, str) and _page(old):
                page, sign, anchor = new.partition("#")
                goal = by_address.get(_page(page), _page(page)) or "index"
                yield _page(old), new if is_absolute(new) else f"{goal}{sign}{anchor}"


def _sidebars(said: Said) -> Iterator[str]:
    """The file of sidebars that the configuration names."""
    for name in _PATH.findall(said.text):
        yield name.removeprefix("./")


def _page(address: str) -> str:
    return address.strip("/").removeprefix("docs/").strip("/")


def _navigation(
    project: Path,
    folder: str,
    pages: Mapping[str, PageOf],
    left: list[str],
    names: Iterable[str],
) -> Iterator[TocEntry]:
    file = next((project / name for name in names if (project / name).is_file()), None)
    if file is None:
        if has_categories(project / folder):
            yield from generated(project / folder, "", pages)
        return
    try:
        is_data = file.suffix == ".json"
        sidebars = parse_beginning(read_source(file)) if is_data else settings_of(file, project)
    except ValueError as error:
        left.append(f"{file.name}: {error}")
        return
    if not isinstance(sidebars, dict):
        left.append(f"{file.name}: no sidebars are written there as they are")
        return
    authored = {name: tuple(_entries(nodes, left, file.name)) for name, nodes in sidebars.items()}
    named = {each.local for entries in authored.values() for top in entries for each in top.walk()}
    rest = {id: page for id, page in pages.items() if id not in named}

    def found(entries: Iterable[TocEntry]) -> Iterator[TocEntry]:
        """The pages that ids are of; of a folder those that are not named elsewhere."""
        for entry in entries:
            if entry.local.endswith("/"):
                yield from generated(project / folder, entry.local, rest)
                continue
            local = pages[entry.local].path if entry.local in pages else entry.local
            yield replace(entry, local=local, sections=tuple(found(entry.sections)))

    for name, entries in authored.items():
        below = tuple(found(entries))
        yield from below if len(authored) == 1 else (TocEntry(name.capitalize(), "", below),)


def _entries(nodes: Value, left: list[str], file: str) -> Iterator[TocEntry]:
    """Read a sidebar of a file: ids of pages, categories, and tables of titles and lists."""
    items = (
        [{"type": "category", "label": k, "items": v} for k, v in nodes.items()]
        if isinstance(nodes, dict)
        else nodes
    )
    for node in items if isinstance(items, list) else [items]:
        if node is None:
            left.append(f"{file}: a program makes some entries")
        elif isinstance(node, str):
            yield TocEntry("", local_page(node))
        elif not isinstance(node, dict):
            continue
        elif node.get("type") == "doc":
            yield TocEntry(str(node.get("label") or ""), local_page(str(node.get("id", ""))))
        elif node.get("type") == "category":
            link = node.get("link")
            is_page = isinstance(link, dict) and link.get("type") == "doc"
            page = str(link.get("id", "")) if isinstance(link, dict) and is_page else ""
            yield TocEntry(
                str(node.get("label", "")),
                local_page(page),
                tuple(_entries(node.get("items"), left, file)),
            )
        elif node.get("type") == "link" and "://" in str(node.get("href")):
            yield TocEntry(str(node.get("label") or node["href"]), url=str(node["href"]))
        elif node.get("type") == "autogenerated":
            yield TocEntry("", f"{str(node.get('dirName', '.')).strip('./')}/")
        elif node.get("type") == "ref":
            continue  # its place is in another sidebar, or further down in this one
        elif "type" in node:
            left.append(
                f"sidebar: {node.get('label') or node['type']} ({node.get('href') or node['type']})"
            )
        else:
            yield from _entries(node, left, file)
