"""Restore: give documents back what chunking destroyed, with the doubt shown."""

from __future__ import annotations

from sitegen.restore.corpus import Titles, WordsOfPages, agree
from sitegen.restore.evidence import OF_PAGES, Evidence, Seen, together
from sitegen.restore.headings.pages import restore_page
from sitegen.restore.headings.plain import plain_page
from sitegen.restore.headings.spelling import spelled
from sitegen.restore.whitespace import restore_whitespace

__all__ = [
    "OF_PAGES",
    "Evidence",
    "Seen",
    "Titles",
    "WordsOfPages",
    "agree",
    "plain_page",
    "restore_page",
    "restore_whitespace",
    "spelled",
    "together",
]
