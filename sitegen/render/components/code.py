"""Code: figures with colours, variants of one block, diagrams and what could not be included."""

from __future__ import annotations

import json
import re
from html import escape

from msgspec.structs import replace

from sitegen.data import install_line
from sitegen.errors import Severity
from sitegen.render.code.code_lines import (
    code_options,
    with_lines,
    with_notes,
    without_directives,
    without_notes,
)
from sitegen.render.code.diagrams import DiagramError, Picture, draw
from sitegen.render.code.doctests import copy_text
from sitegen.render.code.highlight import highlight
from sitegen.render.code.runnable import (
    clean,
    runnable_label,
    without_cell_options,
    without_flags,
    without_label,
)
from sitegen.render.components.callouts import callout
from sitegen.render.components.registry import Node, component
from sitegen.render.components.tabs import tab_group
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain
from sitegen.scan import BEFORE_BLOCK
from sitegen.scan.patterns import rare

_SPLITS = {
    "===PT-TF-SPLIT===": ("fw", ("PyTorch", "TensorFlow")),
    "===STRINGAPI-READINSTRUCTION-SPLIT===": ("split-api", ("String API", "ReadInstruction")),
}
_DIRECTIVE = re.compile(r"\s*\{[A-Za-z][\w:-]*\}[ \t]+\S.*")  # of MyST: what it names is said
_SPLIT = rare(rf"^[ \t]*(?:>>>)?[ \t]*#?[ \t]*({'|'.join(_SPLITS)})[ \t]*\n?", re.MULTILINE)


def _is_diagram(node: Node) -> bool:
    return node.attributes["info"].lower().split(maxsplit=1)[:1] == ["mermaid"]


def _shown(node: Node) -> str:
    """The code without what is for the test runner alone."""
    code, is_tested = node.attributes["code"], runnable_label(node.attributes["info"]) is not None
    code = without_cell_options(code, node.attributes["info"])
    return without_flags(clean(code) if is_tested else code)


def _variants(code: str) -> tuple[str, list[tuple[str, str]]]:
    """The group that the variants of one block are of, and each with its label; none of most."""
    split = _SPLIT.search(code) if "SPLIT===" in code else None
    if split is None:
        return "", []
    group, labels = _SPLITS[split[1]]
    return group, list(zip(labels, (code[: split.start()], code[split.end() :]), strict=True))


def _fence_markdown(node: Node, _page: PageContext) -> str:
    info, sign = without_label(node.attributes["info"]), node.attributes["sign"]
    if _is_diagram(node):
        return plain.fenced(node.attributes["code"], info, sign)
    code = _shown(node)
    variants = [
        plain.labelled(label, plain.fenced(part, info, sign)) for label, part in _variants(code)[1]
    ]
    return plain.blocks(variants) or plain.fenced(code, info, sign)


@component("fence", leaf=True, markdown=_fence_markdown)
def fence(node: Node, page: PageContext) -> str:
    """A fenced code block; the renderer makes the node from its text and info string."""
    if _is_diagram(node):
        return _mermaid(node, page)
    code, info = _shown(node), node.attributes["info"]
    group, variants = _variants(code)
    if not group:
        return code_figure(page, code, info, node.marks, runnable=runnable_label(info)) + "\n"
    panels = [(label, code_figure(page, part, info)) for label, part in variants]
    return tab_group(page, group, panels, node.marks)


def code_figure(
    page: PageContext, code: str, info: str, marks: str = "", *, runnable: str | None = None
) -> str:
    """Frame coloured code with the language's label; it bypasses the sanitiser, escaped."""
    code, options = without_directives(code, code_options(info))
    shown = highlight(code, info)
    copy = copy_text(code, shown.language)
    if copy is None and without_notes(code) != code:
        copy = without_notes(code).rstrip("\n")
    data = f' data-copy="{escape(copy)}"' if copy is not None else ""
    if runnable is not None:
        data += f' data-runnable="{escape(runnable)}"'
    html, numbered = with_notes(shown.html), ""
    if options.first or options.marked or options.added or options.removed:
        html = with_lines(html, options)
    if options.first:
        before = options.first - 1
        style = f' style="counter-reset:sg-line {before}"' if before else ""
        numbered = f" data-numbered{style}"
    if not options.title and (directive := _DIRECTIVE.fullmatch(info)):
        options = replace(options, title=directive[0].strip())
    title = f"<figcaption>{escape(options.title)}</figcaption>" if options.title else ""
    return page.hold(
        f'<figure class="sg-code" data-lang="{shown.language}"{data}{marks}>'
        f"{_caption(page.say(shown.label), options.title)}"
        f'<pre tabindex="0"><code class="language-{shown.language}"{numbered}>{html}'
        "</code></pre></figure>",
        sought=f"<figure>{title}<pre><code>{escape(code, quote=False)}</code></pre></figure>",
    )


