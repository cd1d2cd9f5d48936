"""What a search looks through: a body's HTML, prepared for an indexer."""

from __future__ import annotations

import re

_HEADING = re.compile("<h[1-4]")
_ASCII = bytes(range(128))
# Scripts without spaces between words, as `find.js` has them. Hangul has spaces.
_SOLID = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_TEXT = re.compile(r">[^<]+")


def sought(html: str) -> str:
    """Give headings more weight, and put spaces between words of scripts that write none.

    In what the sanitiser gives, `<` begins a tag and nothing else.
    """
    # Most of a page is ASCII: what else it has is looked through in a fraction of the time.
    others = html.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    if _SOLID.search(others.decode("utf-8", "surrogatepass")):
        html = _TEXT.sub(lambda text: _SOLID.sub(r" \g<0> ", text[0]), html)
    return _HEADING.sub(r'\g<0> data-pagefind-weight="10"', html)
