"""Objects that Sphinx describes, ``.. function:: a(b)``, or has read: -> how others know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from types import MappingProxyType
from typing import NamedTuple

from sitegen.model.objects import CLASS, FUNCTION, METHOD, MODULE, PROPERTY
from sitegen.scan import FenceScanner
from sitegen.scan.autodoc import Marker
from sitegen.scan.patterns import rare

KINDS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("class", "exception"), CLASS)
    | dict.fromkeys(("decorator", "function"), FUNCTION)
    | dict.fromkeys(("classmethod", "method", "staticmethod"), METHOD)
    | dict.fromkeys(("attribute", "property"), PROPERTY)
    | {"data": ""}
)
"""What kinds of objects the directives describe, by their names, with ``py:`` before it or not."""
AUTO: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("autoclass", "autoexception"), CLASS)
    | dict.fromkeys(("autodecorator", "autofunction"), FUNCTION)
    | {"automethod": METHOD, "automodule": MODULE}
    | dict.fromkeys(("autoattribute", "autoproperty"), PROPERTY)
    | {"autodata": ""}
)
"""The same of directives whose objects are described by their own docstrings."""
_KINDS = {**KINDS, **AUTO}
_NAMES = "|".join(_KINDS)
# Two patterns are much faster than one with a choice: few texts hold either.
_SIGNS = tuple(
    rare(rf"{begins}(?:py:)?(?:{_NAMES}){ends}")
    for begins, ends in ((r"\.\. ", "::"), (r"\{", r"\}"))
)
_LINE = rare(
    rf"(?P<indent>[ \t>]*)(?:\.\. (?P<py>py:)?(?P<dotted>{_NAMES})::"
    rf"|(?P<fence>`{{3,}}|:{{3,}})\{{(?:py:)?(?P<braced>{_NAMES})\}})[ \t]+(?P<said>\S.*)"
)
_AROUND = rare(r"[ \t>]*(?P<fence>`{3,}|~{3,})\{(?P<name>[\w:.-]+)\}[^`]*")
_OF_CODE_NAMES = (
    "code code-block code-cell digraph doctest graphviz literalinclude math mermaid parsed-literal "
    "productionlist prompt raw sourcecode testcode"
)
_OF_CODE = frozenset(_OF_CODE_NAMES.split())
"""Directives whose fences hold no Markdown; what others hold may describe objects."""
_OPTION = rare(r"[ \t>]*:(?P<name>[\w-]+):[ \t]*(?P<value>.*)")
_MODULE = rare(r"\.\. (?:py:)?(?:current)?module::[ \t]+([\w.]+)[ \t]*")
_CALL = rare(
    r"(?:(?:abstract|async|class|final|static)[ \t]+)*(?P<name>[^\W\d][\w.]*)[ \t]*"
    r"(?P<rest>\((?P<parameters>.*)\)[^()]*|[:=].*|)"
)
_OBJECT = rare(r"[(.]|^[^\W\da-z]")


class Described(NamedTuple):
    """An object by its full name, its kind, as it is called there, and its parameters if any.

    ``goes_on``: the line is a further signature of the directive above it. ``marker`` says what is
    to be read of an object that its own docstring describes.
    """

    name: str
    kind: str
    called: str
    parameters: str | None
    goes_on: bool = False
    marker: Marker | None = None


class _Class(NamedTuple):
    """A class, how many fences are around its parts, the line of the innermost, and its indent.

    What stands in a fence of its own may have any indent.
    """

    name: str
    depth: int
    fence: int
    indent: int

    def is_around(self, fences: Sequence[int], indent: int) -> bool:
        """Whether what stands in fences that begin in some lines, so far in, is a part of it."""
        inner = fences[self.depth - 1 : self.depth]
        return indent > self.indent and (not self.depth or self.fence in inner)


def described(text: str) -> dict[int, Described]:
    """The objects that a text describes, by the line (from 0) that says each.

    Those of a class stand further in than it, or say its name; those of a module are below it.
    """
    if not any(sign.search(text) for sign in _SIGNS):
        return {}
    found: dict[int, Described] = {}
    lines: list[str] = []
    module, classes = "", list[_Class]()
    above: re.Match[str] | None = None  # the directive that a line may go on
    for number, line, match, around in _outside_of_code(text):
        if named := _MODULE.fullmatch(line):
            module = named[1]
        goes_on = match is None and above is not None and _is_below(line, above)
        above = match or (above if goes_on else None)
        call = _CALL.fullmatch((line if goes_on else match["said"] if match else "").strip())
        if above is None or call is None or (goes_on and call["parameters"] is None):
            above = None
            continue
        directive = above["dotted"] or above["braced"]
        if not above["py"] and is_style(directive, above["said"]):
            continue
        indent = len(above["indent"].expandtabs())
        while classes and not classes[-1].is_around(around, indent):
            classes.pop()
        kind, parameters, marker = _KINDS[directive], call["parameters"], None
        if kind == MODULE:
            name = module = call["name"]
        elif directive in AUTO and call["name"].count(".") > (kind in {METHOD, PROPERTY}):
            name = call["name"]  # to Sphinx, what stands before is a module
        else:
            name = _full_name(call["name"], module, classes[-1].name if classes else "")
        if kind == CLASS:
            classes.append(_class(name, above, indent, around, number if match else None))
        if directive in AUTO:
            above, lines = None, lines or text.split("\n")
            marker = Marker(name, *_members(islice(lines, number + 1, None)))
        found[number] = Described(name, kind, call["name"], parameters, goes_on, marker)
    return found


def _class(
    name: str, directive: re.Match[str], indent: int, around: Sequence[int], line: int | None
) -> _Class:
    """A class that the directive of a ``line`` describes, or one that goes on below its line."""
    if directive["fence"] and line is not None:
        return _Class(name, len(around) + 1, line, -1)
    innermost = around[-1] if around else -1
    return _Class(name, len(around), innermost, -1 if directive["fence"] else indent)


def _members(below: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The members that the options below a directive list, and those that they leave out.

    ``all`` are those that are public.
    """
    options = {
        option["name"]: option["value"]
        for option in takewhile(bool, map(_OPTION.fullmatch, below))
        if option
    }
    listed, out = (
        tuple(name for key in keys for name in re.split(r"[,\s]+", options.get(key, "")) if name)
        for keys in (("members", "special-members"), ("exclude-members",))
    )
    takes_all = options.get("members", "none").strip() == ""
    return ("all", *listed) if takes_all else listed or ("none",), out


