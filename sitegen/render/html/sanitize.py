"""The cleaning that holds a finished body to the allow-list.

HTML of the dataset has been through `raw.expose`, components write tags of the list by
themselves; `sanitize` trusts neither. It has the last word: of what comes out nothing is edited by
patterns. In it `<` begins a tag and stands nowhere else but inside a frame, where no browser looks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, lru_cache

import nh3
from msgspec import Struct, field

from sitegen.render.html.allow_list import (
    ATTRIBUTES,
    FORCED,
    FORMATTING,
    IMPLIED_END,
    RELATIONS,
    STYLE_PROPERTIES,
    TAGS,
    VOID,
)
from sitegen.safe_urls import SCHEMES, frame_url, is_external, safe_url
from sitegen.scan.patterns import rare
from sitegen.urls import WRITTEN_ID_PREFIX

_LEADING = frozenset(("href", "poster", "src", "srcset"))
_REMOTE_CANDIDATE = rare(r"https?://\S*[^\s,]", re.IGNORECASE)
_SRCSET_CANDIDATE = rare(r"\s*(\S+[^\s,])(?:\s+\d+(?:\.\d+)?[wx])?\s*(?:,|$)")

# No function but colours, no quotes or escapes, and nothing negative that could be laid over us.
_STYLE_VALUE = re.compile(
    r"(?:(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]+\)|\#[0-9a-f]{3,8}\b|[a-z][a-z-]*(?![\w(-])"
    r"|(?:\d++(?:\.\d++)?|\.\d++)(?:%|[a-z]{1,4})?(?![\w(])|!important|[\s,/])+",
    re.IGNORECASE,
)
_CLASS = re.compile(r"[\w:!./\[\]#%()-]+")

_ATTRIBUTE_NAME = re.compile("[a-z][a-z0-9-]*")

_TAG = rare(r"<(/?)([A-Za-z][^\s/>]*)(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*>")
_DEEPEST = 500
_MOST_FORMATTING = 20
_SHALLOW = 500  # so few tags that open something cannot nest too deep
_LONE_SURROGATE = rare("[\ud800-\udfff]")


class Seen(Struct, frozen=True):
    """What of a body leads somewhere: its ids, and the addresses of other hosts.

    ``addresses`` are pairs of an element's name and an address, in their order.
    """

    anchors: dict[str, None] = field(default_factory=dict)
    addresses: list[tuple[str, str]] = field(default_factory=list)


_seen: ContextVar[Seen] = ContextVar("seen")


def sanitize(body: str, *, seen: Seen | None = None) -> str:
    """Reduce a finished body to the allow-list, with all of its text; what it holds is `seen`."""
    if body.count("<") - body.count("</") > _SHALLOW:
        body = _flatten(body)
    _seen.set(seen or Seen())
    clean = _cleaner().clean
    try:
        return clean(body)
    except UnicodeEncodeError:  # it takes none, and says so before it begins
        return clean(_LONE_SURROGATE.sub("\ufffd", body))


def user_content(id: str) -> str:
    """Return an id of the content as the page has it, out of the way of our own ids."""
    return id if id.startswith(WRITTEN_ID_PREFIX) else WRITTEN_ID_PREFIX + id


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_filter_attribute,
        link_rel=None,
        generic_attribute_prefixes={"aria-", "data-"},
        set_tag_attribute_values=FORCED,
        url_schemes=set(SCHEMES),
    )


@lru_cache(maxsize=1024)
def _filter_style(style: str) -> str | None:
    """Keep the declarations of a `style` that do no more than lay out and colour."""
    kept = []
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name in STYLE_PROPERTIES and _STYLE_VALUE.fullmatch(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept) or None


def _filter_srcset(value: str) -> str | None:
    at = 0
    while at < len(value):
        candidate = _SRCSET_CANDIDATE.match(value, at)
        if candidate is None or not safe_url(candidate[1], image=True):
            return None
        at = candidate.end()
    return value


@lru_cache(maxsize=1024)  # a site has few, on many elements
def _filter_class(value: str) -> str:
    return " ".join(word for word in value.split() if _CLASS.fullmatch(word))


@lru_cache(maxsize=1024)
def _filter_relations(value: str) -> str | None:
    return " ".join(word for word in value.split() if word in RELATIONS) or None


_FILTERS: dict[str, Callable[[str], str | None]] = {
    "class": _filter_class,
    "href": lambda value: value if safe_url(value) else None,
    "poster": lambda value: value if safe_url(value, image=True) else None,
    "rel": _filter_relations,
    "src": lambda value: value if safe_url(value, image=True) else None,
    "srcset": _filter_srcset,
    "style": _filter_style,
    "target": lambda value: value if value == "_blank" else None,
}


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """The value that an attribute may have, noted if it leads somewhere; no other place sees all.

    The cleaner asks in the order of the page, after it has put the elements right.
    """
    if name == "id":  # the first element that has it is where links lead
        anchors = _seen.get().anchors
        if value in anchors:
            return None
        anchors[value] = None
        return value
    rule = _FILTERS.get(name)
    if rule is None:
        # A parser takes `data-<b` for a name.
        return value if "-" not in name or _ATTRIBUTE_NAME.fullmatch(name) else None
    kept = frame_url(value) if tag == "iframe" and name == "src" else rule(value)
    if kept and name in _LEADING:
        _seen.get().addresses.extend((tag, url) for url in _remote(name, kept))
    return kept


def _remote(name: str, value: str) -> list[str]:
    if name == "srcset":
        return _REMOTE_CANDIDATE.findall(value)
    if not is_external(value.lstrip()):
        return []
    address = value.strip()
    return [address] if address.split() == [address] else []


def _flatten(body: str) -> str:
    """Drop the tags, not the text, of elements nested so deep that parsing them would take ages.

    Open formatting is counted apart: a parser repeats it in every paragraph that follows.
    """
    opened, dropped = Counter[str](), Counter[str]()
    depth = formatting = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth, formatting
        name = tag[2].lower()
        if name in VOID or name in IMPLIED_END:
            return tag[0]
        shapes = name in FORMATTING
        if not tag[1]:
            if depth >= _DEEPEST or (shapes and formatting >= _MOST_FORMATTING):
                dropped[name] += 1
                return ""
            step, opened[name] = 1, opened[name] + 1
        elif dropped[name]:
            dropped[name] -= 1
            return ""
        elif not opened[name]:
            return tag[0]
        else:
            step, opened[name] = -1, opened[name] - 1
        depth += step
        formatting += step * shapes
        return tag[0]

    return _TAG.sub(keep, body)
