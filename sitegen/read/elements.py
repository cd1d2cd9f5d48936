"""Stage ``read``: rows that are elements of a page (a title, an item of a list) -> Markdown."""

from __future__ import annotations

import re

from sitegen.read.composites import elements_of

TITLE = "Title"
ELEMENTS = frozenset(
    {
        *(
            TITLE,
            "NarrativeText",
            "UncategorizedText",
            "Text",
            "Paragraph",
            "ListItem",
            "Table",
            "TableChunk",
        ),
        *("CodeSnippet", "Code", "Formula", "FigureCaption", "Image", "Address", "EmailAddress"),
        *("Header", "Footer", "PageNumber", "PageBreak", "CheckBox", "CompositeElement"),
    }
)
"""What elements are called by those who partition documents."""

_LEFT_OUT = frozenset({"Header", "Footer", "PageNumber", "PageBreak"})  # of printed pages
_LEVEL = 2  # of a title whose depth nobody says
_CODE = frozenset({"CodeSnippet", "Code"})
_FENCE = re.compile(r"`{3,}")
_SPECIAL = re.compile(r"[\\*<`]|(?<![^\W_])_|_(?![^\W_])")
_OPENING = re.compile(r"\A(?:#{1,6}(?=\s|$)|[-+](?=\s)|>|\d{1,9}(?=[.)]\s)|~~~)")
_ALERT = re.compile(r"\[!([A-Za-z]+)\]\s+(?=\S)")
# The name of an object as `[`lib.Object`]` shows it; whoever made the elements took the marks off.
_OBJECT = re.compile(
    r"\[(~?[A-Za-z_]\w*(?:\.\w+)+(?:\(\))?|~[A-Za-z_]\w*|[A-Z]+[a-z]\w*[A-Z]\w*)\](?!\()"
)


class Elements:
    """Writes the elements of a dataset, one after the other, as Markdown."""

    def __init__(self) -> None:
        """Begin above the first."""
        self._before = ""

    def markdown(
        self, kind: str, text: str, *, depth: str = "", html: str = "", continues: bool = False
    ) -> str:
        """Give the next element; it may go on in the middle of the one before (``continues``)."""
        if kind != "CompositeElement":
            return self._next(kind, text, depth, html)
        in_code = self._before in _CODE
        parts = elements_of(text, continues=continues, in_code=in_code)
        return "".join(self._next(kind, text, "", "") for kind, text in parts)

    def _next(self, kind: str, text: str, depth: str, html: str) -> str:
        before, self._before = self._before, kind
        return as_markdown(kind, text, before, depth=depth, html=html)


def as_markdown(kind: str, text: str, before: str, *, depth: str = "", html: str = "") -> str:
    """Give an element as Markdown that shows just its words, with line ends that set it apart.

    ``before`` is the kind of the element before it, ``depth`` that of a title, from 0; ``html``
    is that of a table.
    """
    if kind in _LEFT_OUT or not text.strip():
        return ""
    if kind == "ListItem":
        words = _prose(text).replace("\n", "\n  ")
        return "\n" * (before != kind) + f"- {words}\n"
    if kind == TITLE:
        level = min(int(depth) + 1, 6) if depth.isdecimal() else _LEVEL
        return f"\n{'#' * level} {' '.join(_prose(text).split())}\n"
    if kind in _CODE:
        return f"\n{_fence(text)}\n"
    if kind in {"Table", "TableChunk"} and html.startswith("<table"):
        return f"\n{html.replace(chr(10), ' ')}\n"
    return f"\n{_quoted(_prose(text))}\n"


def _fence(code: str) -> str:
    longest = max((len(run) for run in _FENCE.findall(code)), default=2)
    marks = "`" * (longest + 1)
    language = "py" if code.lstrip().startswith(">>> ") else ""
    return f"{marks}{language}\n{code.strip(chr(10))}\n{marks}"


def _quoted(words: str) -> str:
    """Give an alert the marks of a quote back."""
    if alert := _ALERT.match(words):
        return f"> [!{alert[1]}]\n{words[alert.end() :]}".replace("\n", "\n> ")
    return words


def _prose(text: str) -> str:
    """Give words in Markdown that do not open a block of another kind."""
    return _OPENING.sub(r"\\\g<0>", _words(text.strip()), count=1)


def _words(text: str) -> str:
    """Give a text in Markdown that shows its characters, but for the names of objects."""
    done, at = "", 0
    for name in _OBJECT.finditer(text):
        done += _SPECIAL.sub(r"\\\g<0>", text[at : name.start()]) + f"[`{name[1]}`]"
        at = name.end()
    return done + _SPECIAL.sub(r"\\\g<0>", text[at:])
