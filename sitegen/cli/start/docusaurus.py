"""A Docusaurus project: literals of its configuration and sidebars; no line of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitegen.cli.start.taken import Taken, read_source, without_empty
from sitegen.model import TocEntry
from sitegen.plan.toctree import local_page
from sitegen.render.components.js_literal import Value, parse_beginning

NAMES = tuple(f"docusaurus.config.{suffix}" for suffix in ("js", "ts", "mjs", "cjs", "mts"))
_SIDEBARS = tuple(f"sidebars.{suffix}" for suffix in ("js", "ts", "mjs", "cjs", "mts"))
_SIDEBAR = re.compile(r"(?:export\s+default|=)\s*(?=\{)")
_NOT_TAKEN = ("themeConfig", "stylesheets", "scripts", "markdown", "customFields", "themes")


def take(file: Path) -> Taken:
    """Take over title, address, folder, languages, the first sidebar and redirects."""
    text = read_source(file)
    left = [key for key in _NOT_TAKEN if re.search(rf"^\s*{key}\s*:", text, re.MULTILINE)]
    url, base = _literal(text, "url"), _literal(text, "baseUrl")
    address = f"{str(url).rstrip('/')}/{str(base or '/').strip('/')}/" if url else ""
    settings = {
        "title": _literal(text, "title"),
        "base_url": re.sub(r"(?<!:)/{2,}", "/", address),
        "language": _literal(text, "defaultLocale"),
    }
    locales = _literal(text, "locales")
    if isinstance(locales, list) and len(locales) > 1:
        left.append(f"languages beside the first: {', '.join(map(str, locales[1:]))} (i18n/)")
    if re.search(r"^\s*blog\s*:\s*\{", text, re.MULTILINE) or (file.parent / "blog").is_dir():
        left.append("the blog")
    docs = _literal(text, "path")
    return Taken(
        input=docs if isinstance(docs, str) and (file.parent / docs).is_dir() else "docs",
        settings=without_empty(settings),
        navigation=tuple(_navigation(file.parent, left)),
        redirects=dict(_redirects(_literal(text, "redirects"))),
        left=tuple(left),
    )


def _literal(text: str, key: str) -> Value:
    """The value of the first key of that name that has a literal one."""
    for match in re.finditer(rf"(?<![\w.$]){key}\s*:\s*", text):
        try:
            return parse_beginning(text[match.end() :])
        except ValueError:
            continue
    return None


def _redirects(rules: Value) -> Iterator[tuple[str, str]]:
    """Read rules such as ``{from: ['/docs/old'], to: '/docs/new'}``."""
    for rule in rules if isinstance(rules, list) else ():
        if not isinstance(rule, dict) or not isinstance(new := rule.get("to"), str):
            continue
        came = rule.get("from")
        for old in came if isinstance(came, list) else [came]:
            if isinstance(old, str) and _page(old):
                yield _page(old), _page(new) or "index"


def _page(address: str) -> str:
    return address.strip("/").removeprefix("docs/").strip("/")


def _navigation(project: Path, left: list[str]) -> Iterator[TocEntry]:
    file = next((project / name for name in _SIDEBARS if (project / name).is_file()), None)
    if file is None:
        return
    text = read_source(file)
    match = _SIDEBAR.search(text)
    try:
        sidebars = parse_beginning(text[match.end() :]) if match else None
    except ValueError as error:
        left.append(f"{file.name}: {error}")
        return
    if not isinstance(sidebars, dict):
        return
    first, *others = sidebars.values() or [[]]
    left += [f"{file.name}: sidebar {name}" for name in list(sidebars)[1:] if others]
    yield from _entries(first, left)


def _entries(nodes: Value, left: list[str]) -> Iterator[TocEntry]:
    """Read a sidebar: ids of pages, categories, and tables of titles and lists."""
    items = (
        [{"type": "category", "label": k, "items": v} for k, v in nodes.items()]
        if isinstance(nodes, dict)
        else nodes
    )
    for node in items if isinstance(items, list) else ():
        if isinstance(node, str):
            yield TocEntry("", local_page(node))
        elif not isinstance(node, dict):
            continue
        elif node.get("type") == "doc":
            yield TocEntry(str(node.get("label") or ""), local_page(str(node.get("id", ""))))
        elif node.get("type") == "category":
            link = node.get("link")
            page = str(link["id"]) if isinstance(link, dict) and link.get("type") == "doc" else ""
            yield TocEntry(
                str(node.get("label", "")),
                local_page(page),
                tuple(_entries(node.get("items"), left)),
            )
        elif "type" in node:
            left.append(
                f"sidebar: {node.get('label') or node['type']} ({node.get('href') or node['type']})"
            )
        else:
            yield from _entries(node, left)
