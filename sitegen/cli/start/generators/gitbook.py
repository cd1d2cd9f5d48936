"""A GitBook: its settings, if it has any, and the summary that lists its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitegen.cli.start.generators.mdbook import SUMMARY, parts
from sitegen.cli.start.generators.taken import Taken, read_source, read_table, without_empty

NAMES = (".gitbook.yaml", ".gitbook.yml", "book.json", SUMMARY)


def take(file: Path) -> Taken:
    """Take over the folder, title, language, the pages of the summary and redirects.

    Raises:
        ConfigError: a file cannot be read.
    """
    table = {} if file.name == SUMMARY else read_table(file)
    structure: Any = table.get("structure")
    named = structure if isinstance(structure, dict) else {}
    folder = str(table.get("root") or ".").removeprefix("./").strip("/") or "."
    path = str(named.get("summary") or SUMMARY).removeprefix("./")
    summary = file.parent / folder / path
    moved = table.get("redirects")
    return Taken(
        input=folder,
        exclude=(path,),
        settings=without_empty({"title": table.get("title"), "language": table.get("language")}),
        navigation=tuple(parts(read_source(summary))) if summary.is_file() else (),
        redirects={
            str(old).strip("/"): str(new).removeprefix("./")
            for old, new in (moved.items() if isinstance(moved, dict) else ())
        },
        left=tuple(f"plugin {name}" for name in table.get("plugins") or ()),
    )
