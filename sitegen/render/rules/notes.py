"""Footnotes: none is lost, whatever refers to it and wherever it is written."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin


def notes(md: MarkdownIt) -> None:
    """Teach a parser footnotes; those that nothing refers to are shown where they are written."""
    md.use(footnote_plugin)
    md.add_render_rule("footnote_caption", _caption)
    md.core.ruler.before("footnote_tail", "unused_notes", _unused_notes)


def _caption(
    _renderer: RendererProtocol,
    tokens: Sequence[Token],
    idx: int,
    _options: OptionsDict,
    _env: EnvType,
) -> str:
    """Number a mark by its note, also where the note is referred to again."""
    return f"[{tokens[idx].meta['id'] + 1}]"


def _unused_notes(state: StateCore) -> None:
    """Leave a footnote where it is written if nothing refers to it."""
    refs = state.env.get("footnotes", {}).get("refs", {})
    defined: set[str] = set()
    unused = False
    state.tokens = _apart(state.tokens) if "footnotes" in state.env else state.tokens
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            unused = label in defined or refs.get(f":{label}", -1) < 0
            if unused:
                token.type, token.tag, token.block = "note_open", "div", True
                fault = "is defined twice" if label in defined else "has nothing that refers to it"
                message = f"footnote {label!r} {fault}"
                state.env["page"].report("footnote-unused", message, line=(token.map or [0])[0])
            defined.add(label)
        elif token.type == "footnote_reference_close" and unused:
            token.type, token.tag, unused = "note_close", "div", False


def _apart(tokens: list[Token]) -> list[Token]:
    """Put footnotes that are defined inside of others behind them: none may hold another."""
    done: list[Token] = []
    notes: list[list[Token]] = []
    opened: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            notes.append([])
            opened.append(notes[-1])
        (opened[-1] if opened else done).append(token)
        if token.type == "footnote_reference_close":
            opened.pop()
            if not opened:
                done += (each for note in notes for each in note)
                notes.clear()
    return done
