"""Unknown: files and blocks of a project's theme that nothing asks for, which are mistakes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from sitegen.config import ThemeConfig
from sitegen.data import data_folder
from sitegen.errors import Diagnostic, Location, Severity, did_you_mean
from sitegen.layout.templates import ORIGINALS
from sitegen.read.folder import walk

_MEANT = ("extra.css", "extra.js", "logo.svg", "logo.png", "logo.webp", "favicon.svg")
_COMPONENTS = "components/"
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What a template says of others: the one that it extends, those that it uses, its blocks."""

    extends: str
    uses: frozenset[str]
    blocks: Mapping[str, int]


def theme_notices(theme: ThemeConfig) -> Iterator[Diagnostic]:
    """Name what a project's theme holds and nothing uses; there is nothing where it has none."""
    if theme.templates is not None:
        yield from _of_templates(theme.templates)
    if theme.static is not None:
        yield from _of_static(theme.static)


def _of_templates(folder: Path) -> Iterator[Diagnostic]:
    ours = _templates(data_folder("templates"), {})
    known = {**ours, **{f"{ORIGINALS}/{name}": parsed for name, parsed in ours.items()}}
    own = _templates(folder, known)
    used = {name for parsed in own.values() for name in (*parsed.uses, parsed.extends)}
    for name, parsed in own.items():
        if name not in ours and name not in used and not name.startswith(_COMPONENTS):
            yield _finding(
                f"no page is made of the template {name!r}", did_you_mean(name, ours), name
            )
        above = _blocks_above(parsed.extends, {**known, **own}, name)
        for block, line in parsed.blocks.items() if above else ():
            if block not in above:
                said = f"the template that it extends has no block {block!r}"
                yield _finding(said, did_you_mean(block, above), name, line)


def _of_static(folder: Path) -> Iterator[Diagnostic]:
    if not folder.is_dir():
        return
    ours = data_folder("static")
    meant = {*_MEANT, *(path.relative_to(ours).parts[0] for path in walk(ours, []))}
    for path in walk(folder, []):
        name = path.relative_to(folder).as_posix()
        near = difflib.get_close_matches(name, meant, 1, _ALIKE)
        if name not in meant and near and "/" not in name:
            yield _finding(
                f"nothing loads the static file {name!r}", f"did you mean {near[0]!r}?", name
            )


def _templates(folder: Path, known: Mapping[str, _Parsed]) -> dict[str, _Parsed]:
    """The templates of a folder; one that cannot be read is left to the page that is made of it."""
    found: dict[str, _Parsed] = {}
    if not folder.is_dir():
        return found
    for path in walk(folder, []):
        name = path.relative_to(folder).as_posix()
        if not name.endswith(".html"):
            continue
        try:
            found[name] = _parsed(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, jinja2.TemplateError, RecursionError):
            found[name] = _Parsed("", frozenset(known), {})
    return found


def _parsed(source: str) -> _Parsed:
    tree = jinja2.Environment(autoescape=True).parse(source)
    extends = [_name(each.template) for each in tree.find_all(nodes.Extends)]
    used = [
        item
        for each in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport))
        for item in _items(getattr(each, "template"))  # noqa: B009 - all three have it
    ]
    uses = frozenset(map(_name, used))
    blocks = {each.name: each.lineno for each in tree.find_all(nodes.Block)}
    return _Parsed(extends[0] if extends else "", uses, blocks)


def _items(template: nodes.Expr) -> list[nodes.Expr]:
    """The templates that an include may name several of."""
    return template.items if isinstance(template, nodes.List | nodes.Tuple) else [template]


def _name(node: nodes.Expr) -> str:
    """The name that is written there; nothing for one that is computed."""
    return str(node.value) if isinstance(node, nodes.Const) else ""


def _blocks_above(name: str, known: Mapping[str, _Parsed], below: str) -> frozenset[str]:
    """The blocks of a template and of all that it extends."""
    found: set[str] = set()
    seen = {below}
    while name and name not in seen and name in known:
        seen.add(name)
        found |= known[name].blocks.keys()
        name = known[name].extends
    return frozenset(found)


def _finding(message: str, help: str, file: str, line: int | None = None) -> Diagnostic:
    return Diagnostic(
        "theme-unknown", Severity.WARNING, message, Location(file=file, line=line), help=help
    )
