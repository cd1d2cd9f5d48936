"""Block rules for API cards: lines such as ``[[autodoc]] name``, doc-builder's ``<docstring>``."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from msgspec.structs import replace

from sitegen.model.objects import MODULE, ApiDoc, ApiSection, qualified
from sitegen.render.context import PageContext
from sitegen.scan.autodoc import MARKER, MARKERS, Marker, read_markers
from sitegen.scan.docstrings import parse_markup

_DOCSTRING, _DOCSTRING_END = "<docstring>", "</docstring>"


def autodoc_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the markers of a line and the list of members, or the options, below."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(MARKERS, position):
        return False
    page: PageContext = state.env["page"]
    lines = [_line(state, start)]
    for line in range(start + 1, end):  # as far as a list of members may go
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            break  # outside of the list item or quote
        lines.append(_line(state, line))
        is_listed = lines[-1].strip()[:1] in {"", "-", "*"}
        if not is_listed and state.sCount[line] <= state.sCount[start]:
            break
    markers, after = read_markers(lines, 0)
    if not markers or state.env.get("in_docstring"):
        if not silent and state.src.startswith(MARKER, position):
            message = f"{lines[0].strip()!r} names no object to document"
            page.report("autodoc-malformed", message, help="write [[autodoc]] name", line=start)
        return False
    if not silent:
        if len(markers) > 1 or (markers[0].members and after == 1):
            message = "a line holds several markers, or members: each wants a line of its own"
            page.report("autodoc-crowded", message, line=start)
        for marker in markers:
            push_marker(state, marker, (start, start + after))
        state.line = start + after
    return True


def docstring_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``<docstring>...</docstring>``, what doc-builder itself makes of an object."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(_DOCSTRING, position):
        return False
    close = state.src.find(_DOCSTRING_END, position, state.eMarks[end - 1])
    doc = parse_markup(state.src[position + len(_DOCSTRING) : close]) if close >= 0 else None
    if doc is None:
        return False
    if not silent:
        last = next(line for line in range(start, end) if close <= state.eMarks[line])
        lines = (start, last + 1)
        _card(state, doc, _attributes(doc, doc.name), lines)
        _markdown(state, state.src[close + len(_DOCSTRING_END) : state.eMarks[last]], lines)
        state.line = last + 1
    return True


def end_before_marker(state: StateBlock, start: int) -> None:
    """End raw HTML that starts at a line before a marker, where the blank line between is lost."""
    token = state.tokens[-1]
    if MARKER not in token.content:
        return
    for line in range(start + 1, state.line):
        if state.src.startswith(MARKER, state.bMarks[line] + state.tShift[line]):
            token.content = state.getLines(start, line, state.blkIndent, True)
            token.map = [start, line]
            state.line = line
            return


def _line(state: StateBlock, line: int) -> str:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return " " * state.sCount[line] + text


def known_object(page: PageContext, name: str) -> ApiDoc | None:
    """What is known of an object; that of a member comes with its class."""
    if (doc := page.doc(name)) or not (owner := page.doc(name.rpartition(".")[0])):
        return doc
    return next((member for member in owner.members if member.name == name), None)


def push_marker(state: StateBlock, marker: Marker, lines: tuple[int, int]) -> None:
    """Push the card of a marker: what is known of the object, or its name and members."""
    page: PageContext = state.env["page"]
    name = qualified(marker.name, page.package)
    doc = known_object(page, name)
    if doc is None:
        token = state.push("component", "", 0)
        token.info, token.map = "autodoc", list(lines)
        token.attrs = dict(_attributes(ApiDoc(name), marker.name))
        token.meta["members"] = marker.listed + (("all",) if "all" in marker.members else ())
        return
    known = {member.name.rpartition(".")[2]: member for member in doc.members}
    public = [m for m in known if not m.startswith("_")] if marker.takes_all else []
    names = dict.fromkeys((*marker.listed, *(m for m in public if m not in marker.without)))
    if doc.kind == MODULE:
        _card(state, replace(doc, members=()), _attributes(doc, marker.name), lines)
        for each in names:
            push_marker(state, Marker(f"{name}.{each}", without=marker.without), lines)
        return
    members = tuple(known.get(m) or ApiDoc(f"{name}.{m}") for m in names)
    _card(state, replace(doc, members=members), _attributes(doc, marker.name), lines)


def _card(
    state: StateBlock, doc: ApiDoc, attributes: dict[str, str], lines: tuple[int, int]
) -> None:
    _open(state, "autodoc", attributes, lines)
    _markdown(state, doc.text, lines)
    _sections(state, doc, lines)
    for member in doc.members:
        _open(state, "autodoc:member", _attributes(member, member.name.rpartition(".")[2]), lines)
        _markdown(state, member.text, lines)
        _sections(state, member, lines)
        _close(state, "autodoc:member")
    _close(state, "autodoc")


def _attributes(doc: ApiDoc, title: str) -> dict[str, str]:
    attributes = {"name": title, "id": doc.name, "kind": doc.kind, "source": doc.source}
    if doc.signature is not None:
        attributes["signature"] = ", ".join(doc.signature)
    return attributes


def _sections(state: StateBlock, doc: ApiDoc, lines: tuple[int, int]) -> None:
    for section in doc.sections:
        _open(state, "autodoc:section", {"title": section.title}, lines)
        for index, field in enumerate(section.fields):
            id = _field_anchor(doc, section, index)
            _open(state, "autodoc:field", {"name": field.name, "id": id}, lines)
            if field.type:
                _open(state, "autodoc:type", {}, lines)
                inline = state.push("inline", "", 0)
                inline.content, inline.map, inline.children = field.type, list(lines), []
                _close(state, "autodoc:type")
            _markdown(state, field.text, lines)
            _close(state, "autodoc:field")
        _close(state, "autodoc:section")


def _field_anchor(doc: ApiDoc, section: ApiSection, index: int) -> str:
    """Give ``Name.param`` or, for what is returned and raised, ``Name.returns``."""
    name = section.fields[index].name.lstrip("*")
    if section.title in {"Returns", "Yields", "Raises"}:
        return f"{doc.name}.{section.title.lower()}" if index == 0 else ""
    return f"{doc.name}.{name}" if name else ""


def _markdown(state: StateBlock, text: str, lines: tuple[int, int]) -> None:
    """Tokenize a docstring's Markdown in place; its lines are those of the marker."""
    if not text.strip():
        return
    first = len(state.tokens)
    outer, state.env["in_docstring"] = state.env.get("in_docstring"), True
    state.md.block.parse(text, state.md, state.env, state.tokens)
    state.env["in_docstring"] = outer
    for token in state.tokens[first:]:
        token.map = list(lines) if token.map else None


def _open(state: StateBlock, name: str, attributes: dict[str, str], lines: tuple[int, int]) -> None:
    token = state.push("component_open", "", 1)
    token.info, token.map = name, list(lines)
    token.attrs = dict(attributes)


def _close(state: StateBlock, name: str) -> None:
    state.push("component_close", "", -1).info = name
