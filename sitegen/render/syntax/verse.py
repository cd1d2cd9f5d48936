"""Lines of verse, as reStructuredText and Pandoc have them: each behind a sign, ``| words``."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from sitegen.render.syntax.containers import element_around, push_inline
from sitegen.render.syntax.lines import stripped_line
from sitegen.render.syntax.page_form import is_restructured
from sitegen.render.twin.pieces import guarded
from sitegen.scan.patterns import rare

_LINE = rare(r"\|(?:(?P<indent>[ \t]+)(?P<words>\S.*)?)?")
_NAMED = rare(r"\|[^|\s](?:[^|]*[^|\s])?\|")
_FEWEST = 2  # of Markdown: one alone may be the rest of a table


def verse(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take lines that break where they are broken and stand as far in as they are written."""
    is_named = is_restructured(state)
    lines, line = list[str](), start
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.sCount[start]:
        text = stripped_line(state, line)
        match = _LINE.fullmatch(text)
        if match and state.sCount[line] == state.sCount[start]:
            words = match["words"] or ""
            if "|" in (_NAMED.sub("", words) if is_named else words):
                return False  # rows of a table
            indent = "\u00a0" * (len(match["indent"] or " ") - 1 if words else 0)
            lines.append(f"{indent}{guarded(words)}")
        elif lines and text[0] != "|" and state.sCount[line] > state.sCount[start]:
            lines[-1] += f"\n{text}"
        else:
            break
        line += 1
    if silent or len(lines) < (1 if is_named else _FEWEST) or not any(lines):
        return False
    with element_around(state, "paragraph", "p", start):
        push_inline(state, "\\\n".join(lines), start)
    state.line = line
    return True
