"""Assemble: front matter, in YAML or TOML, is read and blanked, so that line numbers stay."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Chunk, Document, OwnPlace, Section
from sitegen.scan.days import day_of

_LIMIT = 65_536
_BLOCK = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<text>(?:.*?\n)??)(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_OPEN_BLOCK = re.compile(r"---[ \t]*\n(?P<text>(?:[A-Za-z_][\w-]*:(?:[ \t][^\n]*)?\n)+)(?=\n|\Z)")
_BARE_BLOCK = re.compile(
    r"(?=(?:[a-z_][\w-]*:[ \t][^\n]*\n)*?title:[ \t])"
    r"(?P<text>(?:[a-z_][\w-]*:[ \t][^\n]*\n)+)(?=\n|\Z)"
)
"""A block without its marks: splitters take `---` for a line between sections."""
_ELSEWHERE = (
    (
        re.compile(
            r"(?:\s*<!--[^-]*(?:-(?!->)[^-]*)*-->)+\s*(?P<at>---)[ \t]*\n"
            r"(?:\w+:[ \t][^\n]*\n)+---\s",
        ),
        "stands below a comment, and is shown as text",
        "write it above the comment",
    ),
    (
        re.compile(r'(?P<at>---[a-z]+)[ \t]*\n|\{[ \t]*\n[^{}]*?"title"[ \t]*:'),
        "is written in a language that is not read, and shown as text",
        "write it in YAML or TOML",
    ),
    (
        re.compile(r"(?P<at>-{4,})[ \t]*\n(?:\w+:[ \t][^\n]*\n)+-{3,}\s"),
        "has more than three dashes, and is shown as text",
        "write --- above and below it",
    ),
)
"""What is meant as front matter and is none: how it looks, what is wrong, what to do."""
_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")
_GOES_ON = re.compile(r"[ \t]|#|-[ \t]|$")
_PLACES = (
    ("order", "sidebar_position", "nav_order", "weight"),
    ("nav_title", "sidebar_label", "linkTitle"),
    ("hidden",),
)
"""The keys of front matter that say where a page stands: ours first, then those of others."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_MOVED = ("redirect_from", "aliases")
_CHANGED = ("last_changed", "lastmod", "last_modified_at", "lastUpdated", "last_update")
KNOWN = {"title", "description", "draft", "published", *_MOVED, *_CHANGED}.union(*_PLACES)
"""Keys of front matter that mean something."""


class Front(Struct, frozen=True):
    """What front matter says beyond the document: is it a draft, odd keys, and what is wrong."""

    place: Location
    draft: bool = False
    unknown: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    @property
    def says(self) -> bool:
        """Whether there is anything to tell of it."""
        return self.draft or bool(self.unknown or self.faults)


def take_front_matter(document: Document) -> tuple[Document, Front]:
    """Return the document without its front matter, and what that says."""
    head = document.text[:_LIMIT]
    match = _BLOCK.match(head) or _OPEN_BLOCK.match(head)
    if match is None and document.sections and document.sections[0].row is not None:
        match = _BARE_BLOCK.match(head)
    if match is None:
        return document, Front(document.locate(0), faults=_none(document, head))
    table, fault = _table(match, document)
    if table is None:
        return document, Front(document.locate(0))
    blank = "\n" * match[0].count("\n")
    own_title = "" if document.title else _words(table, "title")
    taken = replace(
        document,
        text=blank + document.text[match.end() :],
        title=document.title or own_title,
        has_own_title=bool(own_title),
        own_place=OwnPlace(*(_words(table, *names) for names in _PLACES)),
        description=unescape(_words(table, "description")),  # no HTML, as the title is Markdown
        redirect_from=tuple(_listed(table, *_MOVED)),
        changed=next(filter(None, map(_day, map(table.get, _CHANGED))), document.changed),
    )
    draft = _says(table, "draft") is True or _says(table, "published") is False
    unknown = tuple(str(key) for key in table if key not in KNOWN)
    faults = (*([fault] if fault else ()), *_odd_values(table, match["text"], document))
    return taken, Front(document.locate(0), draft, unknown, faults)


