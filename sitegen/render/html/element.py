"""Raw HTML: one tag of the allow-list -> the same as a page writes it, from what we read of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape, unescape
from urllib.parse import unquote

from sitegen.render.html.allow_list import ATTRIBUTES, FORCED, TAGS, VOID
from sitegen.safe_urls import frame_url, is_external, safe_url, url_host
from sitegen.scan.patterns import rare

# What only our own components may write.
_OUR_ATTRIBUTES = frozenset(("role", "tabindex", "hidden", "name"))
_OUR_CLASS_PREFIX = "sg-"
INSTEAD = {
    "acronym": "abbr",
    "center": "div",
    "font": "span",
    "strike": "s",
    "tt": "code",
}
KNOWN = TAGS.union(INSTEAD)
"""The elements that authors may write."""
_SAID_ALOUD = frozenset(("aria-label", "aria-hidden"))

UNDESCRIBED = "Image without a description"
"""Begins the alternative text of an image whose author gave none, not even an empty one."""

URL_ATTRIBUTES = frozenset(("href", "poster", "src"))
_RESOLVED = URL_ATTRIBUTES | {"id", "srcset"}
_HTML_BLANKS = " \t\n\f\r"

_MEDIA = frozenset(("iframe", "img", "video"))
_SIZE = rare(r"(\d{1,5}(?:\.\d{1,4})?)(%|px|r?em|vw|ch)?", re.ASCII)

_COLOR = rare(r"[A-Za-z]{3,30}|#(?:[0-9A-Fa-f]{3}){1,2}")
_FONT_SIZE = rare(r"([+-]?)([0-9])")
_FONT_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")

_OF_THEME = re.compile(r"#(?:gh-(?=\w+-mode-only$)|only-(?=[a-z]{4,5}$))(dark|light)")
_THEMES = {"dark": "dark:block", "light": "dark:hidden"}

ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")

Resolve = Callable[[str, str, str], str | None]
"""Gives the value that an ``href``, ``src``, ``poster`` or ``id`` of a tag is to have on the page,
or `None` to drop it, from the tag's and the attribute's name and the value written."""

Framed = Callable[[str, str, str], str]
"""Gives what stands instead of a frame, from its HTML, its address and what it is called."""


def element(tag: re.Match[str], resolve: Resolve, framed: Framed) -> str:
    """Write a tag anew."""
    closing, written = tag[1], tag[2].lower()
    name = "div" if _is_loose_caption(tag) else INSTEAD.get(written, written)
    if closing:
        # A frame is closed as soon as it is written: what stood inside is text like any other.
        return "" if name == "iframe" else f"</{name}>"
    attributes = _attributes(name, tag[3], resolve)
    match written:
        case "center":
            attributes["align"] = "center"
        case "font":
            _font_as_style(attributes, tag[3])
        case "figcaption" if name == "div":
            attributes["class"] = f"text-center text-sm {attributes.get('class', '')}".rstrip()
        case "iframe":
            return _frame(attributes, framed)
        case "img":
            return _image(attributes)
        case "pre":
            attributes["tabindex"] = "0"  # long lines scroll, with the keyboard too
        case "audio" | "video":
            if "muted" not in attributes:
                attributes.pop("autoplay", None)
            attributes |= {"controls": "", "preload": "metadata"}
        case "a" if is_external(attributes.get("href", "")):
            attributes["rel"] = "noopener noreferrer"
    # As in JSX and Svelte: to a browser it would hold all that follows.
    is_closed = tag[3].endswith("/") and name not in VOID
    return start_tag(name, attributes) + (f"</{name}>" if is_closed else "")


def _is_loose_caption(tag: re.Match[str]) -> bool:
    """Whether a tag is a caption's that no figure is around, where HTML allows none."""
    if tag[2].lower() != "figcaption":
        return False
    before = tag.string[: tag.start()].lower()
    return before.rfind("<figure") <= before.rfind("</figure")


def _frame(attributes: dict[str, str], framed: Framed) -> str:
    """Write a whole frame; one that may not be framed becomes a link to its page, if it has one."""
    address = attributes.get("src", "")
    if url := frame_url(address):
        title = attributes.get("title") or attributes.get("aria-label")
        if not title:
            title = attributes["title"] = f"Embedded page of {url_host(url)}"
        shown = start_tag("iframe", attributes | FORCED["iframe"] | {"src": url})
        return framed(f"{shown}</iframe>", url, title)
    if not address or not safe_url(address):
        return ""
    link = {"href": address}
    if is_external(address):
        link["rel"] = "noopener noreferrer"
    return f"{start_tag('a', link)}{escape(address, quote=False)}</a>"