def _outside_of_code(
    text: str,
) -> Iterator[tuple[int, str, re.Match[str] | None, Sequence[int]]]:
    """Yield number and text of lines outside of code, what describes, the lines of fences around.

    Those stand in quotes and in each other too. The last is one list, which changes.
    """
    fences, opened, around = FenceScanner(), list[str](), list[int]()  # of code, of directives
    for number, line in enumerate(text.split("\n")):
        match = _LINE.fullmatch(line)
        fence = match["fence"] if match else _fence_around(line)
        if fences.inside or not fence:
            if opened and line.strip(" \t>") == opened[-1] and not fences.inside:
                opened.pop()
                around.pop()
            elif fences.feed(line):
                continue
        yield number, line, match, around
        if fence:
            opened.append(fence)
            around.append(number)


def _fence_around(line: str) -> str:
    """The fence of a directive that is around Markdown, if a line begins one."""
    match = _AROUND.fullmatch(line) if "{" in line else None
    return match["fence"] if match and match["name"] not in _OF_CODE else ""


def _is_below(line: str, above: re.Match[str]) -> bool:
    """Whether a line stands further in than a directive that may say several signatures."""
    if above["dotted"] is None:
        return False
    indent = line[: len(line) - len(line.lstrip(" \t>"))]
    return len(indent.expandtabs()) > len(above["indent"].expandtabs())


def is_style(directive: str, said: str) -> bool:
    """Whether a class is one of a style sheet, for what stands below it, and no object."""
    return directive == "class" and not _OBJECT.search(said)


def _full_name(name: str, module: str, owner: str) -> str:
    """A name below its class, or else its module, unless it says these itself."""
    if owner:
        short = owner.removeprefix(f"{module}.")
        name = name if name.startswith(f"{short}.") else f"{short}.{name}"
    is_full = not module or name.startswith(f"{module}.")
    return name if is_full else f"{module}.{name}"
