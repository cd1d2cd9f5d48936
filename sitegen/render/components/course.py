"""Courses: quizzes that can be read without a script, and the links above a chapter."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sitegen.render.components.js_literal import Value, parse_literal
from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext
from sitegen.render.html.resolved import resolved
from sitegen.render.html.sanitize import sanitize
from sitegen.render.twin import pieces as plain
from sitegen.safe_urls import safe_url

_FORUM = "https://discuss.huggingface.co/t/chapter-{}-questions"


_ASKED = "Which answers are right?"


def _question_markdown(node: Node, page: PageContext) -> str:
    """Every choice with what there is to say of it."""
    choices = [c for c in _list_of(node, "choices") if isinstance(c, dict)]
    if not choices:
        return plain.fenced(node.attributes.get("choices", ""))
    said = [_choice_markdown(choice, page) for choice in choices]
    return plain.blocks([page.say(_ASKED), plain.listed(said)])


def _choice_markdown(choice: dict[str, Value], page: PageContext) -> str:
    said = [" ".join(str(choice.get(name) or "").split()) for name in ("text", "explain")]
    return f"{said[0]}\\\n**{page.say(_verdict(choice))}** {said[1]}".strip()


def _verdict(choice: dict[str, Value]) -> str:
    return "Correct." if choice.get("correct") is True else "Incorrect."


@component("Question", leaf=True, attributes=("choices",), markdown=_question_markdown)
def question(node: Node, page: PageContext) -> str:
    """``<Question choices={[{text: "...", explain: "...", correct: true}]} />``: a quiz."""
    choices = [c for c in _list_of(node, "choices", page) if isinstance(c, dict)]
    if not choices:
        return _as_written(node, "choices")
    items = "".join(_choice(choice, page) for choice in choices)
    # Held: a form's elements are not for the content, and every string in it is clean by itself.
    return (
        page.hold(
            f'<fieldset class="sg-quiz"{node.marks}><legend>{escape(page.say(_ASKED))}</legend>\n'
            f'<ul class="sg-choices">\n{items}</ul></fieldset>\n'
        )
        + "\n"
    )


def _choice(choice: dict[str, Value], page: PageContext) -> str:
    correct, explained = choice.get("correct") is True, _rich(choice.get("explain"), page)
    return (
        f'<li class="sg-choice" data-correct="{str(correct).lower()}">'
        f'<div class="sg-choice-text">{_rich(choice.get("text"), page)}</div>\n'
        f"<details><summary>{escape(page.say('Check this answer'))}</summary>"
        f"<p><strong>{escape(page.say(_verdict(choice)))}</strong> {explained}</p></details></li>\n"
    )


def _rich(value: Value, page: PageContext) -> str:
    """Clean one string of HTML by itself, so that a bad one cannot break the page."""
    return sanitize(resolved(value if isinstance(value, str) else "", page), seen=page.seen).strip()


_BANNER_LISTS = ("notebooks", "options", "notebook")


def _banner_links(node: Node, page: PageContext) -> list[tuple[str, str]]:
    links = _links(node, _BANNER_LISTS, page)
    chapter = node.attributes.get("chapter", "")
    forum = node.attributes.get("askForHelpUrl") or (
        _FORUM.format(chapter) if chapter.isdigit() else ""
    )
    return [*links, (page.say("Ask a question"), forum)] if forum else links


@component(
    "CourseFloatingBanner",
    leaf=True,
    attributes=("askForHelpUrl", "chapter", "classNames", *_BANNER_LISTS),
    markdown=lambda node, page: navigation_markdown(_banner_links(node, page)),
)
def course_banner(node: Node, page: PageContext) -> str:
    """``<CourseFloatingBanner chapter={1} notebooks={[...]} />``: notebooks and the forum."""
    return navigation(_banner_links(node, page), page, node.marks)


@component(
    "DocNotebookDropdown",
    leaf=True,
    attributes=("classNames", "options"),
    markdown=lambda node, _: navigation_markdown(_links(node, ("options",))),
)
def notebook_dropdown(node: Node, page: PageContext) -> str:
    """``<DocNotebookDropdown options={[{label: "...", value: "url"}]} />``: every option a link."""
    return navigation(_links(node, ("options",), page), page, node.marks)


def _links(
    node: Node, names: Iterable[str], page: PageContext | None = None
) -> list[tuple[str, str]]:
    """The labels of links and their addresses, of all attributes that are there."""
    entries = [e for name in names if name in node.attributes for e in _list_of(node, name, page)]
    pairs = ((e.get("label"), e.get("value")) for e in entries if isinstance(e, dict))
    return [(str(label or value), value) for label, value in pairs if isinstance(value, str)]


def _list_of(node: Node, name: str, page: PageContext | None = None) -> list[Value]:
    """Read an attribute that is a JavaScript list; the page is told of one that cannot be read."""
    try:
        value = parse_literal(node.attributes.get(name, ""))
    except ValueError as error:
        if page:
            page.report(
                "component-malformed",
                f"{name} of <{node.name}>: {error}",
                help=f"write {name}={{[{{...}}, {{...}}]}} with quoted strings",
            )
        return []
    return value if isinstance(value, list) else [value]


def navigation_markdown(links: Iterable[tuple[str, str]]) -> str:
    """List the links above a chapter in Markdown."""
    return plain.listed(plain.link(label, url) for label, url in links if safe_url(url))


def navigation(links: Iterable[tuple[str, str]], page: PageContext, marks: str) -> str:
    """List links above a chapter; one that may not be followed is left out."""
    safe = [(label, page.writes(url)) for label, url in links if safe_url(url)]
    items = "".join(
        f'<li><a href="{escape(url)}" rel="noopener noreferrer">{escape(label)}</a></li>'
        for label, url in safe
    )
    if not items:
        return f"<div{marks}></div>\n" if marks else ""
    # A group: as landmarks, several of them on a page would have to be told apart by their names.
    group = f'class="sg-notebooks" role="group" aria-label="{escape(page.say("Notebooks"))}"'
    return f"<div {group}{marks}><ul>{items}</ul></div>\n"


def _as_written(node: Node, name: str) -> str:
    """Show what cannot be read, so that nothing is lost."""
    return f"<pre{node.marks}><code>{node.get(name)}</code></pre>\n"