def _image(attributes: dict[str, str]) -> str:
    """Write an image; of one without an address, its description."""
    if not (attributes.get("src") or attributes.get("srcset")):
        return escape(attributes.get("alt", ""), quote=False)
    said = {"loading": "lazy", "decoding": "async"} | attributes
    if theme := of_theme(said.get("src", "")):
        said["class"] = f"{said.get('class', '')} {theme}".lstrip()
    if "alt" not in said:
        said["alt"] = f"{UNDESCRIBED}: {_file_words(said.get('src', ''))}"
    return start_tag("img", said)


def of_theme(address: str) -> str:
    """The class of a picture whose address says in which theme it is seen, as GitHub has it."""
    theme = _OF_THEME.search(address)
    return _THEMES[theme[1]] if theme else ""


def _file_words(address: str) -> str:
    """Name an image by its file, the one thing that is known of it."""
    name = unquote(address.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1])
    return re.sub(r"[-_\s]+", " ", name.rpartition(".")[0] or name)


def start_tag(name: str, attributes: Mapping[str, str]) -> str:
    """A start tag, safe whatever the values of its attributes hold."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def _attributes(tag: str, source: str, resolve: Resolve) -> dict[str, str]:
    """Read the attributes the content may set; the first of a name counts, as in browsers."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(source):
        name = match[1].lower()
        if name not in found:
            found[name] = value_of(match)
    if tag == "a" and "name" in found:
        found.setdefault("id", found["name"])
    kept: dict[str, str] = {}
    for name in [name for name in found if name in _content_attributes(tag)]:
        value = found[name].strip() if name == "id" else found[name]
        resolved = resolve(tag, name, value) if name in _RESOLVED else value
        if resolved is not None:
            kept[name] = resolved
    if tag in _MEDIA:
        _sizes_as_style(kept)
    if "class" in kept:
        tokens = kept["class"].split()
        kept["class"] = " ".join(t for t in tokens if not t.startswith(_OUR_CLASS_PREFIX))
    return kept


def _sizes_as_style(attributes: dict[str, str]) -> None:
    """Say in a style what ``width="80%"`` means: as an attribute, sizes are whole pixels.

    Of a height nothing but pixels is kept, since a share of it is of no height.
    """
    width, height = (attributes.get(name, "").strip() for name in ("width", "height"))
    if width and not width.isdecimal():
        del attributes["width"]
        if size := _SIZE.fullmatch(width):
            unit = size[2] or "px"
            style = attributes.get("style", "")
            attributes["style"] = f"width:{size[1]}{unit}{';' if style else ''}{style}"
    if height and not height.isdecimal():
        del attributes["height"]
        if (size := _SIZE.fullmatch(height)) and size[2] in {None, "px"}:
            attributes["height"] = size[1].partition(".")[0]


def _font_as_style(attributes: dict[str, str], source: str) -> None:
    """Say in a style what ``<font color="red" size="2">`` means (HTML 15.3.4)."""
    written = {match[1].lower(): value_of(match).strip() for match in ATTRIBUTE.finditer(source)}
    color, size = written.get("color", ""), _FONT_SIZE.fullmatch(written.get("size", ""))
    said = [f"color:{color}"] if _COLOR.fullmatch(color) else []
    if size:
        step = int(size[2]) if not size[1] else 3 + int(f"{size[1]}{size[2]}")
        said.append(f"font-size:{_FONT_SIZES[min(max(step, 1), 7) - 1]}")
    if said:
        attributes["style"] = ";".join([*said, *filter(None, [attributes.get("style")])])


@cache
def _content_attributes(tag: str) -> frozenset[str]:
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset()) | _SAID_ALOUD
    return allowed - _OUR_ATTRIBUTES - frozenset(FORCED.get(tag, ()))


def value_of(attribute: re.Match[str]) -> str:
    """The value that somebody has written, its references to characters resolved."""
    value = next((attribute[group] for group in (2, 3, 4) if attribute[group] is not None), "")
    value = _REFERENCE.sub(lambda m: unescape(m[0]), value)
    return value.strip(_HTML_BLANKS) if attribute[1].lower() in URL_ATTRIBUTES else value
