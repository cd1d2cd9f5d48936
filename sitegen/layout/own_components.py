"""Components without Python: templates of a project, ``components/NAME.html``, in the sandbox."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from unicodedata import normalize

from markupsafe import Markup
from msgspec.structs import replace

from sitegen.errors import ConfigError, Location
from sitegen.layout.templates import Templates
from sitegen.limits.files import read_regular
from sitegen.render.components.registry import COMPONENTS, Component, Node, Render
from sitegen.render.context import PageContext

FOLDER = "components"
_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
_BODY = re.compile(r"\bbody\b")
_OTHERS = re.compile(rb"\b(?:extends|import|include)\b")  # what takes in other templates


def own_components(folder: Path) -> tuple[str, tuple[Component, ...]]:
    """The components that a project's templates are, and a digest of all that these are made of.

    A template that never mentions ``body`` is that of a tag without a body. One that is called like
    a component of ours stands for it, and the Markdown of the page stays that of ours.

    Raises:
        ConfigError: a file is called as no component can be, or cannot be read.
    """
    state, found, takes_others = hashlib.sha256(), list[Component](), False
    templates = Templates(folder) if (folder / FOLDER).is_dir() else None
    for file in sorted((folder / FOLDER).glob("*.html")) if templates else ():
        name = f"{FOLDER}/{file.name}"
        if not _NAME.fullmatch(file.stem):
            raise ConfigError(
                "a component is called by a word that begins with a capital",
                location=Location(file=name),
                help=f"rename it: {_as_component(file.stem)}.html",
            )
        source = _source(file, folder)
        state.update(f"\0{name}\0".encode() + source)
        takes_others = takes_others or _OTHERS.search(source) is not None
        has_body = _BODY.search(source.decode("utf-8", "replace")) is not None
        assert templates is not None  # noqa: S101 - there is no file without the folder
        render = _render(templates, name)
        own = COMPONENTS.own(file.stem) or Component(file.stem, render)
        alone = replace(own, render=render, within=frozenset(), checked=False)
        found.append(replace(alone, leaf=not has_body))
    for file in sorted(folder.rglob("*")) if takes_others else ():
        if file.is_file():
            state.update(b"\0%b\0" % os.fsencode(file.relative_to(folder)))
            state.update(_source(file, folder))
    return state.hexdigest()[:16], tuple(found)


def _as_component(name: str) -> str:
    """The name that a component may have in place of another."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()  # without accents
    words = re.findall(r"[A-Za-z0-9]+", plain)
    return "".join(word[:1].upper() + word[1:] for word in words).lstrip("0123456789") or "Name"


def _source(file: Path, folder: Path) -> bytes:
    try:
        return read_regular(file)
    except OSError as error:
        name = file.relative_to(folder).as_posix()
        raise ConfigError(f"{name} cannot be read: {error.strerror}") from error


class _Attributes(dict[str, str]):
    """Attributes as they are written; one that a tag does not have is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def _render(templates: Templates, name: str) -> Render:
    def render(node: Node, page: PageContext) -> str:
        slots = (COMPONENTS[slot.name].render(slot, page) for slot in node.slots)
        given = replace(
            node,
            attributes=_Attributes(node.attributes),
            body=Markup("".join([node.body, *slots])),  # noqa: S704 - rendered, and sanitised later
            marks=Markup(node.marks),  # noqa: S704 - ours
        )
        said = {"attributes": given.attributes, "body": given.body, "marks": given.marks}
        html = templates.render(name, {"node": given, **said}).decode("utf-8")
        # What ties the element to its chunk is kept, whether or not the template writes it.
        return html if node.marks in html else f"<div{node.marks}>\n{html}</div>\n"

    return render
