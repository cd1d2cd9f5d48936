"""Stage ``read``: files that are called as pages, but stand beside what a folder holds."""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path

from sitegen.read.configs import CARD

_SOURCES = frozenset((".qmd", ".rmd", ".rst"))
"""What Markdown is often made from, and notes beside data are often written in."""
_NOTES = frozenset((".rst",))
_TABLES = frozenset((".csv", ".json", ".tsv"))
_TEXTS = "docstore.json"
_BESIDE_TEXTS = ("index_store.json", "graph_store.json", "vector_store.json")


def without_sources(pages: Sequence[Path]) -> list[Path]:
    """Pages without those that others were made from: beside ``a.md`` a file ``a.Rmd`` is none."""
    made = {page.with_suffix("") for page in pages if page.suffix.lower() not in _SOURCES}
    return [
        page
        for page in pages
        if page.suffix.lower() not in _SOURCES or page.with_suffix("") not in made
    ]


def are_notes(folder: Path, pages: Sequence[Path], data: Set[str], *, sure: bool) -> bool:
    """Whether pages only say something of data, which are no pages of its site.

    ``data`` are the suffixes of what else the folder holds, which is ``sure`` to be a dataset or
    may be a table that pages offer.
    """
    others = [page for page in pages if page != folder / CARD]
    if not data or (pages != others and not sure):
        return False
    if [page.name for page in others] == ["README.rst"] or not others:
        return True
    kinds = _SOURCES if sure else _NOTES
    return (sure or not data.isdisjoint(_TABLES)) and all(
        page.parent == folder and page.suffix.lower() in kinds and page.stem.lower() != "index"
        for page in others
    )


def without_indexes(tables: Sequence[Path]) -> list[Path]:
    """The tables of a folder without what LlamaIndex keeps beside the texts of its store."""
    stores = {table.parent for table in tables if table.name == _TEXTS}
    return [
        table
        for table in tables
        if table.parent not in stores or not table.name.endswith(_BESIDE_TEXTS)
    ]
