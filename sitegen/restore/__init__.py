"""Restore: give documents back what chunking destroyed, with the doubt shown."""

from __future__ import annotations

from sitegen.restore.corpus import Titles, WordsOfPages, agree
from sitegen.restore.evidence import Changes, Evidence
from sitegen.restore.headings.pages import restore_page
from sitegen.restore.headings.plain import plain_page
from sitegen.restore.headings.spelling import spelled
from sitegen.restore.seen import OF_PAGES, Seen, number_of, numbers_of, together
from sitegen.restore.whitespace import restore_whitespace

__all__ = [
    "OF_PAGES",
    "Changes",
    "Evidence",
    "Seen",
    "Titles",
    "WordsOfPages",
    "agree",
    "number_of",
    "numbers_of",
    "plain_page",
    "restore_page",
    "restore_whitespace",
    "spelled",
    "together",
]
