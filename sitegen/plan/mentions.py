"""Mentions: a text -> what it names, as it is written: objects, labels, pages, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import unquote

from sitegen.model.objects import Mentions
from sitegen.scan.labels import known_as
from sitegen.scan.page_names import wiki_names, wordless_in
from sitegen.scan.patterns import rare
from sitegen.scan.templated import from_root

_REFERENCE = re.compile(r"\[`\s*~?\s*(\w+(?:\.\w+)*(?:#\w+)?)(?:\(\))?\s*`\]")
_LABELLED = re.compile(
    r"\]\[([^\W\d]\w*+(?:\.[^\W\d]\w*+)+)\]|\[`?([^\W\d]\w*+(?:\.[^\W\d]\w*+)+)`?\]\[\]"
)
_ROLE_SIGN = re.compile(r"`(?<=[}:]`)")  # to look for both signs at once is faster
_ROLE = rare(r"[}:]`(?:[^`<>\n]*<)?[~.]?([^\W\d][\w.]*)(?:\(\))?>?`")
_LABEL = rare(r"(?:\{(?:any|(?:num)?ref)\}|:(?:any|(?:num)?ref):)`(?:[^`<>\n]*<)?([^`<>\n]+)>?`")
_LABEL_LINKS = (
    ("](", re.compile(r"\]\(#?([^\W_][\w:.-]*)\)")),
    (":link:", rare(r"^[ \t]*:link:[ \t]+([^\s#/]+)[ \t]*$", re.MULTILINE)),
    ("button-ref", rare(r"\bbutton-ref(?:\}|::)[ \t]+([^\s#/]+)")),
)
_INLINE_TAG = rare(r"\{@link(?:code|plain)?[ \t]+([^\s{}|]+)")
# Two patterns are much faster than one with a choice: most texts hold no sign of either.
_FRAGMENT_LINKS = (
    ("](", re.compile(r"\]\(([\w./-]+)#([\w.-]+)")),
    ("href=", re.compile(r"href=[\"']?([\w./-]+)#([\w.-]+)")),
)
_SITE_ABSOLUTE = (
    ("](/", rare(r"\]\((/[\w][\w/.-]*)")),
    ("href=", re.compile(r"href=[\"']?(/[\w][\w/.-]*)")),
)


def mentions(text: str) -> Mentions:
    """Scan a text for what it mentions."""
    names = set[str](_REFERENCE.findall(text)) if "[`" in text else set[str]()
    wordless = dict.fromkeys(wordless_in(text))
    if _ROLE_SIGN.search(text):
        names.update(_ROLE.findall(text))
        names.update(f"#{known_as(label)}" for label in _LABEL.findall(text))
    names.update(f"[[{name}" for name in wiki_names(text))
    labels = chain(_found(_LABEL_LINKS, text), (a[1:] for a in wordless if a.startswith("#")))
    names.update(f"#{known_as(unquote(label))}" for label in labels)
    if "{@link" in text:
        names.update(name.replace("#", ".").lstrip(".") for name in _INLINE_TAG.findall(text))
    if "][" in text:
        names.update(name or alone for name, alone in _LABELLED.findall(text))
    paths = set[str](_found(_SITE_ABSOLUTE, text))
    if "]({" in text:
        paths.update(from_root(text))
    return Mentions(
        tuple(sorted(names)),
        tuple(sorted(paths)),
        tuple(sorted(set(_found(_FRAGMENT_LINKS, text)))),
        tuple(wordless),
    )


def _found(patterns: Iterable[tuple[str, re.Pattern[str]]], text: str) -> Iterator[Any]:
    for sign, pattern in patterns:
        if sign in text:
            yield from pattern.findall(text)
