"""Objects that Sphinx describes by hand: ``.. function:: a(b)`` -> how others know them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sitegen.model.objects import CLASS, FUNCTION, METHOD, PROPERTY
from sitegen.scan import FenceScanner

KINDS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("class", "exception"), CLASS)
    | dict.fromkeys(("decorator", "function"), FUNCTION)
    | dict.fromkeys(("classmethod", "method", "staticmethod"), METHOD)
    | dict.fromkeys(("attribute", "property"), PROPERTY)
    | {"data": ""}
)
"""What kinds of objects the directives describe, by their names, with ``py:`` before it or not."""
_NAMES = "|".join(KINDS)
# Two patterns are much faster than one with a choice: few texts hold either.
_SIGNS = tuple(
    re.compile(rf"{begins}(?:py:)?(?:{_NAMES}){ends}")
    for begins, ends in ((r"\.\. ", "::"), (r"\{", r"\}"))
)
_LINE = re.compile(
    rf"(?P<indent>[ \t]*)(?:\.\. (?P<py>py:)?(?P<dotted>{_NAMES})::"
    rf"|(?P<fence>`{{3,}}|:{{3,}})\{{(?:py:)?(?P<braced>{_NAMES})\}})[ \t]+(?P<said>\S.*)"
)
_MODULE = re.compile(r"\.\. (?:py:)?(?:current)?module::[ \t]+([\w.]+)[ \t]*")
_CALL = re.compile(
    r"(?:(?:abstract|async|class|final|static)[ \t]+)*(?P<name>[^\W\d][\w.]*)[ \t]*"
    r"(?P<rest>\((?P<parameters>.*)\)[^()]*|[:=].*|)"
)
_OBJECT = re.compile(r"[(.]|^[^\W\da-z]")  # of a class: else it is one of a style sheet


class Described(NamedTuple):
    """An object by its full name, its kind, as it is called there, and its parameters if any."""

    name: str
    kind: str
    called: str
    parameters: str | None


def described(text: str) -> dict[int, Described]:
    """The objects that a text describes, by the line (from 0) that says each.

    Those of a class stand further in than it, or say its name; those of a module are below it.
    """
    if not any(sign.search(text) for sign in _SIGNS):
        return {}
    found: dict[int, Described] = {}
    module, classes = "", list[tuple[tuple[int, int], str]]()
    fences, opened = FenceScanner(), list[str]()  # of code, and of directives
    for number, line in enumerate(text.split("\n")):
        match = _LINE.fullmatch(line)
        if opened and line.strip() == opened[-1] and not fences.inside:
            opened.pop()
        elif not (match and match["fence"] and not fences.inside) and fences.feed(line):
            continue
        if named := _MODULE.fullmatch(line):
            module = named[1]
        elif match and (call := _CALL.fullmatch(match["said"].strip())):
            directive = match["dotted"] or match["braced"]
            if directive == "class" and not match["py"] and not _OBJECT.search(match["said"]):
                continue
            depth = len(opened), len(match["indent"].expandtabs())
            opened += [match["fence"]] if match["fence"] else []
            classes = [each for each in classes if each[0] < depth]
            name = _full_name(call["name"], module, classes[-1][1] if classes else "")
            if KINDS[directive] == CLASS:
                classes.append((depth, name))
            found[number] = Described(name, KINDS[directive], call["name"], call["parameters"])
    return found


def _full_name(name: str, module: str, owner: str) -> str:
    """A name below its class, or else its module, unless it says these itself."""
    if owner:
        short = owner.removeprefix(f"{module}.")
        name = name if name.startswith(f"{short}.") else f"{short}.{name}"
    is_full = not module or name.startswith(f"{module}.")
    return name if is_full else f"{module}.{name}"
