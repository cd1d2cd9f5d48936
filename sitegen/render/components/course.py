"""Courses: quizzes that can be read without a script, and the links above a chapter."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sitegen.render.components.js_literal import Value, parse_literal
from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext
from sitegen.render.html.raw import expose
from sitegen.render.html.sanitize import sanitize
from sitegen.safe_urls import safe_url

_FORUM = "https://discuss.huggingface.co/t/chapter-{}-questions"


@component("Question", leaf=True, attributes=("choices",))
def question(node: Node, page: PageContext) -> str:
    """``<Question choices={[{text: "...", explain: "...", correct: true}]} />``: a quiz."""
    choices = [c for c in _list_of(node, page, "choices") if isinstance(c, dict)]
    if not choices:
        return _as_written(node, "choices")
    items = "".join(_choice(choice) for choice in choices)
    # Held: a form's elements are not for the content, and every string in it is clean by itself.
    return (
        page.hold(
            f'<fieldset class="sg-quiz"{node.marks}><legend>Which answers are right?</legend>\n'
            f'<ul class="sg-choices">\n{items}</ul></fieldset>\n'
        )
        + "\n"
    )


def _choice(choice: dict[str, Value]) -> str:
    correct = choice.get("correct") is True
    verdict = "Correct." if correct else "Incorrect."
    return (
        f'<li class="sg-choice" data-correct="{str(correct).lower()}">'
        f'<div class="sg-choice-text">{_rich(choice.get("text"))}</div>\n'
        f"<details><summary>Check this answer</summary>"
        f"<p><strong>{verdict}</strong> {_rich(choice.get('explain'))}</p></details></li>\n"
    )


def _rich(value: Value) -> str:
    """Clean one string of HTML by itself, so that a bad one cannot break the page."""
    return sanitize(expose(value if isinstance(value, str) else "")).strip()


@component(
    "CourseFloatingBanner",
    leaf=True,
    attributes=("askForHelpUrl", "chapter", "classNames", "notebook", "notebooks", "options"),
)
def course_banner(node: Node, page: PageContext) -> str:
    """``<CourseFloatingBanner chapter={1} notebooks={[...]} />``: notebooks and the forum."""
    names = ("notebooks", "options", "notebook")
    links = [link for name in names for link in _options(node, page, name)]
    chapter = node.attributes.get("chapter", "")
    forum = node.attributes.get("askForHelpUrl") or (
        _FORUM.format(chapter) if chapter.isdigit() else ""
    )
    if forum:
        links.append(("Ask a question", forum))
    return navigation(links, node.marks)


@component("DocNotebookDropdown", leaf=True, attributes=("classNames", "options"))
def notebook_dropdown(node: Node, page: PageContext) -> str:
    """``<DocNotebookDropdown options={[{label: "...", value: "url"}]} />``: every option a link."""
    return navigation(_options(node, page, "options"), node.marks)


def _options(node: Node, page: PageContext, name: str) -> list[tuple[str, str]]:
    if name not in node.attributes:
        return []
    entries = _list_of(node, page, name)
    pairs = ((e.get("label"), e.get("value")) for e in entries if isinstance(e, dict))
    return [(str(label or value), value) for label, value in pairs if isinstance(value, str)]


def _list_of(node: Node, page: PageContext, name: str) -> list[Value]:
    """Read an attribute that is a JavaScript list; one that cannot be read is reported."""
    try:
        value = parse_literal(node.attributes.get(name, ""))
    except ValueError as error:
        page.report(
            "component-malformed",
            f"{name} of <{node.name}>: {error}",
            help=f"write {name}={{[{{...}}, {{...}}]}} with quoted strings",
        )
        return []
    return value if isinstance(value, list) else [value]


def navigation(links: Iterable[tuple[str, str]], marks: str) -> str:
    """List links above a chapter; one that may not be followed is left out."""
    items = "".join(
        f'<li><a href="{escape(url)}" rel="noopener noreferrer">{escape(label)}</a></li>'
        for label, url in links
        if safe_url(url)
    )
    if not items:
        return f"<div{marks}></div>\n" if marks else ""
    # A group: as landmarks, several of them on a page would have to be told apart by their names.
    group = 'class="sg-notebooks" role="group" aria-label="Notebooks"'
    return f"<div {group}{marks}><ul>{items}</ul></div>\n"


def _as_written(node: Node, name: str) -> str:
    """Show what cannot be read, so that nothing is lost."""
    return f"<pre{node.marks}><code>{node.get(name)}</code></pre>\n"
