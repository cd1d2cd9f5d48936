"""The shared cases and small documents, for tests of several modules."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.assemble import assemble
from sitegen.config import Config
from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.read.inputs import read
from sitegen.render import render
from sitegen.restore import restore_whitespace
from tests.restoring import restore_headings

DOCS = Path(__file__).parents[1] / "docs"
SHARED = Path(__file__).parents[1].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")


def cases(name: str) -> list[dict[str, Any]]:
    """Read one of the shared lists of cases; empty where they are absent."""
    path = SHARED / "cases" / f"{name}.json"
    loaded: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return loaded


def body(text: str, id: str = "page", suffix: str = ".md") -> Body:
    """Render a text as the only chunk of a page."""
    section = Section(0, "", "1_0", "docs.parquet", 0)
    return render(Document(id, f"{id}{suffix}", text, (section,)), LinkSpace())


def seconds(text: str) -> float:
    """The processor time that it takes to render a text."""
    gc.disable()  # a search through all that the test run holds is not the parser's time
    start = time.process_time()
    body(text)
    spent = time.process_time() - start
    gc.enable()
    return spent


def real_documents() -> Iterator[tuple[Document, Body]]:
    """Render the pages of the shared dataset, whole and collapsed, and of our own docs."""
    forms = ("transformers-docs", "transformers-docs-collapsed")
    for given in (*(SHARED / "data" / f"{form}.parquet" for form in forms), DOCS):
        config = Config(input=(str(given),))
        assembled = assemble(read(config.input, config.columns, []), [])
        documents = list(restore_whitespace(assembled.documents, config.restore.whitespace))
        for document in restore_headings(documents, {}, config.restore):
            yield document, render(document, assembled.space)
