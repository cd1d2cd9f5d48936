"""Unreadable: what a parser of TOML or YAML says of a text that is none -> words, line, remedy."""

from __future__ import annotations

import re
from typing import NamedTuple

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_TOML = (
    ("Invalid value", "that is no value", 'put quotes around a text: key = "value"'),
    ("Unterminated string", "a text never ends", "end it with the quotes that it begins with"),
    ('Expected "\'"', "a text never ends", "end it with the quote that it begins with"),
    ("Illegal character '\\n'", "a text goes on in the next line", "end it with a quote"),
    ("Illegal character", "a text holds a control character", "remove it"),
    ("Unescaped", "a \\ in a text stands alone", "write / or \\\\ or put the text in '...'"),
    ("Unclosed array", "a list never ends", "write ] behind it"),
    ("Unclosed inline", "a table in braces goes on in the next line", "write it in one line"),
    ("Cannot overwrite", "a key is given twice", "remove one of the two"),
    ("Cannot declare", "the table is there already", "write what is below it there"),
    ("Cannot mutate", "the table is there already", "write what is below it there"),
    ("Expected '='", "there is no = behind a key", 'write key = "value"'),
    ("Expected ']'", "there is no ] behind the name of a table", "write [table]"),
    ("Expected newline", "something stands behind a value", "begin a new line, or put quotes"),
    ("Invalid statement", "this is no key", 'write key = "value"'),
)
"""How what Python's parser says begins, the same as people say it, and what to do."""

_YAML = (
    ("'\\t'", "a tab", "indent with blanks: YAML knows no tabs"),
    ("tab character", "", "indent with blanks: YAML knows no tabs"),
    (
        "start any token",
        "",
        "indent with blanks, not with tabs, and put quotes around a value that begins oddly",
    ),
    (
        "mapping values",
        "",
        'put quotes around a value with a colon (key: "value: more"), and a blank behind each key:',
    ),
    ("end of stream", "", "close the quote or the bracket that is open"),
    ("or ']'", "a [ that nothing closes", "close it, or put quotes around the value"),
    ("or '}'", "a { that nothing closes", "close it, or put quotes around the value"),
    ("'-' indicator", "", "indent the keys of an entry alike, two blanks more than its -"),
    ("sequence entries", "", "begin a list in a new line below its key"),
    ("sequences are not", "", "begin a list in a new line below its key"),
    ("node content", "", "put quotes around a value that begins with a sign"),
    ("alias", "", "put quotes around a value that begins with * or &"),
    ("escape character", "", "write \\\\ for \\, or put the value in '...'"),
    ("another document", "a second document", "remove the line --- and what is below it"),
    ("control characters", "a control character", "remove it"),
    ("special characters", "a control character", "remove it"),
)
"""What is a part of what YAML's parsers say, better words where they are bad, and what to do."""

_ALIKE = "close what is opened there, and indent what belongs together alike"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(NamedTuple):
    """What is wrong with a text; its line counts from 1, if it is known."""

    why: str
    line: int | None
    remedy: str


def not_toml(error: ValueError | RecursionError, text: str) -> Unreadable:
    """What is wrong where Python's parser of TOML raised an error."""
    said, place = str(error), _PLACE.search(str(error))
    line = text.rstrip("\n").count("\n") + 1 if place else None
    if place and place["line"]:
        line = int(place["line"])
    if isinstance(error, RecursionError):
        return Unreadable("it nests too deep", line, "nest it less")
    words = (row[1:] for row in _TOML if said.startswith(row[0]))
    why, remedy = next(words, (_PLACE.sub("", said), "correct it"))
    return Unreadable(why, line, remedy)


def not_yaml(error: Exception, data: bytes | str) -> Unreadable:
    """What is wrong where a parser of YAML, of Python or of C, raised an error."""
    if isinstance(data, bytes) and not data.startswith(_WIDE):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as cause:
            line = data.count(b"\n", 0, cause.start) + 1
            return Unreadable("it is not UTF-8", line, "save the file as UTF-8")
    if isinstance(error, RecursionError):
        return Unreadable("it nests too deep", None, "nest it less")
    said = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    words = (row[1:] for row in _YAML if row[0] in said)
    why, remedy = next(words, ("", _ALIKE))
    return Unreadable(why or said, mark.line + 1 if mark else None, remedy)
