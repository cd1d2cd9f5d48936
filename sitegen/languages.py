"""Which folder names are languages, and how a language writes."""

from __future__ import annotations

import re
from collections.abc import Collection

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
_TAG = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2,4})?")

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


_SCRIPTS = {
    **dict.fromkeys(("zh-cn", "zh-hans", "zh-sg"), "简体中文"),
    **dict.fromkeys(("zh-tw", "zh-hant", "zh-hk", "zh-mo"), "繁體中文"),
}
"""How Chinese is called where a site has it in two scripts."""


def name_of(language: str, others: Collection[str] = ()) -> str:
    """What a language calls itself, or its tag; its region too where one of the others is alike."""
    tag = tag_of(language)
    main, _, region = tag.partition("-")
    name = _NAMES.get(main.lower(), language)
    if all(other == language or name_of(other) != name for other in others):
        return name
    return _SCRIPTS.get(tag.lower()) or (f"{name} ({region.upper()})" if region else name)


def tag_of(language: str) -> str:
    """A language as HTML and JSON-LD write it (BCP 47): ``pt_BR`` and ``PT-BR`` are ``pt-BR``."""
    main, sign, region = language.replace("_", "-").partition("-")
    return f"{main.lower()}{sign}{region}"


def is_language(name: str) -> bool:
    """Tell whether a folder name is a language tag such as ``ko``, ``EN`` or ``zh-CN``."""
    match = _TAG.fullmatch(name)
    return match is not None and match[1].lower() in _CODES


def may_be_language(tag: str) -> bool:
    """Whether a text is a language tag in form (BCP 47), of a language of two letters that is."""
    main, *_ = re.split("[-_]", tag.lower(), maxsplit=1)
    return _FORM.fullmatch(tag) is not None and (main in _CODES or len(main) > 2)


def direction(language: str) -> str:
    """Give the writing direction of a language tag: ``ltr`` or ``rtl``."""
    return "rtl" if language[:2].lower() in _RIGHT_TO_LEFT else "ltr"
