"""Assemble: what a build says of how it joined the rows of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import field
from msgspec.structs import replace

from sitegen.assemble.parts import Summary
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Document, Seam


class Joints(Summary):
    """Rows that begin with the end of the one before, how long that is, and guessed joints.

    The first of each is there as a place.
    """

    cuts: int = 0
    characters: int = 0
    guessed: int = 0
    first_cut: list[Location] = field(default_factory=list)
    first_guess: list[Location] = field(default_factory=list)


def look_at_joints(documents: Iterable[Document]) -> Joints:
    """See how the rows of some pages were joined."""
    seen = Joints()
    for document in documents:
        for section in document.sections:
            if section.shared:
                seen.cuts += 1
                seen.characters += section.shared
                seen.first_cut = seen.first_cut or [document.locate(section.line)]
            if section.seam is Seam.GUESSED:
                seen.guessed += 1
                seen.first_guess = seen.first_guess or [document.locate(section.line)]
    return seen


def joins(seen: Joints) -> Iterator[Diagnostic]:
    """Say how much of the texts was there twice, and how many joints nothing in the data tells."""
    if seen.first_cut:
        yield Diagnostic(
            "overlap-cut",
            Severity.INFO,
            f"{seen.cuts:,} rows begin with the end of the row before: "
            f"{seen.characters:,} characters are shown once",
            replace(seen.first_cut[0], page="", chunk_id="", line=None),
        )
    if seen.first_guess:
        yield Diagnostic(
            "seam-guessed",
            Severity.INFO,
            f"{seen.guessed:,} rows go on in the paragraph, list, table or code of the row before, "
            "by their looks",
            replace(seen.first_guess[0], page="", chunk_id="", line=None),
            "a column with the place of each text in its source would tell it: "
            'columns = { start = "NAME" }',
        )
