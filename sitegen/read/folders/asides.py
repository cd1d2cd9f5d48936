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
_UNITS = "text_units.parquet"
_WHOLE = "documents.parquet"
_GRAPH = (
    *("entities.parquet", "relationships.parquet", "covariates.parquet", "nodes.parquet"),
    *("communities.parquet", "community_reports.parquet", "embeddings.parquet"),
)


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
    """The tables of a folder without what stores keep beside their texts.

    Beside those of LlamaIndex lie indexes, beside the units of GraphRAG the graph that was made of
    them, and most often the whole documents that they were cut from, which stand in their place.
    """
    stores = {table.parent for table in tables if table.name == _TEXTS}
    units = {table.parent for table in tables if _name_of(table) == _UNITS}
    whole = {table.parent for table in tables if _name_of(table) == _WHOLE} & units

    def is_beside(table: Path) -> bool:
        if table.parent in stores and table.name.endswith(_BESIDE_TEXTS):
            return True
        name = _name_of(table)
        of_graph = table.parent in units and name in _GRAPH
        return of_graph or (table.parent in whole and name == _UNITS)

    return [table for table in tables if not is_beside(table)]


def _name_of(table: Path) -> str:
    """The name of a table of GraphRAG, as its later versions call it."""
    return table.name.removeprefix("create_final_")
