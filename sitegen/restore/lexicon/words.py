"""Restore: running text to words, and words to the part of an anchor that they would give."""

from __future__ import annotations

import re
import unicodedata

from sitegen.urls import slug

BREAK = "\0"  # stands between lines and wherever else no phrase goes on
_FENCE = re.compile(r"\n[ \t>]*(```+|~~~+)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]*)\)")
_REFERENCE = re.compile(r"\[`([~\w.]+?)(?:\(\))?`\]")
LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9._+#]*")  # inside scripts that do not part words
_LINE_MARKS = frozenset(
    {"*", "-", "|", ">", "#", "##", "###", "####", "#####", "######", "•", "=", "|-", "-|"}
)
_ENDING = frozenset(".:!?。？！…")
_CLOSING = "\"'”’»)]*_`"
_MAYBE_END = _ENDING.union(_CLOSING)
JOINING = frozenset("&+/×–—→")
_QUOTES = "\"'“”‘’«»„*"
_LINES = frozenset(map(chr, range(0x2500, 0x2600)))  # of boxes and blocks
_PAIRS = {"(": ")", "[": "]"}


def is_sign(token: str) -> bool:
    """Whether a token without letters may stand in a heading: ``&``, an emoji."""
    return token in JOINING or (unicodedata.category(token[0]) == "So" and token[0] not in _LINES)


def split_links(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Take the prose of a text: no code blocks, no comments, links as their words.

    Also gives all links as pairs of words and address.
    """
    before, *others = text.split("<!--")
    text = before + "".join(other.partition("-->")[2] for other in others)
    parts = _LINK.split(_without_fences(f"\n{text}"))
    links = list(zip(parts[1::3], parts[2::3], strict=True))
    del parts[2::3]
    return "".join(parts), links


def _without_fences(text: str) -> str:
    """A text with a break in the place of each block of code; the last one may be open."""
    parts, at = [], 0
    while fence := _FENCE.search(text, at):
        parts.append(text[at : fence.start()])
        # One pattern for both ends takes three times as long, or memory for each line between.
        closes = rf"\n[ \t>]*{fence[1][0]}{{{len(fence[1])},}}[`~]*[ \t]*(?=\n|\Z)"
        end = re.compile(closes).search(text, fence.end())
        at = end.end() if end else len(text)
    return f"\n{BREAK}".join((*parts, text[at:]))


def tokens(prose: str) -> list[str]:
    """Split prose at white space; ends of lines are tokens of their own, ``BREAK``."""
    return prose.replace("\n\n", "\n").replace("\n", f" {BREAK} ").split()


class Tokens(dict[str, str]):
    """The slug of each token, computed once; marks that open a line have the slug ``BREAK``.

    Beside the slugs it gathers which tokens end a sentence.
    """

    def __init__(self) -> None:
        """Begin with the marks alone."""
        super().__init__(dict.fromkeys((BREAK, *_LINE_MARKS), BREAK))
        self.ends: set[str] = set(self)

    def __missing__(self, token: str) -> str:
        """Take in a token that is met for the first time."""
        key = self._take_in(token)
        self[token] = key  # last: other threads may meet it too
        return key

    def _take_in(self, token: str) -> str:
        """Find out all that there is to know of a token, and give its slug."""
        if token.isalpha():
            return token.lower()
        if token[-1] in _MAYBE_END and token.rstrip(_CLOSING)[-1:] in _ENDING:
            self.ends.add(token)
        core = token.rstrip(".,:;")
        if core.isalpha():
            return core.lower()
        return slug(bare(token) if token[:2] == "[`" else token)


def bare(token: str) -> str:
    """Take a token or phrase out of its sentence: no punctuation, markup or half a bracket around.

    >>> bare("**(SDPA)**,"), bare("(batch"), bare("`from_pretrained`.")
    ('(SDPA)', 'batch', 'from_pretrained')
    """
    if token.isalnum():
        return token
    if token.startswith("[`") and (match := _REFERENCE.match(token)):
        name = match[1]
        return name.rpartition(".")[2] if name.startswith("~") else name
    token = token.replace("`", "").replace("**", "").strip(_QUOTES)
    while token:
        last = token[-1]
        if last in ".,;:!?…，。、；：？！" + _QUOTES or (
            last in ")]" and token.count(last) > token.count("(" if last == ")" else "[")
        ):
            token = token[:-1]
        elif token[0] in _QUOTES or (
            token[0] in "([" and token.count(token[0]) > token.count(_PAIRS[token[0]])
        ):
            token = token[1:]
        else:
            break
    if len(token) > 2 and token[0] == "_" == token[-1] and token[1] != "_":
        token = token[1:-1]
    return token


def unbracketed(form: str) -> str:
    """Take off the brackets, slashes and number signs around a word: ``(see)``, ``docs/``."""
    form = form.strip("#/")
    while len(form) > 2 and form[0] in _PAIRS and form[-1] == _PAIRS[form[0]]:
        form = form[1:-1]
    return form


def inner(token: str) -> str:
    """Take the markup off a token within a phrase; its punctuation stays."""
    if token.isalnum():
        return token
    if token.startswith("[`"):
        return bare(token)
    token = token.strip('`*_"“”!')
    if token.count("[") != token.count("]"):
        token = token.strip("[]")
    return token.strip('"')


def squash(key: str) -> str:
    """Leave nothing but letters and digits of a slug or path."""
    return "".join(filter(str.isalnum, key.lower()))
