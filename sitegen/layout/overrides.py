"""Overrides: what a project's theme holds and nothing uses: templates, blocks, static files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import jinja2
from jinja2 import nodes

from sitegen.config import ThemeConfig
from sitegen.data import data_folder
from sitegen.errors import Diagnostic, Location, Severity, nearly
from sitegen.layout.templates import ORIGINALS
from sitegen.limits.files import read_regular
from sitegen.read.folders.authored import walk

COMPONENTS = "components"
"""The folder of templates that are components: these are used by name."""
_OTHER_SUFFIXES = frozenset((".htm", ".j2", ".jinja", ".jinja2"))
_ALIKE = 0.75  # of names of templates, which all end alike
_LOGOS = ("logo.svg", "logo.png", "logo.webp")
_STATIC = ("extra.css", "extra.js", *_LOGOS, "favicon.svg", "social.png")


def theme_notices(theme: ThemeConfig) -> Iterator[Diagnostic]:
    """Yield what a project's theme holds and nothing uses; there is nothing where it has none."""
    if theme.templates is not None:
        yield from odd_overrides(theme.templates)
    if theme.static is not None and theme.static.is_dir():
        yield from _odd_files(theme.static)


def odd_overrides(folder: Path) -> Iterator[Diagnostic]:
    """Yield findings of a folder of templates; those that do not compile, rendering refuses."""
    yield from _misnamed(folder)
    ours, theirs = _parsed(data_folder("templates")), _parsed(folder)
    named = {name for tree in (*ours.values(), *theirs.values()) for name in _names(tree)}
    for name, tree in theirs.items():
        if name.startswith(f"{COMPONENTS}/"):
            continue
        if name not in ours and name not in named:
            message = f"no page is made with the template {name!r}"
            help = _near(name, ours) or "name it like one of sitegen's, or include it"
            yield Diagnostic("theme-unknown", Severity.WARNING, message, _at(name), help)
        known = _blocks_above(tree, ours, theirs)
        for block in (node for node in tree.body if isinstance(node, nodes.Block)):
            if known is not None and block.name not in known:
                message = f"the template that {name!r} extends has no block {block.name!r}"
                help = nearly(block.name, known) or f"it has {', '.join(sorted(known))}"
                place = _at(name, block.lineno)
                yield Diagnostic("theme-unknown", Severity.WARNING, message, place, help)


def _near(name: str, ours: Collection[str]) -> str:
    """What a template that nothing uses may be meant for."""
    first, slash, rest = name.partition("/")
    if slash and nearly(first, [COMPONENTS], _ALIKE):
        return f"did you mean '{COMPONENTS}/{rest}'?"
    return nearly(name.rpartition("/")[2], ours, _ALIKE)


def _misnamed(folder: Path) -> Iterator[Diagnostic]:
    """Yield templates that are called as those of other programs are: ours end in ``.html``."""
    for path in walk(folder, []):
        if path.suffix.lower() in _OTHER_SUFFIXES:
            name = path.relative_to(folder).as_posix()
            message = f"{name!r} is no template: their names end in .html"
            stem = name.removesuffix(path.suffix).removesuffix(".html")
            help = f"call it {stem}.html"
            yield Diagnostic("theme-unknown", Severity.WARNING, message, _at(name), help)


def _odd_files(folder: Path) -> Iterator[Diagnostic]:
    """Yield files that are called nearly like one that pages load; others may be loaded by hand."""
    ours = data_folder("static")
    meant = {*_STATIC, *(path.relative_to(ours).parts[0] for path in walk(ours, []))}
    for path in walk(folder, []):
        name = path.relative_to(folder).as_posix()
        if "/" not in name and name not in meant and (help := nearly(name, meant)):
            message = f"nothing loads the static file {name!r}"
            yield Diagnostic("theme-unknown", Severity.WARNING, message, _at(name), help)


def _at(name: str, line: int | None = None) -> Location:
    return Location(file=name, line=line)


def _parsed(folder: Path) -> dict[str, nodes.Template]:
    """The templates of a folder by their paths, but for those that are none."""
    environment = jinja2.Environment(autoescape=True)
    trees = {}
    for file in sorted(folder.rglob("*.html")):
        try:
            tree = environment.parse(read_regular(file).decode("utf-8"))
        except (jinja2.TemplateError, OSError, ValueError, RecursionError):
            continue
        trees[file.relative_to(folder).as_posix()] = tree
    return trees


def _names(tree: nodes.Template) -> Iterator[str]:
    """Yield the templates that one names to extend, include or import."""
    for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        for node in tree.find_all(kind):
            named: nodes.Expr = node.template  # type: ignore[attr-defined]
            consts = [named] if isinstance(named, nodes.Const) else named.find_all(nodes.Const)
            yield from (str(const.value) for const in consts)


def _blocks_above(
    tree: nodes.Template,
    ours: Mapping[str, nodes.Template],
    theirs: Mapping[str, nodes.Template],
) -> set[str] | None:
    """The blocks of all that a template extends; ``None`` if it extends nothing that is known."""
    found: set[str] = set()
    seen: set[str] = set()
    while (extends := tree.find(nodes.Extends)) is not None:
        name = extends.template.value if isinstance(extends.template, nodes.Const) else ""
        original = str(name).removeprefix(f"{ORIGINALS}/")
        above = ours.get(original) if original != name else theirs.get(original, ours.get(original))
        if above is None or name in seen:
            return None
        seen.add(str(name))
        tree = above
        found |= {block.name for block in tree.find_all(nodes.Block)}
    return found if seen else None
