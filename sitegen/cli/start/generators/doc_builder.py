"""A project of doc-builder: its folder of pages, which brings its own toctree and redirects."""

from __future__ import annotations

from pathlib import Path

from sitegen.cli.start.generators.taken import Taken
from sitegen.languages import is_language

_PLACES = ("docs/source", "source", "docs", "doc/source", ".")


def find(project: Path) -> Path | None:
    """The folder of pages, of all languages where there are several, if there is one."""
    for place in _PLACES:
        folder = project / place
        if (folder / "_toctree.yml").is_file():
            return folder
        toctrees = sorted(folder.glob("*/_toctree.yml"))
        languages = [path for path in toctrees if is_language(path.parent.name)]
        if languages:
            return languages[0].parent if len(languages) == 1 else folder
    return None


def take(folder: Path, project: Path) -> Taken:
    """Take over the folder: sitegen reads the same toctree, redirects and pages."""
    above = (folder / "_config.py", folder.parent / "_config.py")
    left = [f"{path.relative_to(project)}: is a program" for path in above if path.is_file()]
    return Taken(input=folder.relative_to(project).as_posix(), left=tuple(left))
