"""Restore: which words of a heading are capitalised, as the corpus and its headings have it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from sitegen.restore.headings.english import SMALL
from sitegen.scan.patterns import rare

_SPECIAL = re.compile(r"[\\*<>\[\]`]|(?<![^\W_])_|_(?![^\W_])")
_MARKED = rare(
    r"(`+)(?!`)[^`]+(?<!`)\1(?!`)|!?\[[^\[\]]*\]\([^()\s]+\)|\*\*(?=\S)[^*]+(?<=\S)\*\*"
    r"|\\[\\*_<>\[\]`]|(?<!\w)_(?=[\w(])[^_]*[ ()][^_]*(?<=[\w)])_(?!\w)"
    r"|<(?P<tag>a|abbr|b|code|em|font|i|kbd|mark|small|span|strong|sub|sup|u)"
    r"(?:(?:\s+[\w-]+=\"[^\"<>]*\")+\s*>[^<>]*|>[^<>]+)</(?P=tag)>"
)
_ENTITY = rare(r"[$~]|&(?=#?\w+;)")
_CLOSING = rare(r"(?<=\s)#(?=#*$)")


class Case(Enum):
    """How headings treat words that have no capitals of their own."""

    SENTENCE = "Load a model"
    TITLE = "Load a Model"
    LOWER = "load a model"


class Word(Struct, frozen=True, array_like=True):
    """A word of a heading as it stands inside a sentence.

    It is ``settled`` where nearly all of the evidence spells it so. A ``code`` word is
    one that texts show as code; a ``name`` is small even where a sentence begins. ``raised`` is how
    texts write it with capitals, where they never raise its first letter alone: ``GGUF``.
    """

    form: str
    settled: bool = True
    code: bool = False
    name: bool = False
    raised: str = ""


def is_common(form: str) -> bool:
    """Tell whether a spelling has no capitals of its own: ``tips``, but not ``GPU`` or ``mT5``."""
    return form == form.lower()


def capitalised(form: str) -> str:
    """Raise the first letter of a word, behind brackets and the like."""
    for index, character in enumerate(form):
        if character.isalnum():
            return form[:index] + character.upper() + form[index + 1 :]
    return form


def titled(form: str) -> str:
    """Capitalise a word for Title Case, each part of a compound by itself."""
    if _is_fixed(form):
        return form
    return "-".join(capitalised(p) if p not in SMALL else p for p in form.split("-"))


def heading(words: Sequence[Word], case: Case) -> str:
    """Join words to a heading in Markdown, in its case; what has a case of its own keeps it."""
    forms = [word.form for word in words]
    if case is Case.TITLE:
        forms = [
            form if word.code or word.name else word.raised or titled(form)
            for word, form in zip(words, forms, strict=True)
        ]
    first = next((i for i, form in enumerate(forms) if any(map(str.isalnum, form))), None)
    if first is not None and case is not Case.LOWER:
        word = words[first]
        small = word.code or word.name
        forms[first] = forms[first] if small else word.raised or _opening(forms[first])
    return " ".join(
        f"`{form}`" if word.code and _is_code(form) else literal(form)
        for word, form in zip(words, forms, strict=True)
        if form
    )


def literal(text: str) -> str:
    """Keep the characters of a text what they are in Markdown; those inside words are harmless."""
    return text if text.isalnum() else _SPECIAL.sub(r"\\\g<0>", text)


def worded(text: str) -> str:
    """The words of a heading that a column holds, in Markdown: only marks of sure intent count.

    Code spans, links, pairs of two asterisks, signs behind a backslash, underscores around what is
    no name, and inline HTML from its tag to the one that ends it do; other underscores, tags and
    brackets are words.
    """
    done, at = "", 0
    for mark in _MARKED.finditer(text):
        done += _escaped(text[at : mark.start()]) + mark[0]
        at = mark.end()
    return _CLOSING.sub(r"\\\g<0>", done + _escaped(text[at:]))


def _escaped(text: str) -> str:
    return _ENTITY.sub(r"\\\g<0>", literal(text))


def _opening(form: str) -> str:
    """Raise the first letter of a heading's first word, unless its spelling is its own.

    ``fp16`` and ``mT5`` stay; the ``multi`` of ``multi-GPU`` is a word like another.
    """
    first = form.partition("-")[0]
    return form if _is_fixed(first) or any(c.isdigit() for c in first) else capitalised(form)


def _is_fixed(form: str) -> bool:
    return not is_common(form) or "_" in form or "." in form.rstrip(".")


def _is_code(form: str) -> bool:
    """Tell whether a spelling shows as code only in part: brackets around it are text."""
    return form[:1] not in "([" and "`" not in form
