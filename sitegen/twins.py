"""Twins: documents -> plain Markdown for machines, page by page and all together (llms.txt)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from urllib.parse import quote

from sitegen.model import Document, NavItem, OutputFile, Page, Site
from sitegen.scan import FenceScanner
from sitegen.urls import is_absolute, markdown_folders, permalink, relative, resolve, twin_path

FULL_LIMIT = 2_000_000  # bytes of one part of llms-full.txt: what tools read in one go
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
_NOTEBOOKS = re.compile(r"<DocNotebookDropdown\b.*?/>[ \t]*\n?", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->[ \t]*\n?", re.DOTALL)
_COLAB = re.compile(r"^[ \t]*\[\[open-in-colab\]\][ \t]*\n?", re.MULTILINE)
_AUTODOC = re.compile(r"^\[\[autodoc\]\][ \t]+(\S+)[ \t]*$", re.MULTILINE)
_CUSTOM_ID = re.compile(r"^(#{1,6} .*?)[ \t]*\[\[[^\]\n]+\]\][ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\[`[~!]?([^`\n]+)`\](?![\[(])")
_LINK = re.compile(r"\]\(([^()\s<>]+)(?=\)|\s+[\"'])")
_CODE_SPAN = re.compile(r"(`+)(?!`)(?:.*?[^`])??\1(?!`)")
_FENCE_MARK = re.compile("```|~~~")
_BLANKS = re.compile(r"\n{3,}")


def twins(site: Site) -> dict[str, OutputFile]:
    """Write each page (by permalink) as Markdown that needs no dialect.

    Callouts are alerts, tabs are labels, and links lead to twins.
    """
    taken = markdown_folders(page.permalink for page in site.pages)
    return {
        page.permalink: OutputFile(
            twin_path(page.permalink, taken),
            plain(page.document, taken).encode("utf-8", "replace"),
        )
        for page in site.pages
    }


def plain(document: Document, taken: Collection[str] = ()) -> str:
    """Give a document's text with its components as plain Markdown; code stays to the letter."""

    def address(link: re.Match[str]) -> str:
        return f"]({_address(link[1], document.id, taken)}"

    text = "".join(
        part if is_code else _plain_text(part, address) for is_code, part in _parts(document.text)
    )
    return _quoted_callouts(text).strip("\n") + "\n"


def llms(
    site: Site, twins: Mapping[str, OutputFile], descriptions: Mapping[str, str], base_url: str
) -> OutputFile:
    """List all pages in the order of the navigation, as llmstxt.org asks.

    ``twins`` and ``descriptions`` are by permalink. Links are relative without a
    ``base_url``.
    """
    lines = [f"# {site.title}", ""]
    lines += [f"> {len(site.pages)} pages of documentation as Markdown.", ""]
    root = f"{base_url.rstrip('/')}/" if base_url else ""

    def entries(items: Iterable[NavItem]) -> Iterator[str]:
        for item in items:
            if item.permalink is not None:
                said = descriptions.get(item.permalink, "")
                address = root + quote(twins[item.permalink].path)
                title = item.title.replace("[", "\\[").replace("]", "\\]")
                yield f"- [{title}]({address})" + (f": {said}" if said else "")
            yield from entries(item.items)

    loose = [item for item in site.navigation if not item.items]
    lines += [*entries(loose), ""] if loose else []
    for section in (item for item in site.navigation if item.items):
        lines += [f"## {section.title}", "", *entries([section]), ""]
    return OutputFile("llms.txt", "\n".join(lines).encode("utf-8", "replace"))


def llms_full(
    pages: Iterable[Page], twins: Mapping[str, OutputFile], base_url: str
) -> Iterator[OutputFile]:
    """Put all twins (by permalink) into one file; beyond ``FULL_LIMIT`` into numbered parts."""
    root = f"{base_url.rstrip('/')}/" if base_url else ""
    parts: list[list[bytes]] = [[]]
    size = 0
    for page in pages:
        address = root + quote(twins[page.permalink].path)
        text = b"<!-- %b -->\n\n%b\n" % (address.encode(), twins[page.permalink].data)
        if size and size + len(text) > FULL_LIMIT:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += len(text)
    if len(parts) == 1:
        yield OutputFile("llms-full.txt", b"".join(parts[0]))
        return
    names = [f"llms-full-{number}.txt" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield OutputFile(name, b"".join(part))
    listed = "".join(f"- [{name}]({root}{name})\n" for name in names)
    yield OutputFile("llms-full.txt", f"# All pages, in {len(names)} parts\n\n{listed}".encode())


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
        text = _NOTEBOOKS.sub("", _COMMENT.sub("", text))
        if _TAG.search(text):
            text = _outside_spans(text, lambda part: _TAG.sub(_plain_tag, part))
    if "[[" in text:
        text = _AUTODOC.sub(r"API reference: `\1`", _COLAB.sub("", text))
        text = _CUSTOM_ID.sub(r"\1", text)
    text = _REFERENCE.sub(r"`\1`", text)
    text = _LINK.sub(address, text)
    return _BLANKS.sub("\n\n", text)


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
