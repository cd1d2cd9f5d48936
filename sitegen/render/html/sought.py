"""What a search looks through: a body's HTML, prepared for an indexer."""

from __future__ import annotations

import re
import unicodedata

from sitegen.scan.patterns import rare

_HEADING = re.compile("<h[1-4]")
_ASCII = bytes(range(128))
# Scripts without spaces between words, as `find.js` has them. Hangul has spaces. It takes
# milliseconds to compile: `re` does so for the first text that is not ASCII.
_SOLID = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
# Kana with a mark, which Pagefind takes for those without: both are then one word, it loses most
# of their places and finds no phrase. They stand as letters of Linear A, which `find.js` reads.
_KANA, _LINEAR_A = range(0x3040, 0x3100), 0x10600
_UNMARKED = {
    kana: chr(kana - _KANA.start + _LINEAR_A)
    for kana in _KANA
    if unicodedata.normalize("NFD", chr(kana)) != chr(kana)
}
_TEXT = rare(r">[^<]+")


def sought(html: str) -> str:
    """Give headings more weight, and put spaces between words of scripts that write none.

    In what the sanitiser gives, `<` begins a tag and nothing else.
    """
    if not html.isascii() and _is_solid(html):
        html = _TEXT.sub(_apart, html)
    return _HEADING.sub(lambda heading: f'{heading[0]} data-pagefind-weight="10"', html)


def _is_solid(html: str) -> bool:
    """Whether a text has words of a script that writes no spaces."""
    # Most of a page is ASCII: what else it has is looked through in a fraction of the time.
    others = html.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return re.search(_SOLID, others.decode("utf-8", "surrogatepass")) is not None


def _apart(text: re.Match[str]) -> str:
    return re.sub(_SOLID, r" \g<0> ", unicodedata.normalize("NFC", text[0])).translate(_UNMARKED)
