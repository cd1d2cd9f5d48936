"""Texts that have lost their white space, and what is given back."""

from __future__ import annotations

import textwrap

from sitegen.model import Certainty, Document, Section
from sitegen.restore.whitespace import restore_whitespace


def collapse(text: str) -> str:
    lines = (" ".join(line.split()) for line in textwrap.dedent(text).split("\n"))
    return "\n".join(line for line in lines if line)


def document(*texts: str, name: str = "page") -> Document:
    lines: list[str] = []
    sections = []
    for number, text in enumerate(texts):
        if lines:
            lines.append("")
        sections.append(Section(len(lines), f"s{number}", f"0_{number}", "docs.csv", number))
        lines += text.split("\n")
    return Document(name, f"{name}.md", "\n".join(lines) + "\n", tuple(sections))


def restored(text: str) -> str:
    (after,) = restore_whitespace([document(collapse(text))], "on")
    return after.text.rstrip("\n")


def code(text: str, language: str) -> tuple[str, Certainty | None]:
    """Restore a fence and give its code back with what the document says of it."""
    fence = f"```{language}\n{collapse(text)}\n```"
    (after,) = restore_whitespace([document(fence)], "on")
    notes = [note.certainty for note in after.restored if note.what == "code"]
    return "\n".join(after.text.rstrip("\n").split("\n")[1:-1]), notes[0] if notes else None
