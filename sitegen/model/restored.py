"""What restoration gave back, how sure that is, and why a heading was guessed so."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Certainty(StrEnum):
    """How sure restoration is of what it gave back."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESSED = "guessed"


class Reason(StrEnum):
    """What a restored heading, or its level, was taken from."""

    STATED = "stated"
    """The dataset's columns, a toctree or front matter."""
    OBJECT = "object"
    """The object that the section documents."""
    LINKS = "links"
    """The words of links that lead there."""
    PHRASE = "phrase"
    """Words of the texts that give the same anchor."""
    SPELLING = "spelling"
    """The words of the anchor, each spelled as the texts spell it."""
    ANCHOR = "anchor"
    """The anchor as it is: no text knows better."""
    PATH = "path"
    """The words of the page's path."""
    NUMBER = "number"
    """The section's number."""
    RETURNS = "returns"
    """Sections of this name stand under several others."""
    INTRODUCED = "introduced"
    """The text before it ends as if sections were to follow."""
    CARD = "card"
    """It documents an object, below a section that introduces several."""
    RECURS = "recurs"
    """Many pages have this section as a part of the page."""
    USUAL = "usual"
    """Nothing speaks against what is usual: a part of the page."""


class Restored(Struct, frozen=True):
    """One thing that restoration gave back: what, at which line (from 0), and how sure it is.

    ``reason`` says what a heading or its level was taken from.
    """

    line: int
    what: str
    certainty: Certainty
    reason: Reason | None = None
