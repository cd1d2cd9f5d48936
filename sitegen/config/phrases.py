"""Phrases: every word of the interface, in English, and what a project says in their place.

The English words are the names by which templates (``say["Menu"]``), scripts (``say("Menu")``) and
components (``page.say("Tip")``) ask for a phrase. ``{}`` holds the place of a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from sitegen.errors import did_you_mean
from sitegen.languages import is_language, tag_of

IN_TEMPLATES = (
    *("All pages", "All pages on one, to print", "Announcement", "Back to top", "Breadcrumbs"),
    *("Chunks", "Close", "Copy page"),
    *(
        "Edit",
        "Filter pages",
        "Find a chunk",
        "Home",
        "Keyboard",
        "Language",
        "Last changed",
        "Menu",
        "Moved",
        "Next",
    ),
    *("On this page", "Open in {}", "Overview", "Page not found", "Pages"),
    "Previous",
    *("Previous and next page", "Search", "Sections", "Show {} above", "Show {} below", "Site"),
    *("Skip to content", "Source"),
    *(
        "Start reading",
        "Theme",
        "Go to version {}",
        "Version",
        "Wide text",
        "{} pages",
        "1 page of documentation.",
    ),
    *("{} pages of documentation.", "This page is now somewhere else.", "This section has moved:"),
    "There is no page at this address. It may have moved, or the link may be mistyped.",
    "Search needs JavaScript. Without it, all pages are listed in one place:",
    "Every chunk of the dataset has an address that lasts: this page's, a # and the chunk's id. "
    "It leads to the section that was made of the chunk.",
    "That needs JavaScript. Without it, the first element of a chunk carries its id as data-chunk.",
)
IN_SCRIPTS = (
    *("Theme: system", "Theme: light", "Theme: dark", "Show pages of {}", "Variants", "Video"),
    *("Copy", "Copy code", "Code copied", "Wrap lines", "Link copied", "Copy section as Markdown"),
    *("That could not be loaded.", "Copying is not allowed here.", "Check answers", "All right!"),
    "Not quite: look at the explanations and try again.",
    "Right so far, but there is more to tick.",
    *("Search", "Search the documentation", "Search in", "Everywhere", "Results", "Open as a page"),
    *("Esc: close search", "The search index could not be loaded.", "No results for “{}”"),
    *("1 result for “{}”", "{} results for “{}”", "{} more on this page", "{} pages"),
    *("instead of “{}”", "by headings", "1 place marked; Esc removes the marks"),
    *("{} places marked; Esc removes the marks", "Marks removed", "Close", "Keyboard"),
    *("Previous page", "Next page", "Copy a link to this section", "Copy this section as Markdown"),
    *("Show what came from which chunk", "This list", "Single keys on", "Page copied as Markdown"),
    *("Copied", "Link to “{}” copied", "Section “{}” copied as Markdown", "Image", "Length"),
    *("{} characters", "Section", "above the first heading", "Restored", "nothing"),
    *("stated by the dataset", "named by what it documents", "as links to it say"),
    *("as the texts say", "spelled from its anchor", "its anchor as it is", "from the page’s path"),
    *("by its number", "stands under several sections", "introduced by the text before"),
    *("one of several objects", "as on many pages", "nothing says otherwise"),
    *("Copy its address", "Address of the chunk copied", "Its row", "Where it came from"),
    *("Chunk {}", "chunk", "{} chunks shown", "Chunks hidden", "Chunk id", "Go"),
    *("There is no chunk {}.", "The tables of chunks could not be loaded.", "Did you mean"),
    "Search for “{}”",
    *("Version", "Version {} is not the latest.", "Version {} is not released yet."),
    "Go to version {}",
)
IN_BODIES = (
    *("Note", "Tip", "Important", "Warning", "Caution", "Info", "Danger", "Check", "Hint"),
    *("Success", "Attention", "Error", "Example", "Question", "Bug", "Failure", "Abstract"),
    *("Summary", "Quote", "Todo", "See also", "Details", "Added", "Changed", "Deprecated"),
    *(
        "Added in {}",
        "Changed in {}",
        "Deprecated in {}",
        "Parameters",
        "Returns",
        "Yields",
        "Raises",
        "source",
    ),
    *("all public methods", "The reference is not in this dataset", "Output", "Text", "Diagram"),
    *("Table", "To do", "Done", "Which answers are right?", "Check this answer"),
    *("Correct.", "Incorrect.", "Ask a question", "Notebooks", "Watch the video on YouTube"),
    *("Parts marked {} are for readers who use {}.", "Image without a description"),
    *("Not included", "The file {} belongs here.", "Provider", "Model", "No provider serves {}."),
)
PHRASES = tuple(dict.fromkeys((*IN_TEMPLATES, *IN_SCRIPTS, *IN_BODIES)))

Strings = Mapping[str, Mapping[str, str]]
"""By language tag, phrases in English and what to say instead."""


_SHIPPED = Path(__file__).parent / "strings"


def spoken(own: Strings, languages: Iterable[str]) -> Strings:
    """The strings of a site in some languages: those that come with us, a project's own over them.

    Only what the languages ask for is read.
    """
    shipped: dict[str, Mapping[str, str]] = {}
    for language in sorted(set(languages)):
        tag = tag_of(language).partition("-")[0]
        file = _SHIPPED / f"{tag}.json"
        if tag not in shipped and is_language(tag) and file.is_file():
            shipped[tag] = json.loads(file.read_bytes())
    over = {tag: {**shipped.get(chosen(shipped, tag), {}), **table} for tag, table in own.items()}
    return shipped | over


def in_order(own: Strings) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """A project's own strings in an order that is always the same."""
    return tuple((tag, tuple(sorted(table.items()))) for tag, table in sorted(own.items()))


def chosen(strings: Strings, language: str) -> str:
    """The tag under which a language has strings: its own, or without the region, or ""."""
    tag = tag_of(language)
    forms = (tag, tag.replace("-", "_"), tag.partition("-")[0])
    return next((form for form in forms if form in strings), "")


def wrong_phrases(strings: Strings) -> Iterator[str]:
    """Name phrases that there are not, and strings that have not the places of their phrase."""
    for tag, (phrase, said) in chain.from_iterable(
        ((tag, item) for item in table.items()) for tag, table in strings.items()
    ):
        if phrase not in PHRASES:
            hint = did_you_mean(phrase, PHRASES)
            short = hint if hint.startswith("did you mean") else "they are listed in the docs"
            yield f"unknown phrase {phrase!r} in theme.strings.{tag}: {short}"
        elif said.count("{}") != phrase.count("{}"):
            yield f"theme.strings.{tag}: {said!r} must hold {{}} as often as {phrase!r}"
