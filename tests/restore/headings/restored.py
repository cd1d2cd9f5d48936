"""Datasets without headings, and the headings that are given back to them."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.assemble import assemble
from sitegen.chunk import split_sections
from sitegen.config import RestoreConfig
from sitegen.model import Chunk
from sitegen.scan import atx_headings
from tests.restoring import restore_headings


def chunks_of(pages):
    """Chunk whole pages as datasets are made: the heading lines are lost."""
    for number, (source, text) in enumerate(sorted(pages.items())):
        parts = [part for part in split_sections(text) if part.text]
        for index, (section, body, *_) in enumerate(parts):
            yield Chunk(
                source, body, "docs.parquet", index, (section or "#")[1:], "", f"{number}_{index}"
            )


OTHER = {"zz.md": "# Elsewhere\n\nMore.\n"}  # of one page alone nothing recurs


def restored(pages, titles=None, *, headings=True, chunks=None):
    """Restore pages, or rows, beside another page; give the documents by id."""
    rows = [*(chunks or chunks_of(pages)), *_renumbered(chunks_of(OTHER))]
    documents = assemble(rows, []).documents
    done = restore_headings(documents, titles or {}, RestoreConfig(headings=headings))
    return {document.id: document for document in done if document.id != "zz"}


def _renumbered(rows):
    return [replace(row, id=f"99_{row.id[-1]}") for row in rows]


def headings_of(document):
    return [f"{'#' * level} {text}" for _, level, text in atx_headings(document.text.split("\n"))]


def certainties(document, what="heading"):
    return [r.certainty for r in document.restored if r.what == what]
