"""What a search looks through: a body's HTML, prepared for an indexer."""

from __future__ import annotations

import re

_HEADINGS = tuple((f"<h{level}", f'<h{level} data-pagefind-weight="10"') for level in range(1, 5))
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
    if not html.isascii() and _SOLID.search(html):
        html = _TEXT.sub(lambda text: _SOLID.sub(r" \g<0> ", text[0]), html)
    for heading, weighty in _HEADINGS:
        html = html.replace(heading, weighty)
    return html
