"""Scripts: which language the letters of a text tell of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from sitegen.scan.patterns import rare

_SCRIPTS = {
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "he": "\u0590-\u05ff",
    "ja": "\u3040-\u30ff",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    "ko": "\uac00-\ud7af",
    "ru": "\u0400-\u04ff",
    "el": "\u0370-\u03ff",
    "th": "\u0e00-\u0e7f",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
}
_OWN = {  # letters that tell a language from the one that most use the script for
    "ar": {"fa": "پچژگک", "ur": "ٹڈڑے", "ug": "ېۇۆ"},
    "ru": {"uk": "їєґ", "be": "ў", "sr": "ђћџ"},
}
_AT_END = rare(r"(?:^|[/._-])([a-z]{2}(?:[-_][A-Z][A-Za-z]{1,3})?)$")
_WRITTEN = "".join(_SCRIPTS.values())
_TELLING = "".join(letters for own in _OWN.values() for letters in own.values())
_LATIN = r"A-Za-z\u00c0-\u024f"
_SAMPLE = 2_000  # characters of a text that are looked at
_SHARE = 0.3  # of all letters: names, code and English terms stand in every text
_KANA = 0.1  # of what is written in Japanese, at least


@cache
def _any_of(letters: str) -> re.Pattern[str]:
    """What finds one of some letters; most sites need none, and to make it takes a millisecond."""
    return re.compile(f"[{letters}]")


def written_in(texts: Iterable[str]) -> str:
    """The language that the script of texts tells of, or "" where it is Latin or tells nothing."""
    counts: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for text in texts:
        some = text[:_SAMPLE]
        if text.isascii() or not _any_of(_WRITTEN).search(some):
            counts["latin"] += len(some)  # letters, spaces and signs: it is not close
            continue
        counts["latin"] += len(_any_of(_LATIN).findall(some))
        counts.update({tag: len(_any_of(span).findall(some)) for tag, span in _SCRIPTS.items()})
        own.update(_any_of(_TELLING).findall(some))
    tag = max(_SCRIPTS, key=lambda tag: counts[tag])
    if counts["ja"] and counts["ja"] >= _KANA * (counts["ja"] + counts["zh"]):
        counts["ja"] += counts["zh"]
        tag = max(tag, "ja", key=lambda tag: counts[tag])
    if counts[tag] < _SHARE * (counts[tag] + counts["latin"]) or not counts[tag]:
        return ""
    told = {
        lang: sum(own[letter] for letter in letters) for lang, letters in _OWN.get(tag, {}).items()
    }
    best = max(told, key=lambda lang: told[lang], default=tag)
    return best if told.get(best, 0) > counts[tag] // 100 else tag


def named_language(page: str, texts: Iterable[str]) -> str:
    """The language at the end of a page's name, as in ``ja`` or ``README.zh-CN``; "" for none.

    The script of the page must tell it too: ``io`` and ``os`` are words of many a reference.
    """
    match = _AT_END.search(page)
    if match is None or match[1][:2] not in _SCRIPTS or written_in(texts) != match[1][:2]:
        return ""
    return match[1].replace("_", "-")
