"""What reStructuredText puts into sentences by name: ``|words|`` and footnotes, ``[1]_``."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.render.syntax.containers import Inside, push_body, push_paragraph
from sitegen.render.syntax.inline import drop
from sitegen.render.syntax.lines import line_begun_at, stripped_line
from sitegen.render.syntax.options import options
from sitegen.render.syntax.page_form import is_restructured
from sitegen.render.syntax.pictures import destination, image_of
from sitegen.render.syntax.restructured import body_end, goal_of
from sitegen.render.twin.pieces import escaped
from sitegen.scan.patterns import rare

_NAME = r"\|(?P<name>[^|\s](?:[^|\n]{0,98}[^|\s])?)\|"
_TEXT = re.compile(
    rf"\.\. {_NAME}[ \t]+(?P<kind>image|raw|replace|unicode)::[ \t]*(?P<said>[^\n]*)"
)
_NOTE = re.compile(r"\.\. \[(?P<label>\d+|#[\w.-]*|\*|[^\W\d][\w.-]*)\](?:[ \t]+|$)")
_PLACE = rare(
    rf"\\.|(?P<ticks>`+)[^`]*(?P=ticks)(?!`)|{_NAME}(?P<link>_{{1,2}}(?![A-Za-z\d]))?"
    r"|\[(?P<note>[\w#*.-]+)\]_(?![A-Za-z\d_])",
    re.DOTALL,
)
"""A name of a text or a note in a sentence; behind a backslash and in code there is none."""
_WORD = rare(
    r"\\.|(?P<ticks>`+)[^`]*(?P=ticks)(?!`)"
    r"|(?<![\w.:/|\]-])(?P<word>[^\W_](?:[\w.-]*[^\W_])?)_(?=[\s.,;:!?)/-]|'\w|\Z)",
    re.DOTALL,
)
"""A word that leads where a target of its name does: ``site_``."""
_CODE_POINT = rare(r"(?:0x|x|\\x|U\+?|u|\\u)([0-9A-Fa-f]{1,6})|&#x([0-9A-Fa-f]{1,6});")
_LONGEST = 500  # a text stands wherever it is named
_NUMBERED = {"#": "auto", "*": "sign"}


def named_text(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``.. |name| replace:: words``, an image, HTML or signs by number: it shows nothing."""
    position = state.bMarks[start] + state.tShift[start]
    match = _TEXT.fullmatch(state.src, position, state.eMarks[start])
    if match is None or silent:
        return match is not None
    last = body_end(state, start, end)
    text = _text(state, match["kind"], match["said"].strip(), range(start + 1, last))
    if not text or len(text) > _LONGEST:
        return False
    state.env.setdefault("named_texts", {}).setdefault(_known_as(match["name"]), text)
    state.line = last
    return True


def _text(state: StateBlock, kind: str, said: str, below: range) -> str:
    """What a directive puts into sentences, as Markdown."""
    lines = (stripped_line(state, line) for line in below)
    if kind == "image":
        return image_of(said, options(state, below.start, below.stop)[0]) if said else ""
    if kind == "unicode":
        return escaped("".join(map(_sign, said.partition(" .. ")[0].split())))
    if kind == "raw":
        return " ".join(filter(None, lines)) if said == "html" else ""
    return " ".join(filter(None, (said, *lines)))


def _known_as(name: str) -> str:
    return " ".join(name.casefold().split())


def _sign(word: str) -> str:
    """A sign by its number, or a word as it is."""
    match = _CODE_POINT.fullmatch(word)
    number = int(match[1] or match[2], 16) if match else 0
    return chr(number) if 0 < number <= 0x10FFFF else word


def note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``.. [1] words`` and ``.. [#name] words`` as footnotes; a citation says its label.

    A page that may as well be Markdown has to refer to it.
    """
    position = state.bMarks[start] + state.tShift[start]
    match = _NOTE.match(state.src, position, state.eMarks[start])
    if match is None:
        return False
    last = body_end(state, start, end)
    if match.end() == state.eMarks[start] and last == start + 1:
        return False
    if not is_restructured(state) and f"[{match['label']}]_" not in state.src:
        return False  # dots of prose
    if silent:
        return True
    written, opening = match["label"], Token("footnote_reference_open", "", 1, level=state.level)
    label = _label(state.env.setdefault("named_notes", Counter()), written)
    state.env.setdefault("footnotes", {}).setdefault("list", {})
    state.env["footnotes"].setdefault("refs", {})[f":{label}"] = -1
    opening.meta, opening.map = {"label": label}, [start, last]
    state.tokens.append(opening)
    state.level, state.line = state.level + 1, start
    first = len(state.tokens)
    with line_begun_at(state, start, match.end(), last):
        push_body(state, Inside(start, last, last))
    if written[0].isalpha():
        _say_label(state, written, first)
    state.level -= 1
    state.tokens.append(Token("footnote_reference_close", "", -1, level=state.level))
    state.line = last
    return True


def _label(counts: Counter[str], written: str) -> str:
    """The label of a note, or of what refers to one: those without a name are counted."""
    if sign := _NUMBERED.get(written):
        counts[sign] += 1
        return f"{sign}-{counts[sign]}"
    return written.removeprefix("#")


def _say_label(state: StateBlock, label: str, first: int) -> None:
    said = f"\\[{escaped(label)}\\]"
    if len(state.tokens) > first + 1 and state.tokens[first].type == "paragraph_open":
        state.tokens[first + 1].content = f"{said} {state.tokens[first + 1].content}"
    else:
        inside = state.tokens[first:]
        del state.tokens[first:]
        push_paragraph(state, said)
        state.tokens += inside


def name_texts(state: StateCore) -> None:
    """Put texts and the marks of footnotes where sentences name them."""
    if state.env.get("restructured"):
        for token in state.tokens:
            if token.type == "inline" and "_" in token.content:
                token.content = _WORD.sub(partial(_linked, state), token.content)
    texts: dict[str, str] = state.env.get("named_texts", {})
    if not texts and "named_notes" not in state.env:
        return
    counts = Counter[str]()
    for name, text in list(texts.items()):  # one may name others
        whole = _PLACE.sub(partial(_named, state, counts), text) if "|" in text else text
        texts[name] = whole if len(whole) <= _LONGEST else text
    for token in state.tokens:
        if token.type == "inline" and ("|" in token.content or "]_" in token.content):
            token.content = _PLACE.sub(partial(_named, state, counts), token.content)


def _linked(state: StateCore, match: re.Match[str]) -> str:
    goal = match["word"] and goal_of(state, match["word"])
    return f"[{match['word']}]({destination(goal)})" if goal else match[0]


def escaped_blank(state: StateInline, silent: bool) -> bool:
    """Leave out a blank behind a backslash, which parts a role from the letters beside it."""
    if not state.env.get("restructured") or state.src[state.pos + 1 : state.pos + 2] != " ":
        return False
    if silent:
        state.pos += 2
    else:
        drop(state, state.pos + 2)
    return True


def _named(state: StateCore, counts: Counter[str], match: re.Match[str]) -> str:
    """What stands where something is named; what is unknown stays."""
    if name := match["name"]:
        text: str | None = state.env.get("named_texts", {}).get(_known_as(name))
        if text is None or not match["link"]:
            return match[0] if text is None else text
        goal = goal_of(state, name)
        return f"[{text}]({destination(goal)})" if goal else text
    if written := match["note"]:
        label = _label(counts, written)
        if f":{label}" in state.env.get("footnotes", {}).get("refs", {}):
            said = f"\\[{escaped(written)}\\]" if written[0].isalpha() else ""
            return f"{said}[^{label}]"
    return match[0]
