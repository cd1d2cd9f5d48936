"""Datasets as other libraries make them, and their pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from sitegen.config import Config
from sitegen.model import Document
from sitegen.pipeline.documents import agree
from sitegen.pipeline.gather import gather
from sitegen.pipeline.restoring import restored
from sitegen.store.recall import NOTHING_KEPT

Row = Mapping[str, object]
PUMP = "docs/pump.md"
FIRST = "A pump moves water."


def made(config: Config) -> tuple[list[Document], set[str]]:
    """The restored documents of an input, and the codes of what was noticed on the way."""
    gathered = gather(config)
    ground = agree(config, gathered, NOTHING_KEPT)
    found = restored(gathered.documents, ground.titles, ground.evidence, NOTHING_KEPT)
    return [each.document for each in found], {notice.code for notice in ground.notices}


def documents(path: Path, **settings: object) -> list[Document]:
    return made(Config(input=(str(path),), **settings))[0]  # type: ignore[arg-type]


def jsonl(folder: Path, rows: Sequence[Row], name: str = "d.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def pages(path: Path, **settings: object) -> dict[str, str]:
    return {document.id: document.text for document in documents(path, **settings)}


def page(folder: Path, rows: Sequence[Row], **settings: object) -> str:
    (text,) = pages(jsonl(folder, rows), **settings).values()
    return text


def codes(path: Path) -> set[str]:
    return made(Config(input=(str(path),)))[1]
