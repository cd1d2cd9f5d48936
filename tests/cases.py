"""The shared cases and small documents, for tests of several modules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.render import render

SHARED = Path(__file__).parents[1].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")


def cases(name: str) -> list[dict[str, Any]]:
    """Read one of the shared lists of cases; empty where they are absent."""
    path = SHARED / "cases" / f"{name}.json"
    loaded: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return loaded


def body(text: str, id: str = "page") -> Body:
    """Render a text as the only chunk of a page."""
    section = Section(0, "", "1_0", "docs.parquet", 0)
    return render(Document(id, f"{id}.md", text, (section,)), LinkSpace())
