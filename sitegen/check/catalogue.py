"""Health: every code of a finding, what it means and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sitegen.check.examined import Examined
from sitegen.check.rules import RULES
from sitegen.data import install_line
from sitegen.errors import Diagnostic
from sitegen.model.table import Table

CATALOGUE: dict[str, tuple[str, str]] = {
    # What readers find in files and their rows.
    "column-guessed": ("A column was taken for one of ours", "map the column in `columns`"),
    "column-missing": ("A column is not there", "add the column to the dataset"),
    "null-text": ("Rows have no text", "give the rows a text or take them out"),
    "date-unreadable": ("A row names no day", "write a day such as 2026-05-01"),
    "elements-unreadable": ("Packed elements cannot be read", "write the rows again"),
    "invalid-utf8": ("Text is not UTF-8", "write the file again as UTF-8"),
    "text-cut": ("A text is longer than a row may be", "split it into rows of its sections"),
    "link-skipped": ("A link leads out of the folder", "name its target as an input"),
    "own-file": ("A file of the input stands for a generated one", "rename or leave it out"),
    "own-page": ("A file of the input stands for a page", "rename one of the two"),
    "file-left-out": ("A file cannot be part of the site", "rename the file"),
    # Chunks that become pages, and their order.
    "config-chosen": ("One of several datasets is read", "name another: --config-name"),
    "config-unused": ("No configuration is read", "name the folder of datasets as the input"),
    "grouped-by-url": ("A source is no page", "name the column of the pages' paths"),
    "order-unknown": ("Nothing tells the order of rows", "name a column that counts them"),
    "editions-apart": ("Pages are in several languages", "nothing: each has a folder"),
    "overlap-cut": ("Rows repeat the end of others", "nothing: it is shown once"),
    "page-per-row": ("Each row is a page", "name the column of the pages' paths"),
    "urls-of-a-page": ("A page has rows of several urls", "name the column of the pages' paths"),
    "column-unused": ("Columns are not read", "map them in `columns`, if they tell something"),
    "seam-guessed": ("Rows go on in others", "name a column with the start of each text"),
    "ids-of-pages": ("Ids name pages, not rows", "give each row an id, or set columns.id = false"),
    "part-of-a-row": ("Rows hold a part of others", "nothing: what they hold is shown once"),
    "label-above": ("Labels above texts are left out", "nothing: pages show title and source"),
    "generated-row": ("Rows tell of texts", "set columns.element = false to show them"),
    "deleted-row": ("Rows are deleted", "set columns.deleted = false to show them"),
    "duplicate-chunk": ("A chunk stands in several rows", "remove the rows that repeat it"),
    "repeated-row": ("A row says the same as the one before", "remove rows that were read twice"),
    "path-collision": ("Two sources would be one page", "rename one of the two sources"),
    "page-overlaid": ("A folder's page replaces a dataset's", "rename it to have both"),
    "front-matter": ("Front matter cannot be read", "put quotes around the value"),
    "front-matter-key": ("Front matter has unknown keys", "remove them, or correct them"),
    "draft": ("A draft is left out", "remove `draft` to publish the page"),
    "toctree-key": ("The toctree has unknown keys", "remove the keys, or correct their names"),
    "toctree-page": ("The toctree names a missing page", "correct `local`, or add the page"),
    "toctree-twice": ("The toctree names a page twice", "remove one of the two entries"),
    "toctree-missing": ("A page is not in the toctree", "add the page to the toctree"),
    "nav-place": ("A page asks for an odd place", "correct its front matter"),
    "history-unknown": ("No history tells of changes", "fetch all commits, or unset `dates`"),
    "language-guessed": ("The script told the language", "set `language`"),
    "redirect-taken": ("A redirect stands where a page is", "remove the redirect"),
    "redirect-target": ("A redirect leads to no page", "correct or remove the redirect"),
    "redirect-host": ("A redirect needs a host's rules", "publish where _redirects is read"),
    "redirect-anchor": ("A redirect of an anchor cannot be", "correct or remove the redirect"),
    "theme-unknown": ("A part of the theme is never used", "correct its name, or remove it"),
    "version-page-gone": ("The latest version lacks pages", "lead them on in _redirects.yml"),
    "version-moved": ("A version has another address", "give it the address that it had"),
    "search-headings": ("Search knows headings alone", install_line("search")),
    # What authors wrote that cannot be shown as meant.
    "component-unclosed": ("A component or element is never closed", "write its closing tag"),
    "component-stray-end": ("A closing tag closes nothing", "remove it, or open the component"),
    "component-misplaced": ("A component is outside its group", "wrap it in its group"),
    "component-attribute": ("A component has an unknown attribute", "correct or remove it"),
    "component-unknown": ("A tag is no component", "correct the name, or mark it as code"),
    "component-malformed": ("A tag cannot be read", "correct its quotes and attributes"),
    "comment-across-chunks": ("A comment spans sections", "end it in the section it begins in"),
    "comment-unclosed": ("A comment is never closed", "write --> where it ends"),
    "id-twice": ("Two elements have one id", "give one of them another id"),
    "bad-video-id": ("A video has no valid id", "write the eleven characters of the id"),
    "nesting-too-deep": ("Lists or quotes nest too deep", "nest them less"),
    "expression-unsupported": ("A condition cannot be tested", "test fw === 'pt' or 'tf'"),
    "alert-unknown": ("An alert has an unknown name", "write NOTE, TIP or WARNING"),
    "fence-unclosed": ("A code fence is never closed", "close the fence after the code"),
    "doctest-unfenced": ("Code stands outside a fence", "put a fence around it"),
    "include-missing": ("A file cannot be included", "correct the path of the include"),
    "dialect": ("A page speaks another dialect", "write it as the docs on the language say"),
    "markup-shown": ("Markup is shown as text", "correct it, or write it as code"),
    "bad-math": ("A formula cannot be read", "correct the formula"),
    "bad-diagram": ("A diagram cannot be drawn", "correct the diagram"),
    "diagram-source": ("Diagrams are not drawn", "install the extra diagrams"),
    "image-undescribed": ("An image lacks a description", 'describe it, or write alt=""'),
    "table-extra-cells": ("A row has too many cells", "remove cells, or mask | as \\|"),
    "footnote-unused": ("Nothing refers to a footnote", "refer to it, or remove it"),
    "heading-without-space": ("A heading lacks a blank", "put a blank after the marks"),
    "heading-custom-id": ("[[id]] is not at the end", "move [[id]] to the heading's end"),
    "autodoc-malformed": ("An autodoc marker cannot be read", "name an object of the package"),
    "autodoc-crowded": ("Autodoc markers share a line", "give each marker a line"),
    "api-unknown": ("Sources lack an object", "correct its name, or api.search_paths"),
    "reference-unresolved": ("Nothing documents a name", "write its path, or set inventories"),
    # Links.
    "link-page": ("A link leads to a missing page", "correct the link, or add the page"),
    "link-file": ("A file is missing", "add the file, or write its full address"),
    "link-without-target": ("A link has no address", "write [text](address)"),
    "link-without-text": ("A link has no text", "write [text](address)"),
    "link-broken": ("Text looks like a link", "write [text](address) without a blank"),
    "link-site-absolute": ("A link counts from the host's root", "write a relative link"),
    "link-anchor": ("A page lacks an anchor", "link to the page, or to a heading of it"),
    "link-external": ("An address of another host fails", "correct or remove the link"),
    # What only a check looks for.
    "order-gap": ("A chunk may be lost", "look for the lost rows in the dataset"),
    "seam-inside": ("Rows begin inside of blocks", "cut the dataset between blocks"),
    "section-again": ("Sections of a page come again", "name a column that counts the rows"),
    "text-repeated": ("A text stands in several chunks", "keep one and link to it"),
    "text-overlap": ("A chunk repeats the one before", "cut the dataset without overlap"),
    "text-short": ("A chunk holds next to nothing", "join it with its neighbour"),
    "text-long": ("A chunk is very long", "cut it at its headings"),
    "remote-host": ("Pages load files of a host", "keep files with the pages"),
    "restored": ("Headings were given back", "add a column of headings"),
    # What packages that were named bring.
    "extension-failed": ("An extension fails", "tell those who wrote the extension"),
}
"""By code: what is wrong, and what to do where the finding itself does not say it better."""


class Known(NamedTuple):
    """What there is to know of a code, and what looks for it where no other stage does."""

    title: str
    help: str
    find: Callable[[Examined], Iterable[Diagnostic]] | None = None


CHECKS: Table[Known] = Table(
    "a check", {code: Known(*words, RULES.get(code)) for code, words in CATALOGUE.items()}
)
"""Ours by code, and those of the extensions that are active."""

_UNANNOUNCED = Known("An extension reports it", "tell those who wrote the extension")

_OF_PAGES = {
    "invalid-utf8": "save the file as UTF-8",
    "text-cut": "split the page",
    "text-short": "write more, or leave the page out",
    "text-long": "split the page at its headings",
    "restored": "write the title as the first line: # Title",
}
"""What to do where each page is a file of its own, if that is something else."""


def words_of(code: str) -> tuple[str, str]:
    """What is wrong and what to do, also for a code that an extension reports unannounced."""
    return CHECKS.get(code, _UNANNOUNCED)[:2]


def remedy_of(finding: Diagnostic) -> str:
    """What to do about a finding that does not say it itself."""
    of_pages = _OF_PAGES.get(finding.code) if finding.location.row is None else None
    return of_pages or words_of(finding.code)[1]
