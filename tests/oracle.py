"""What a page may hold, said apart from the sanitiser and judged by another parser (html5lib)."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "http://www.w3.org/1998/Math/MathML"
FRAMES = {"hf.space", "huggingface.co", "marimo.app", "www.figma.com", "www.youtube-nocookie.com"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ELEMENTS = {
    XHTML: _words(
        "a abbr address article aside audio b bdi bdo big blockquote br button caption cite "
        "code col colgroup dd del details dfn div dl dt em fieldset figcaption figure footer "
        "h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd legend li mark nav noscript "
        "ol p picture pre progress q rp rt ruby s samp section small source span strong sub "
        "summary sup table tbody td template tfoot th thead time tr track u ul var video wbr"
    ),
    MATHML: _words(
        "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow "
        "ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none"
    ),
}
_ATTRIBUTES = {
    XHTML: _words(
        "abbr align allow allowfullscreen alt autoplay border cellpadding cellspacing checked "
        "class colspan controls datetime decoding default dir disabled headers height hidden href "
        "id kind label lang loading loop max media muted name open playsinline poster preload "
        "referrerpolicy rel reversed role rowspan sandbox scope sizes span src srclang srcset "
        "start style tabindex target title type valign value width"
    ),
    MATHML: _words(
        "accent accentunder alttext columnalign columnspan depth display displaystyle fence form "
        "height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation "
        "rowspan rspace scriptlevel separator stretchy style symmetric voffset width"
    ),
}
_URLS = _words("href src poster")
_ONLY_ON = {"name": "details", "type": "button input ol source", "value": "input li progress"}
# What a finished body is made of: a pattern that looks for a tag finds tags, and all of them.
_PLAIN = re.compile(
    r'(?:[^<]|</[a-z][a-z0-9]*>|<[a-z][a-z0-9]*(?: [a-z][a-z0-9-]*(?:="[^"<>]*")?)*>)*+'
)
_BAD_STYLE = re.compile(r"url\(|\\|position|expression|@|/\*|behavior|-moz|image", re.IGNORECASE)


def faults(html: str) -> list[str]:
    """Say what an independent parser sees in a page's body that must not be there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # html5lib warns of characters that XML has not
        page = html5lib.parse(f"<!doctype html><main>{html}</main><footer></footer>")
    around = [str(element.tag).partition("}")[2] for element in page[1]]
    rest = _PLAIN.sub("", html, count=1)
    found = [f"no plain tag: {rest[:80]}"] if rest else []
    found += [] if around == ["main", "footer"] else [f"the page is unbalanced: {around}"]
    for element in page[1][0].iter():
        if element is not page[1][0] and isinstance(element.tag, str) and element.tag[0] == "{":
            found += _faults(element)
    return found


def _faults(element: Element) -> Iterator[str]:
    namespace, _, tag = element.tag[1:].partition("}")
    if tag not in _ELEMENTS.get(namespace, ()):
        yield f"element {tag} of {namespace}"
        return
    for name, value in element.attrib.items():
        known = name in _ATTRIBUTES[namespace] or re.fullmatch(r"(?:data|aria)-[a-z-]+", name)
        if not known or tag not in _ONLY_ON.get(name, tag).split():
            yield f"attribute {tag}@{name}"
        if name in _URLS and (scheme := _scheme(value)) not in {"", "http", "https", "mailto"}:
            yield f"scheme {scheme} in {value!r}"
        if name == "style" and _BAD_STYLE.search(value):
            yield f"style {value!r}"
        if name == "data-video" and not re.fullmatch(r"[\w-]{6,20}", value, re.ASCII):
            yield f"video {value!r}"
    if tag == "iframe":
        yield from _frame_faults(element)


def _scheme(url: str) -> str:
    seen = "".join(character for character in url if unicodedata.category(character)[0] not in "CZ")
    if seen.startswith(("//", "\\\\", "/\\", "\\/")):
        return "of another host"
    match = re.match(r"[a-z][a-z0-9+.-]*(?=:)", seen.lower())
    return match[0] if match else ""


def _frame_faults(frame: Element) -> Iterator[str]:
    url = urlsplit(frame.get("src", "https://hf.space"))
    host = url.hostname or ""
    if url.scheme != "https" or not (host in FRAMES or host.endswith(".hf.space")):
        yield f"frame {frame.get('src')}"
    if "allow-top" in frame.get("sandbox", "allow-top"):
        yield "frame without a sandbox"
