"""What a page says, to compare it with what its twin says."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_BLOCKS = frozenset(
    [
        "aside",
        "blockquote",
        "br",
        "dd",
        "details",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "legend",
        "li",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "ul",
    ]
)


def hidden(element: Element) -> bool:
    if element.tag == "summary":
        return element.text == "Check this answer"
    if element.get("class") == "sg-notebooks":  # of other notebooks the page's author tells
        return "".join(element.itertext()).startswith("Colab: Mixed")
    return element.get("class") in {"footnote-ref", "sg-anchor", "sg-hush"}


def text(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or hidden(element):
        return
    around = " " if element.tag in _BLOCKS else ""
    yield around
    if "alttext" in element.attrib:
        yield f" {element.attrib['alttext']} "
    elif element.tag == "code" and "title" in element.attrib:
        yield element.attrib["title"]  # the whole name of an object, of which a part is shown
    else:
        yield element.attrib.get("alt", "")
        yield element.text or ""
        for child in element:
            yield from text(child)
            yield child.tail or ""
    yield around