def _none(document: Document, head: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a head that an author took for front matter."""
    # What follows a comment, as on pages with a licence, is none without a line that ends it.
    if head.startswith(("---", "{")) or (head.startswith("<!--") and "\n---" in head):
        for pattern, what, remedy in _ELSEWHERE:
            if found := pattern.match(head):
                line = head.count("\n", 0, max(found.start("at"), 0))
                return (_fault(document, line, what, remedy),)
    return ()


def is_draft(chunk: Chunk) -> bool:
    """Whether a chunk that is a whole page says that it is a draft."""
    section = Section(0, "", chunk.id, chunk.file, chunk.row)
    return take_front_matter(Document("", chunk.source, chunk.text, (section,)))[1].draft


def _odd_values(table: Mapping[Any, Any], text: str, document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with the values of keys that mean something, each at its line."""
    for keys, code, wanted, fits in _VALUES:
        for key in keys:
            value = table.get(key)
            if value in (None, "") or fits(value):
                continue
            at = re.search(rf"^[\"']?{re.escape(key)}\b", text, re.MULTILINE)
            line = text.count("\n", 0, at.start()) + 1 if at else 0
            shown = repr(value) if isinstance(value, str) else json.dumps(value, default=str)
            message = f"{key} of the front matter must be {wanted}, not {shown}"
            place, help = document.locate(line), f"write {wanted}, or remove it"
            yield Diagnostic(code, Severity.WARNING, message, place, help)


def _says(table: Mapping[Any, Any], key: str) -> bool | None:
    """Whether a key says yes or no, in a word of YAML's; ``None``: neither."""
    return _WORDS.get(_words(table, key).lower())


def _is_text(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return _is_text(value) and _NUMBER.fullmatch(str(value)) is not None


def _is_yes_or_no(value: object) -> bool:
    return str(value).lower() in _WORDS


def _is_texts(value: object) -> bool:
    return all(map(_is_text, value)) if isinstance(value, list) else _is_text(value)


def _may_be_day(value: object) -> bool:
    """Whether a value names a day, or is another of other generators: true, an author alone."""
    is_other = isinstance(value, dict) and not value.get("date")
    return is_other or _is_yes_or_no(value) or bool(_day(value))


_VALUES: tuple[tuple[Sequence[str], str, str, Callable[[object], bool]], ...] = (
    (("title", "description"), "front-matter", "text", _is_text),
    (("draft", "published"), "front-matter", "true or false", _is_yes_or_no),
    (_PLACES[0], "nav-place", "a number", _is_number),
    (_PLACES[1], "nav-place", "text", _is_text),
    (_PLACES[2], "nav-place", "true or false", _is_yes_or_no),
    (_MOVED, "front-matter", "a path or a list of paths", _is_texts),
    (_CHANGED, "front-matter", "a day such as 2026-05-01", _may_be_day),
)
"""Keys, the code of the finding, what their value must be, and whether it is."""


def _table(
    match: re.Match[str], document: Document
) -> tuple[Mapping[Any, Any] | None, Diagnostic | None]:
    """Read a block as its language has it, else line by line with a finding; or it is none."""
    text = match["text"]
    if match.re is _BARE_BLOCK:
        return _by_lines(text), None
    if match.re is _OPEN_BLOCK:
        return _by_lines(text), _fault(document, 0, "never ends", "write --- below its last line")
    if match["mark"] == "+++":
        import tomllib  # noqa: PLC0415 - few pages hold such a block

        try:
            return tomllib.loads(text), None
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            from sitegen.config.unreadable import not_toml  # noqa: PLC0415 - not for what is right

            why, line, remedy = not_toml(error, text)
            return {}, _fault(document, line or 0, f"is no TOML: {why}", remedy)
    import yaml  # noqa: PLC0415 - few datasets hold front matter

    if document.locate(0).row is not None:
        text = _without_nested(text)
    try:
        # The base loader knows strings only: `2024-01-01` and `no` are titles, merges no bombs.
        table = yaml.load(text, Loader=yaml.BaseLoader) or {}  # noqa: S506 - it makes no objects
    except (yaml.YAMLError, RecursionError) as error:
        table = _by_lines(text)  # a thematic break and text, if there are no keys
        from sitegen.config.unreadable import not_yaml  # noqa: PLC0415 - not for what is right

        why, line, remedy = not_yaml(error, text)
        return table, _fault(document, line or 1, f"is no YAML: {why}", remedy) if table else None
    return (table, _given_twice(text, document)) if isinstance(table, dict) else (None, None)


def _without_nested(text: str) -> str:
    """Blank the lines that repeat a key below one without a value, where no line is indented.

    A dataset has lost their indentation: they are that key's own, as the title of related pages.
    """
    if "\n " in text or "\n\t" in text:
        return text
    lines = text.split("\n")
    seen: set[str] = set()
    has_parent = False
    for number, line in enumerate(lines):
        key = _KEY.match(line)
        if key is None:
            continue
        if key[1] in seen and has_parent:
            lines[number] = ""
        seen.add(key[1])
        below = lines[number + 1] if number + 1 < len(lines) else ""
        has_parent = has_parent or (not key[2] and _KEY.match(below) is not None)
    return "\n".join(lines)


def _given_twice(text: str, document: Document) -> Diagnostic | None:
    """Say which key stands there again: of two values YAML takes the last, without a word.

    Lines that look like keys may be those of a text; the parser is asked only where two are alike.
    """
    said = [key[1] for line in text.split("\n") if (key := _KEY.match(line))]
    if len(set(said)) == len(said):
        return None
    import yaml  # noqa: PLC0415 - as above

    first: set[str] = set()
    table = yaml.compose(text, Loader=yaml.BaseLoader)
    for key, _ in table.value if table else ():
        if key.value in first:
            message = f"the front matter gives {key.value!r} twice, and the last value is taken"
            place = document.locate(key.start_mark.line + 1)
            return Diagnostic(
                "front-matter", Severity.WARNING, message, place, "remove one of them"
            )
        first.add(key.value)
    return None


def _by_lines(text: str) -> dict[str, str] | None:
    """Read `key: value` line by line; `None` where a line is neither that nor goes one on."""
    table: dict[str, str] = {}
    for line in text.split("\n"):
        if key := _KEY.match(line):
            table[key[1]] = (key[2] or "").strip().strip("\"'")
        elif not _GOES_ON.match(line):
            return None
    return table or None


def _fault(document: Document, line: int, what: str, remedy: str = "correct it") -> Diagnostic:
    """Say what is wrong, at a line from 0; who reads a dataset cannot correct its rows."""
    place = document.locate(line)
    severity = Severity.ERROR if place.row is None else Severity.WARNING
    return Diagnostic("front-matter", severity, f"the front matter {what}", place, remedy)


def _words(table: Mapping[Any, Any], *names: str) -> str:
    """The text of the first of some keys that there is."""
    found = (table[name] for name in names if isinstance(table.get(name), str | int | float))
    value = next(found, "")
    return " ".join((str(value).lower() if isinstance(value, bool) else str(value)).split())


def _day(value: object) -> str:
    """The day that a value names; empty for another one, such as true or a name."""
    return day_of(str(value.get("date", "") if isinstance(value, dict) else value))


def _listed(table: Mapping[Any, Any], *names: str) -> list[str]:
    """The texts of some keys, each a text or a list of texts."""
    values = (table.get(name) or [] for name in names)
    lists = (value if isinstance(value, list) else [value] for value in values)
    return [str(value) for each in lists for value in each if value]