def _caption(label: str, title: str) -> str:
    """Name the file, if the author does, and the language."""
    if title:
        small = f"<small>{escape(label)}</small>" if label else ""
        return f'<figcaption class="sg-code-title">{escape(title)}{small}</figcaption>'
    return f'<figcaption class="sg-code-label">{escape(label)}</figcaption>' if label else ""


def _mermaid(node: Node, page: PageContext) -> str:
    """A picture with its source below; the source alone where it cannot be drawn."""
    source, picture = escape(node.attributes["code"], quote=False), _picture(node, page)
    marks = "" if picture else node.marks
    said = escape(page.say("Diagram"))
    html = (
        f'<figure class="sg-code sg-mermaid" data-lang="mermaid"{marks}>'
        f'<figcaption class="sg-code-label">{said}</figcaption>'
        f'<pre tabindex="0"><code class="language-mermaid">{source}</code></pre></figure>'
    )
    if picture:
        html = (
            f'<div class="sg-diagram"{node.marks}><img src="{picture.address}" '
            f'alt="{escape(picture.title) or said}" width="{picture.width}" '
            f'height="{picture.height}"><details><summary>{escape(page.say("Source"))}</summary>\n'
            f"{html}</details></div>"
        )
    return page.hold(html, sought=f"<figure><pre><code>{source}</code></pre></figure>") + "\n"


def _picture(node: Node, page: PageContext) -> Picture | None:
    try:
        if picture := draw(node.attributes["code"]):
            return picture
        page.report(
            "diagram-source",
            "a diagram is shown as its source: what draws it is not installed",
            severity=Severity.INFO,
            help=install_line("diagrams"),
        )
    except DiagramError as error:
        page.report("bad-diagram", f"a diagram cannot be drawn: {error.message}")
    return None


_QUOTE_MARKS = rare(r"^[ \t>]+", re.MULTILINE)
_BELONGS = "The file {} belongs here."


def _file_of(node: Node) -> str:
    source = _QUOTE_MARKS.sub("", node.attributes.get("source", "")).strip()
    try:
        return str(json.loads(source)["path"])
    except (ValueError, KeyError, TypeError):
        return source


def _is_told(node: Node, page: PageContext) -> bool:
    """Whether the reader of a folder, which expands what begins a line, has said why it cannot."""
    source = node.attributes.get("source", "").strip(" \t\n>")
    if page.document.locate(page.line).row is not None or not source.endswith("}"):
        return False
    name = re.escape(node.name)
    tag = rf"<{name}>[\s>]*{re.escape(source)}"
    directive = rf"(?:\.\. {name}::|`{{3,}}\{{{name}\}})[ \t]+{re.escape(_file_of(node))}"
    written = rf"^{BEFORE_BLOCK}(?:{tag}|{directive})"
    return re.search(written, page.document.text, re.MULTILINE) is not None


def _include_markdown(node: Node, page: PageContext) -> str:
    body = page.say(_BELONGS, plain.code_span(_file_of(node)))
    return plain.alert("caution", body, page.say("Not included"))


@component(
    *("include", "literalinclude"),
    verbatim=True,
    attributes=("source",),
    markdown=_include_markdown,
)
def include(node: Node, page: PageContext) -> str:
    """``<include>``, ``.. include::`` and those of code: what the reader did not expand.

    A dataset holds no other files, and a folder is read only inside.
    """
    path = _file_of(node)
    if not _is_told(node, page):
        page.report(
            "include-missing",
            f"{node.name} of {path!r} cannot be shown: the input does not hold the file",
            severity=Severity.WARNING,
            help="build from the folder of Markdown that holds the file",
        )
    body = escape(page.say(_BELONGS)).replace("{}", f"<code>{escape(path)}</code>")
    said = escape(page.say("Not included"))
    return callout(page, "problem", said, f"<p>{body}</p>\n", node.marks)
