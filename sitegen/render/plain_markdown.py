"""Plain Markdown: a document -> Markdown that needs no dialect, for programs to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from sitegen.model import Document
from sitegen.scan import FenceScanner
from sitegen.urls import is_absolute, permalink, relative, resolve, twin_path

_CALLOUTS = {"Added": "NOTE", "Changed": "NOTE", "Deprecated": "WARNING"}
_LABELS = {
    "pt": "PyTorch",
    "tf": "TensorFlow",
    "jax": "JAX",
    "flax": "Flax",
    "python": "Python",
    "rust": "Rust",
    "node": "Node",
    "js": "JavaScript",
    "curl": "cURL",
}
_OPENS = re.compile(r"<(Tip|Added|Changed|Deprecated)\b([^>]*)>")
_CLOSES = re.compile(r"</(?:Tip|Added|Changed|Deprecated)>")
_TAG = re.compile(
    r"</?(?:hfoptions|frameworkcontent|tokenizerslangcontent|inferencesnippet)\b[^>]*>"
    rf"|</(?:hfoption|{'|'.join(_LABELS)})>"
    r"|<hfoption\b(?P<option>[^>]*)>"
    rf"|<(?P<label>{'|'.join(_LABELS)})>"
    r"|<(?P<leaf>Youtube|PipelineTag|PipelineIcon)\b(?P<attributes>[^>]*)/?>"
)
_VALUE = re.compile(r"=\s*[\"'{]([^\"'}]*)")
_VERSION = re.compile(r"version=[\"']([^\"']*)")
_LINE_END = re.compile(r"[ \t]*\n?")
_COLAB = re.compile(r"^[ \t]*\[\[open-in-colab\]\][ \t]*\n?", re.MULTILINE)
_AUTODOC = re.compile(r"^\[\[autodoc\]\][ \t]+(\S+)[ \t]*$", re.MULTILINE)
_CUSTOM_ID = re.compile(r"^(#{1,6} .*?)[ \t]*\[\[[^\]\n]+\]\][ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\[`[~!]?([^`\n]+)`\](?![\[(])")
_LINK = re.compile(r"\]\(([^()\s<>]+)(?=\)|\s+[\"'])")
_CODE_SPAN = re.compile(r"(`+)(?!`)(?:.*?[^`])??\1(?!`)")
_FENCE_MARK = re.compile("```|~~~")
_BLANKS = re.compile(r"\n{3,}")


def plain_markdown(document: Document, taken: Collection[str] = ()) -> str:
    """Give a document's text with callouts as alerts and tabs as labels; code stays to the letter.

    Links to pages lead to their Markdown twins; ``taken`` are the site's `urls.markdown_folders`.
    """

    def address(link: re.Match[str]) -> str:
        return f"]({_address(link[1], document.id, taken)}"

    text = "".join(
        part if is_code else _plain_text(part, address) for is_code, part in _parts(document.text)
    )
    return _quoted_callouts(text).strip("\n") + "\n"


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Cut a text into code blocks and what is between."""
    fences = FenceScanner()
    start = line_end = 0
    for mark in _FENCE_MARK.finditer(text):  # no other line opens or closes a block
        if mark.start() < line_end:
            continue
        line_start = text.rfind("\n", 0, mark.start()) + 1
        line_end = text.find("\n", mark.start()) + 1 or len(text)
        was_code = fences.inside
        is_code = fences.feed(text[line_start:line_end].rstrip("\n"))
        if is_code and not was_code:
            yield False, text[start:line_start]
            start = line_start
        elif was_code and not fences.inside:
            yield True, text[start:line_end]
            start = line_end
    yield fences.inside, text[start:]


def _plain_text(text: str, address: Callable[[re.Match[str]], str]) -> str:
    if "<" in text:
        text = _without(_without(text, "<!--", "-->"), "<DocNotebookDropdown", "/>")
        if _TAG.search(text):
            text = _outside_spans(text, lambda part: _TAG.sub(_plain_tag, part))
    if "[[" in text:
        text = _AUTODOC.sub(r"API reference: `\1`", _COLAB.sub("", text))
        text = _CUSTOM_ID.sub(r"\1", text)
    text = _REFERENCE.sub(r"`\1`", text)
    text = _LINK.sub(address, text)
    return _BLANKS.sub("\n\n", text)


def _without(text: str, opening: str, closing: str) -> str:
    """Take out what stands between two marks, with the rest of its last line if that is blank."""
    out: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        out.append(text[at:start])
        at = end + len(closing)
        at += len(_LINE_END.match(text, at)[0])  # type: ignore[index]
    return "".join([*out, text[at:]])


def _outside_spans(text: str, change: Callable[[str], str]) -> str:
    """Change what stands outside of code spans."""
    out: list[str] = []
    at = 0
    for span in _CODE_SPAN.finditer(text):
        out += change(text[at : span.start()]), span[0]
        at = span.end()
    return "".join([*out, change(text[at:])])


def _plain_tag(tag: re.Match[str]) -> str:
    value = _VALUE.search(tag["option"] or tag["attributes"] or "")
    if tag["option"] is not None:
        return f"\n**{value[1] if value else ''}**\n"
    if tag["label"]:
        return f"\n**{_LABELS[tag['label']]}**\n"
    if tag["leaf"] == "Youtube" and value:
        return f"[Video](https://www.youtube.com/watch?v={value[1]})"
    return value[1] if tag["leaf"] and value else ""


def _address(href: str, document_id: str, taken: Collection[str]) -> str:
    """Lead a link to a page of the site to that page's twin."""
    if href.startswith(("#", "/")) or is_absolute(href):
        return href
    target = resolve(href, document_id)
    if target is None:
        return href
    path = twin_path(permalink(target.path), taken) if target.is_page else target.path
    return relative(twin_path(permalink(document_id), taken), path) + target.suffix


def _quoted_callouts(text: str) -> str:
    """Turn ``<Tip>`` and its kin into alerts; what they hold, code too, becomes a quote."""
    if not _OPENS.search(text):
        return text
    fences = FenceScanner()
    out: list[str] = []
    depth = 0
    for line in text.split("\n"):
        is_code = fences.feed(line)
        opening = None if is_code else _OPENS.match(line.lstrip())
        if opening:
            if not depth and out and out[-1].strip():
                out.append("")
            depth += 1
            version = _VERSION.search(opening[2])
            kind = _CALLOUTS.get(opening[1]) or ("WARNING" if "warning" in opening[2] else "TIP")
            out.append(f"{'> ' * depth}[!{kind}]")
            if version:
                out.append(f"{'> ' * depth}{opening[1]} in {version[1]}.")
            line = line.lstrip()[opening.end() :]  # noqa: PLW2901 - the rest of the line
            if not line.strip():
                continue
        if depth and not is_code and (closing := _CLOSES.search(line)):
            if before := line[: closing.start()].strip():
                out.append(f"{'> ' * depth}{before}")
            while out and not out[-1].strip("> "):
                out.pop()
            depth -= 1
            out += ["", *([after] if (after := line[closing.end() :].strip()) else [])]
        elif not depth:
            out.append(line)
        elif line.strip() or not out[-1].endswith("]"):
            out.append(f"{'> ' * depth}{line}".rstrip())
    return _BLANKS.sub("\n\n", "\n".join(out))
