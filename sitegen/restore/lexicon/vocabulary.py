"""Restore: what each token of a corpus is as a word, found out once."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sitegen.restore.lexicon import entry
from sitegen.restore.lexicon.wanted import Wanted
from sitegen.restore.lexicon.words import LATIN_RUN, Tokens, bare, inner, is_sign, unbracketed

_ODD = re.compile(r"""["<>{}|$\\=~^]""")  # formulas and code: nothing to write headings with
_ODD_CODE = re.compile(r"""["<>{}|$\\~^]""")
_NO_WORD = re.compile(rf"^#|`|{_ODD.pattern}")
_CAMEL = re.compile(r"[a-z0-9][A-Z]")
_WORDS = 1 << 17  # tokens that are known at once: those of a few thousand pages


class Vocabulary(Tokens):
    """What tokens are as words: found out once for all texts that are read for the same ends.

    ``words`` and ``openers`` are the entries of wanted words, inside sentences and where one
    begins. ``others`` are counted wherever a token stands: wanted words in code or inside scripts
    that do not part words by spaces, names of paths, tokens in camel case.
    """

    def __init__(self, want: Wanted) -> None:
        """Know nothing but what is wanted."""
        super().__init__()
        self._want = want
        self.words: dict[str, str] = {}
        self.openers: dict[str, str] = {}
        self.others: dict[str, list[str]] = {}
        self.word, self.phrase, self.side = cache(_word), cache(_phrase), cache(_side)
        self.pair = lru_cache(_WORDS)(self._pair)

    def _take_in(self, token: str) -> str:
        key = super()._take_in(token)
        want = self._want
        entries: list[str] = []
        if key in want.words:
            if (form := _spelling(token)) and "`" in token:
                entries.append(entry("code", key, form))
            elif form:
                self.words[token] = entry("words", key, form)
                self.openers[token] = entry("openers", key, form)
                if key in want.names:
                    entries.append(entry("names", key, form))
        elif not token.isascii():
            for run in map(bare, LATIN_RUN.findall(token)):
                if (word := run.lower()) in want.words:
                    entries.append(entry("words", word, run))
                    if word in want.names:
                        entries.append(entry("names", word, run))
        if token.isascii() and not token.islower() and _CAMEL.search(token):
            entries.append(entry("camel", token))
        if "-" in key and (name := key.replace("-", "")) in want.names:
            entries.append(entry("names", name, bare(token)))
        if entries:
            self.others[token] = entries
        return key

    def _pair(self, left: str, right: str) -> str:
        """The entry of two tokens side by side; empty where a sentence ends between them."""
        if left in self.ends or left[-1] in ",;)":
            return ""
        one, two = self.side(left), self.side(right)
        return entry("pairs", self[left], self[right], f"{one} {two}") if one and two else ""


@lru_cache(maxsize=1)
def _vocabulary_of(want: Wanted) -> Vocabulary:
    return Vocabulary(want)


def vocabulary(want: Wanted) -> Vocabulary:
    """The vocabulary of all texts that were read for the same ends, while it is not too large."""
    if len(_vocabulary_of(want)) > _WORDS:
        _vocabulary_of.cache_clear()
    return _vocabulary_of(want)


def _spelling(token: str) -> str:
    """Give the spelling of a token that some heading may have; empty if none has it."""
    form = _form(token)
    if token[0] == "#":
        return ""
    is_odd = not form.isalnum() and (_ODD_CODE if "`" in token else _ODD).search(form)
    return "" if is_odd else form


def _form(token: str) -> str:
    return token if token.isalnum() else unbracketed(bare(token))


def _word(token: str) -> str:
    """Give the spelling of a token that may be a heading's word; empty if it may not."""
    return "" if not token.isalnum() and _NO_WORD.search(token) else _form(token)


def _phrase(text: str) -> str:
    return bare(" ".join(map(inner, text.split(" "))))


def _side(token: str) -> str:
    """Give a token as one of a pair: a word, or a sign that may stand between words."""
    return bare(token) if any(map(str.isalnum, token)) else token * is_sign(token)
