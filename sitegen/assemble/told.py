"""Assemble: what a build says of how it joined the rows of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from sitegen.errors import Diagnostic, Severity
from sitegen.model import Document, Seam


def joins(documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """Say how much of the texts was there twice, and how many joints nothing in the data tells."""
    cuts = characters = guessed = 0
    first_cut = first_guess = None
    for document in documents:
        for section in document.sections:
            if section.shared:
                cuts, characters = cuts + 1, characters + section.shared
                first_cut = first_cut or document.locate(section.line)
            if section.seam is Seam.GUESSED:
                guessed += 1
                first_guess = first_guess or document.locate(section.line)
    if first_cut is not None:
        yield Diagnostic(
            "overlap-cut",
            Severity.INFO,
            f"{cuts:,} rows begin with the end of the row before: "
            f"{characters:,} characters are shown once",
            replace(first_cut, page="", chunk_id="", line=None),
        )
    if first_guess is not None:
        yield Diagnostic(
            "seam-guessed",
            Severity.INFO,
            f"{guessed:,} rows go on in the paragraph, list, table or code of the row before, by "
            "their looks",
            replace(first_guess, page="", chunk_id="", line=None),
            "a column with the place of each text in its source would tell it: "
            'columns = { start = "NAME" }',
        )
