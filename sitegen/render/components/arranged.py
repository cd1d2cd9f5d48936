"""Arranged content: cards in a grid, steps, the files of a folder."""

from __future__ import annotations

from html import escape

from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain
from sitegen.safe_urls import is_external, safe_url
from sitegen.urls import Target


def _noted(page: PageContext, href: str) -> Target | str:
    """Where a link leads that the page has noted already, findings included."""
    links, findings = len(page.links), len(page.diagnostics)
    goal = page.goal(href)
    del page.links[links:], page.diagnostics[findings:]
    return goal


def linked(label: str, href: str, page: PageContext) -> str:
    """Lead a label, Markdown, where an attribute says in the twin; it may not lead everywhere."""
    goal = _noted(page, href)
    followed = not isinstance(goal, str) or safe_url(goal)
    return f"[{label}]({page.twin_address(goal)})" if followed else label


def _card_markdown(node: Node, page: PageContext) -> str:
    title, href = node.attributes.get("title", ""), node.attributes.get("href", "")
    head = linked(plain.escaped(title or href), href, page) if href else ""
    head = head or (f"**{plain.escaped(title)}**" if title else "")
    return plain.blocks([head, plain.escaped(node.attributes.get("description", "")), node.body])


@component(
    *("Card", "Cards.Card", "LinkCard"),
    attributes=("title", "href", "icon", "description"),
    markdown=_card_markdown,
)
def card(node: Node, page: PageContext) -> str:
    """``<Card title="..." href="...">``: a box, which leads somewhere if it has an address."""
    title, href = node.get("title"), node.attributes.get("href", "")
    if href:
        rel = ' rel="noopener noreferrer"' if is_external(href) else ""
        title = f'<a href="{escape(page.href(href))}"{rel}>{title or escape(href)}</a>'
    head = f'<p class="sg-tile-title">{title}</p>\n' if title else ""
    said = node.get("description")
    said = f"<p>{said}</p>\n" if said else ""
    return f'<div class="sg-tile"{node.marks}>\n{head}{said}{node.body}</div>\n'


@component("CardGrid", "CardGroup", "Cards", "Columns", attributes=("cols", "stagger"))
def grid(node: Node, _page: PageContext) -> str:
    """``<CardGrid>``: cards side by side, as many as there is room for."""
    return f'<div class="sg-tiles"{node.marks}>\n{node.body}</div>\n'


def _steps_markdown(node: Node, _page: PageContext) -> str:
    steps = [plain.labelled(s.attributes.get("title", ""), s.body) for s in node.slots]
    return plain.blocks([node.body, *steps])


@component("Steps", markdown=_steps_markdown)
def steps(node: Node, _page: PageContext) -> str:
    """``<Steps>`` around a numbered list, or around ``<Step title="...">`` each."""
    items = "".join(
        f'<li{slot.marks}><p class="sg-tile-title">{slot.get("title")}</p>\n{slot.body}</li>\n'
        for slot in node.slots
    )
    items = f"<ol>\n{items}</ol>\n" if items else ""
    return f'<div class="sg-steps"{node.marks}>\n{node.body}{items}</div>\n'


@component(
    "Step",
    within=("Steps",),
    attributes=("title", "icon"),
    markdown=lambda node, _: plain.labelled(node.attributes.get("title", ""), node.body),
)
def step(node: Node, _page: PageContext) -> str:
    """Show a step that stands alone; `Steps` arrange theirs themselves."""
    return f'<p class="sg-tile-title"{node.marks}>{node.get("title")}</p>\n{node.body}'


@component("FileTree", "Files")
def file_tree(node: Node, _page: PageContext) -> str:
    """``<FileTree>`` around a list, folders with a list of their own."""
    return f'<div class="sg-files"{node.marks}>\n{node.body}</div>\n'


def _title(node: Node, _page: PageContext) -> str:
    return node.attributes.get("title", "")


def _folded_markdown(node: Node, page: PageContext) -> str:
    said = plain.escaped(node.attributes.get("description", ""))
    return plain.labelled(_title(node, page), plain.blocks([said, node.body]))


@component(
    *("Accordion", "Expandable"),
    attributes=("title", "description", "defaultOpen", "icon", "id"),
    markdown=_folded_markdown,
    label=_title,
)
def accordion(node: Node, page: PageContext) -> str:
    """``<Accordion title="...">``: what readers unfold."""
    is_open = " open" if node.flag("defaultOpen") else ""
    title = node.get("title") or escape(page.say("Details"))
    said = node.get("description")
    said = f"<p>{said}</p>\n" if said else ""
    return (
        f"<details{node.marks}{is_open}><summary>{title}</summary>\n{said}{node.body}</details>\n"
    )


@component("AccordionGroup", attributes=())
@component("Bleed", "BrowserWindow", "ClientOnly", "Panel", "RequestExample", "ResponseExample")
def arranging(node: Node, _page: PageContext) -> str:
    """``<AccordionGroup>`` and what says where a part of a page stands, which add nothing here."""
    return node.body


def _frame_markdown(node: Node, _page: PageContext) -> str:
    hint, caption = (plain.escaped(node.attributes.get(name, "")) for name in ("hint", "caption"))
    return plain.blocks([hint, node.body, caption])


@component("Frame", attributes=("caption", "hint"), markdown=_frame_markdown)
def frame(node: Node, _page: PageContext) -> str:
    """``<Frame caption="...">`` around a picture, with a hint above."""
    hint, caption = node.get("hint"), node.get("caption")
    hint = f"<p>{hint}</p>\n" if hint else ""
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure{node.marks}>\n{hint}{node.body}{caption}</figure>\n"


@component("directive:figure", attributes=())
def figure(node: Node, _page: PageContext) -> str:
    """What a directive shows with its caption, which Markdown writes as paragraphs."""
    return f"<figure{node.marks}>\n{node.body}</figure>\n"


@component("directive:caption", attributes=())
def caption(node: Node, _page: PageContext) -> str:
    """Its caption, of sentences or whole paragraphs."""
    return f"<figcaption{node.marks}>{node.body}</figcaption>\n"
