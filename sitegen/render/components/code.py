"""Code: figures with colours, variants of one block, diagrams and what could not be included."""

from __future__ import annotations

import json
import re
from html import escape

from sitegen.errors import Severity
from sitegen.render.code.code_lines import code_options, with_lines
from sitegen.render.code.doctests import copy_text
from sitegen.render.code.highlight import highlight
from sitegen.render.code.runnable import clean, runnable_label, without_flags
from sitegen.render.components.callouts import callout
from sitegen.render.components.registry import Node, component
from sitegen.render.components.tabs import tab_group
from sitegen.render.context import PageContext

_SPLITS = {
    "===PT-TF-SPLIT===": ("fw", ("PyTorch", "TensorFlow")),
    "===STRINGAPI-READINSTRUCTION-SPLIT===": ("split-api", ("String API", "ReadInstruction")),
}
_SPLIT = re.compile(rf"^[ \t]*(?:>>>)?[ \t]*#?[ \t]*({'|'.join(_SPLITS)})[ \t]*\n?", re.MULTILINE)


@component("fence", leaf=True)
def fence(node: Node, page: PageContext) -> str:
    """A fenced code block; the renderer makes the node from its text and info string."""
    code, info = node.attributes["code"], node.attributes["info"]
    if info.split(maxsplit=1)[:1] == ["mermaid"]:
        return _mermaid(node, page)
    label = runnable_label(info)
    if label is not None:
        code = clean(code)
    code = without_flags(code)
    split = _SPLIT.search(code) if "SPLIT===" in code else None
    if split is None:
        return code_figure(page, code, info, node.marks, runnable=label) + "\n"
    group, labels = _SPLITS[split[1]]
    parts = (code[: split.start()], code[split.end() :])
    panels = [
        (label, code_figure(page, part, info)) for label, part in zip(labels, parts, strict=True)
    ]
    return tab_group(group, panels, node.marks)


def code_figure(
    page: PageContext, code: str, info: str, marks: str = "", *, runnable: str | None = None
) -> str:
    """Frame coloured code with the language's label; it bypasses the sanitiser, escaped."""
    shown, options = highlight(code, info), code_options(info)
    copy = copy_text(code, shown.language)
    data = f' data-copy="{escape(copy)}"' if copy is not None else ""
    if runnable is not None:
        data += f' data-runnable="{escape(runnable)}"'
    html, numbered = shown.html, ""
    if options.first or options.marked:
        html = with_lines(html, options)
    if options.first:
        before = options.first - 1
        style = f' style="counter-reset:sg-line {before}"' if before else ""
        numbered = f" data-numbered{style}"
    return page.hold(
        f'<figure class="sg-code" data-lang="{shown.language}"{data}{marks}>'
        f"{_caption(shown.label, options.title)}"
        f'<pre tabindex="0"><code class="language-{shown.language}"{numbered}>{html}'
        "</code></pre></figure>"
    )


def _caption(label: str, title: str) -> str:
    """Name the file, if the author does, and the language."""
    if title:
        small = f"<small>{escape(label)}</small>" if label else ""
        return f'<figcaption class="sg-code-title">{escape(title)}{small}</figcaption>'
    return f'<figcaption class="sg-code-label">{escape(label)}</figcaption>' if label else ""


def _mermaid(node: Node, page: PageContext) -> str:
    source = escape(node.attributes["code"], quote=False)
    return (
        page.hold(
            f'<figure class="sg-code sg-mermaid" data-lang="mermaid"{node.marks}>'
            '<figcaption class="sg-code-label">Diagram</figcaption>'
            f'<pre tabindex="0"><code class="language-mermaid">{source}</code></pre></figure>'
        )
        + "\n"
    )


@component("include", "literalinclude", verbatim=True, attributes=("source",))
def include(node: Node, page: PageContext) -> str:
    """``<include>`` and ``<literalinclude>``: the reader expands them, what is left cannot be.

    A dataset holds no other files, and a folder is read only inside.
    """
    source = node.attributes.get("source", "").strip()
    try:
        settings = json.loads(source)
        path = str(settings["path"])
    except (ValueError, KeyError, TypeError):
        path = source
    page.report(
        "include-missing",
        f"<{node.name}> of {path!r} cannot be shown: the input does not hold the file",
        severity=Severity.WARNING,
        help="build from the folder of Markdown that holds the file",
    )
    body = f"<p>The file <code>{escape(path)}</code> belongs here.</p>\n"
    return callout("problem", "Not included", body, node.marks)
