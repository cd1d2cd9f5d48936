"""A project of MkDocs or Zensical: its settings read as data, tags of Python objects as texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sitegen.cli.start.generators import awesome
from sitegen.cli.start.generators.languages import Languages
from sitegen.cli.start.generators.literals import links_of
from sitegen.cli.start.generators.mdbook import SUMMARY, parts
from sitegen.cli.start.generators.taken import (
    ENV,
    Taken,
    picture_there,
    read_source,
    read_table,
    without_empty,
)
from sitegen.limits.files import real
from sitegen.model import TocEntry
from sitegen.plan.toctree import local_page

NAMES = ("zensical.toml", "mkdocs.yml", "mkdocs.yaml")
_TAKEN = {
    "INHERIT",
    "draft_docs",
    "exclude_docs",
    "site_name",
    "site_url",
    "docs_dir",
    "nav",
    "repo_url",
    "edit_uri",
    "copyright",
    "extra",
}
_READ_PLUGINS = {"i18n", "redirects", "search"}
_ORDERING = {*awesome.PLUGINS, "literate-nav"}
_HELP = {"mkdocstrings": "mkdocstrings: name the packages that it documents in [api]"}
_NO_MATTER = {
    "site_dir",
    "strict",
    "use_directory_urls",
    "dev_addr",
    "site_description",
    "repo_name",
    "not_in_nav",
}


def take(file: Path) -> Taken:
    """Take over title, address, folder, navigation, redirects, links and language.

    Raises:
        ConfigError: the file is no mapping in YAML or TOML.
    """
    table = _table(file)
    plugins = dict(_plugins(table.get("plugins")))
    theme = table["theme"] if isinstance(table.get("theme"), dict) else {}
    repository = str(table.get("repo_url", "")).rstrip("/")
    folder = str(table.get("docs_dir") or "docs")
    left: list[str] = []
    pages = file.parent / folder
    navigation, exclude = _navigation(table.get("nav"), pages, plugins, left)
    settings = {
        "title": table.get("site_name"),
        "base_url": table.get("site_url"),
        "language": theme.get("language"),
        "theme.logo": picture_there(file.parent, (folder,), theme.get("logo")),
        "theme.footer": table.get("copyright"),
        "theme.edit_url": _edit_url(repository, table.get("edit_uri")),
    }
    left += [f"{key}: {value}" for key, value in settings.items() if _is_unset(value)]
    settings = {key: value for key, value in settings.items() if not _is_unset(value)}
    moved = plugins.get("redirects", {}).get("redirect_maps", {})
    goals = without_empty(moved) if isinstance(moved, dict) else {}
    read = _READ_PLUGINS | (_ORDERING if navigation and "nav" not in table else set())
    left += [f"plugin {_HELP.get(name, name)}" for name in plugins if name not in read]
    languages = Languages.of(plugins.get("i18n") or {})
    extra = table["extra"] if isinstance(table.get("extra"), dict) else {}
    left += [*languages.left, *_left_of_extra(extra)]
    told = {"language": settings["language"], "logo": settings["theme.logo"]}
    theme_left = [key for key in theme if not told.get(key)]
    left += [
        f"{key}: {_short(theme_left if key == 'theme' and theme else table[key])}"
        for key in table
        if key not in _TAKEN | _NO_MATTER | {"plugins"}
    ]
    social = links_of(extra.get("social"))
    others = {title: url for title, url in social.items() if url.rstrip("/") != repository}
    return Taken(
        input=folder,
        exclude=(*exclude, *_patterns(table), *languages.other_pages),
        settings=without_empty(settings),
        links=({"Code": repository} if repository else {}) | others,
        navigation=tuple(languages.each(navigation, pages)),
        redirects=languages.redirects(goals, pages),
        left=tuple(left),
    )


def _navigation(
    nav: Any, pages: Path, plugins: Mapping[str, Mapping[str, Any]], left: list[str]
) -> tuple[tuple[TocEntry, ...], tuple[str, ...]]:
    """What stands under ``nav``, else what a plugin reads; and what is a list and no page."""
    summary = str(plugins.get("literate-nav", {}).get("nav_file") or SUMMARY)
    if nav is None and "literate-nav" in plugins and (pages / summary).is_file():
        return tuple(_with_folders(parts(read_source(pages / summary)), pages)), (summary,)
    if nav is None and awesome.PLUGINS & plugins.keys() and awesome.says_order(pages):
        return awesome.entries(pages, left), ()
    return tuple(_entries(nav, left)), ()


def _with_folders(entries: Iterable[TocEntry], pages: Path) -> Iterator[TocEntry]:
    """Entries of folders without entries of their own are all that is there."""
    for each in entries:
        inside = tuple(_with_folders(each.sections, pages))
        is_whole = each.local and not inside and (pages / each.local).is_dir()
        yield replace(each, local=f"{each.local}/" if is_whole else each.local, sections=inside)


def _patterns(table: Mapping[str, Any]) -> list[str]:
    """What a build leaves out."""
    return [x for key in ("exclude_docs", "draft_docs") for x in str(table.get(key) or "").split()]


def _table(file: Path) -> dict[str, Any]:
    """The settings, and those that they build on."""
    table = read_table(file)
    if isinstance(project := table.get("project"), dict):
        table = project  # where Zensical has them
    base = _base(file, table)
    return (read_table(base) if base else {}) | table


def _entries(nodes: Any, left: list[str]) -> Iterator[TocEntry]:
    """Read ``nav``: pages, pages with titles, and groups; addresses of others are no pages."""
    for node in nodes if isinstance(nodes, list) else [nodes] if isinstance(nodes, dict) else ():
        pairs = node.items() if isinstance(node, dict) else [("", node)]
        for title, value in pairs:
            if isinstance(value, list | dict):
                yield TocEntry(title, sections=tuple(_entries(value, left)))
            elif "://" in str(value):
                yield TocEntry(title or str(value), url=str(value))
            elif str(value).endswith("/"):
                yield TocEntry(title, f"{str(value).strip('/')}/")
            elif (path := str(value).partition("#")[0]).endswith((".md", ".mdx", "*")):
                yield TocEntry(title, path if "*" in path else local_page(path))
            else:
                left.append(f"nav: {title or value} ({value})")


def _base(file: Path, table: Mapping[str, Any]) -> Path | None:
    """The file of the project that the settings begin with those of, if they do."""
    project = real(file.parent)
    base = project / str(table.get("INHERIT") or ".")
    is_inside = base.is_file() and real(base).is_relative_to(project)
    return real(base) if is_inside else None


def _is_unset(value: object) -> bool:
    """Whether a value is that of a variable of the environment, without a default."""
    return isinstance(value, str) and value.startswith(f"{ENV} ")


def _left_of_extra(extra: Mapping[str, Any]) -> Iterator[str]:
    if "version" in extra:
        yield "extra: version: what mike has published stays there; list it in `versions`"
    if rest := [key for key in extra if key not in {"alternate", "social", "version"}]:
        yield f"extra: {', '.join(rest)}"


def _plugins(nodes: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield plugins with their settings; they are written as a list or as a table."""
    items = list(nodes.items()) if isinstance(nodes, dict) else []
    for node in nodes if isinstance(nodes, list) else ():
        items += node.items() if isinstance(node, dict) else [(str(node), {})]
    for name, settings in items:
        yield name, settings if isinstance(settings, dict) else {}


def _edit_url(repository: str, edit_uri: Any) -> str:
    if not edit_uri or not str(edit_uri).strip("/") or not repository:
        return ""
    if "://" in str(edit_uri):
        return f"{str(edit_uri).rstrip('/')}/{{source}}"
    return f"{repository}/{str(edit_uri).strip('/')}/{{source}}"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value)
    if isinstance(value, list):
        value = ", ".join(
            str(next(iter(item)) if isinstance(item, dict) and item else item) for item in value
        )
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else f"{text[:79]}…"
