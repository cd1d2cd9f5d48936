"""Space: what all pages of a site look up in what they agree upon, made once for all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from sitegen.config.phrases import chosen, spoken
from sitegen.model import LinkSpace
from sitegen.urls import permalink

_VERSION = r"(?:main|master|latest|stable|v\d[\w.\-]*)"


@lru_cache(maxsize=1)  # all pages of a site have one space
def redirected(space: LinkSpace) -> Mapping[str, tuple[str, str]]:
    """By permalinks of before, the documents and anchors that they lead to."""
    return {old: (new, fragment) for old, new, fragment in space.redirected}


@lru_cache(maxsize=64)  # languages of a site
def fallbacks(language: str, space: LinkSpace) -> Mapping[str, str]:
    """The pages that stand in for those that a language lacks, and the languages of these."""
    pages = ((old, new, *new.partition("/")[::2]) for old, new, _ in space.redirected)
    return {new: other for old, new, other, at in pages if old == permalink(f"{language}/{at}")}


@lru_cache(maxsize=64)
def phrases(language: str, space: LinkSpace) -> Mapping[str, str]:
    """What the interface says in bodies of a language."""
    strings = spoken({tag: dict(table) for tag, table in space.strings}, (language,))
    return strings.get(chosen(strings, language), {})


@lru_cache(maxsize=1)
def old_paths(roots: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Recognise site-absolute links into this very package, also by version and language."""
    patterns = []
    for root in roots:
        segments = urlsplit(root).path.strip("/").split("/")
        if len(segments) < 2 or segments[0] != "docs":
            continue
        language = f"(?:/{re.escape(segments[-1])})?" if len(segments) > 2 else ""
        package = re.escape(segments[1])
        patterns.append(
            re.compile(f"/docs/{package}(?:/{_VERSION})?{language}(?:/|(?=[#?]|$))(.*)")
        )
    return tuple(patterns)
