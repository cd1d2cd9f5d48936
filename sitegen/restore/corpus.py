"""Corpus: what all documents say together becomes the evidence that each page is restored by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.restore.evidence import Evidence, Table
from sitegen.restore.headings.style import judge_style
from sitegen.restore.headings.titles import count_openers
from sitegen.restore.lexicon import TABLES, Lexicon
from sitegen.restore.lexicon.reading import conclude
from sitegen.restore.lexicon.wanted import Asked, Wanted


def agree(asked: Asked, lexicon: Lexicon, want: Wanted, titles: Mapping[str, str]) -> Evidence:
    """The evidence of all documents: the anchors of each, and what a Lexicon has counted.

    ``titles`` are those of a toctree, by document id.
    """
    openers = count_openers(asked)
    style = judge_style(asked, lexicon, titles)
    composed = conclude(lexicon, want)
    tables: dict[str, Table] = {name: getattr(lexicon, name) for name in TABLES}
    tables |= {
        "seen": lexicon.seen,
        "pairs_seen": lexicon.pairs_seen,
        "known": dict.fromkeys((*lexicon.words, *lexicon.code), True),
        "on_page": _OnPages(lexicon.on_page),
        "composed": composed,
        "opening": openers.first,
        "holding": openers.anywhere,
        "recurring": dict.fromkeys(openers.recurring(), True),
        "cases": {page: case.value for page, case in style.pages.items()},
        "whole": {
            "is_alone": len(asked) == 1,
            "case": style.corpus.value,
            "knows_case": style.is_known,
        },
    }
    return Evidence(tables)


@dataclass(frozen=True, slots=True)
class _OnPages:
    """The words of pages, looked up by page and slug."""

    pages: Mapping[str, Mapping[str, object]]

    def get(self, key: tuple[str, str], /) -> object:
        """The spellings of a slug on a page."""
        page, slug = key
        return self.pages.get(page, {}).get(slug)
