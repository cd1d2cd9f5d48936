"""What a browser makes of a text that was made harmless."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

from sitegen.render.html.raw import expose
from sitegen.render.html.sanitize import sanitize

SHARED = Path(__file__).parents[3].parent / "shared"
FRAMES = {"hf.space", "huggingface.co", "marimo.app", "www.figma.com", "www.youtube-nocookie.com"}
HARMLESS = (
    "a abbr address article aside audio b bdi bdo big blockquote br button caption cite code col "
    "colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "i iframe img input ins kbd li mark nav ol p picture pre progress q rp rt ruby s samp section "
    "small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul "
    "var video wbr"
)
URLS = {"href", "src", "poster", "cite", "action", "formaction", "data", "background", "longdesc"}
XHTML = "{http://www.w3.org/1999/xhtml}"


def elements(html: str) -> Iterator[Element]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # html5lib warns of characters XML has not
        tree = html5lib.parseFragment(html, treebuilder="etree")
    yield from (element for element in tree.iter() if element.tag != "DOCUMENT_FRAGMENT")


def faults(html: str) -> Iterator[str]:
    """Say what an independent parser sees in the HTML that must not be there."""
    for element in elements(html):
        tag = str(element.tag).removeprefix(XHTML)
        if tag not in HARMLESS.split():
            yield f"element {tag}"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"srcdoc", "name", "form", "ping", "http-equiv"}:
                yield f"attribute {tag}@{name}"
            if name in URLS:
                visible = "".join(c for c in value if unicodedata.category(c)[0] not in "CZ")
                scheme = re.match(r"[a-z][a-z0-9+.-]*(?=:)", visible.lower())
                if scheme and scheme[0] not in {"http", "https", "mailto"}:
                    yield f"scheme {value!r}"
            if name == "style" and re.search(r"url\(|\\|position|expression|@", value, re.I):
                yield f"style {value!r}"
            if name in {"id", "class"} and re.search(r"(^|\s)(sg-|document$|location$)", value):
                yield f"{name} {value!r}"
        if tag == "iframe":
            host = urlsplit(element.get("src", "https://hf.space")).hostname or ""
            if not (host in FRAMES or host.endswith(".hf.space")):
                yield f"frame {host}"
            if "allow-top" in element.get("sandbox", "allow-top"):
                yield "sandbox"


def clean(raw: str) -> str:
    return sanitize(expose(raw))
