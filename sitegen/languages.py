"""Which folder names are languages, and how a language writes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# ISO 639-1
_CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu
    cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi
    ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks
    ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl
    sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve
    vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 - a list of words reads better as a list of words
)
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_FORM = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_TAG = re.compile(r"([a-z]{2})(?:[-_][A-Za-z]{2,4})?")


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
_AT_END = re.compile(r"(?:^|[/._-])([a-z]{2}(?:[-_][A-Z][A-Za-z]{1,3})?)$")
_LETTERS = {tag: re.compile(f"[{span}]") for tag, span in _SCRIPTS.items()}
_WRITTEN = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_TELLING = re.compile(f"[{''.join(letters for own in _OWN.values() for letters in own.values())}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SAMPLE = 2_000  # characters of a text that are looked at
_SHARE = 0.3  # of all letters: names, code and English terms stand in every text
_KANA = 0.1  # of what is written in Japanese, at least


def written_in(texts: Iterable[str]) -> str:
    """The language that the script of texts tells of, or "" where it is Latin or tells nothing."""
    counts: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for text in texts:
        some = text[:_SAMPLE]
        if text.isascii() or not _WRITTEN.search(some):
            counts["latin"] += len(some)  # letters, spaces and signs: it is not close
            continue
        counts["latin"] += len(_LATIN.findall(some))
        counts.update({tag: len(pattern.findall(some)) for tag, pattern in _LETTERS.items()})
        own.update(_TELLING.findall(some))
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


_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "pt": "Português",
    "ru": "Русский",
    "te": "తెలుగు",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}


def name_of(language: str) -> str:
    """What a language calls itself, or its tag."""
    return _NAMES.get(language.lower(), _NAMES.get(language[:2].lower(), language))


def is_language(name: str) -> bool:
    """Tell whether a folder name is a language tag such as ``ko`` or ``zh-CN``."""
    match = _TAG.fullmatch(name)
    return match is not None and match[1] in _CODES


def may_be_language(tag: str) -> bool:
    """Whether a text is a language tag in form (BCP 47), of a language of two letters that is."""
    main, *_ = re.split("[-_]", tag.lower(), maxsplit=1)
    return _FORM.fullmatch(tag) is not None and (main in _CODES or len(main) > 2)


def direction(language: str) -> str:
    """Give the writing direction of a language tag: ``ltr`` or ``rtl``."""
    return "rtl" if language[:2].lower() in _RIGHT_TO_LEFT else "ltr"
