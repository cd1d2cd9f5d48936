"""Links, references, headings and images: tokens -> HTML with this site's addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from sitegen.errors import Severity
from sitegen.languages import tag_of
from sitegen.render.anchors import plain_text
from sitegen.render.context import PageContext
from sitegen.render.html.element import of_theme
from sitegen.render.html.resolved import report_unshown, resolved
from sitegen.render.syntax.jsx import without_jsx
from sitegen.safe_urls import is_external
from sitegen.scan.patterns import rare

_HUSH = '<span class="sg-hush" data-nosnippet="">'  # said, not shown, nor quoted by search engines
_REL = ' rel="noopener noreferrer"'
_EMPTY_LINK = re.compile(r"\]\(\s*(?:\)|<?\(|<>)")
# Schemes that a page leads to no more than to code: a link of theirs is its text.
_SCHEMES = (
    "blob|callto|cid|data|facetime|file|geo|git|irc|javascript|magnet|mid|news|sips?|skype|sms|ssh"
    "|tel|urn|vbscript|vscode|xmpp"
    r"|(?!https?:)[A-Za-z][A-Za-z0-9+.-]{0,30}(?=://)"
)
REFUSED = rare(f"(?:{_SCHEMES}):", re.IGNORECASE)
"""Begins an address that is no link although it is written as one."""
_REFUSED_LINK = re.compile(rf"(?:\]\(\s*<?|<)(?:{_SCHEMES}):", re.IGNORECASE)
_NEAR_MISS = rare(
    r"\] ?\((?:https?:|\.{0,2}/|\(|$)|\]\([^()<>\n]*[./#][^()<>\n]*\s[^()<>\n]*\)"
    r"|\]\((?!\s)[^()<>\n]*\s[^()<>\n]*[./#][\w#-]+\)"
    r"|\]\([A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s()<>:][^\s()<>]*\)"
)
BREAKS = frozenset(("softbreak", "hardbreak"))
"""The tokens of a text that end a line of it."""
_SAYS_NOTHING = frozenset(
    ("click here", "click this", "go", "here", "learn more", "link", "more", "more info",
     "more information", "read more", "right here", "see more", "start", "this", "this link")
)  # fmt: skip


def odd_links(state: StateCore) -> None:
    """Make plain text of links to nowhere, ``[x]()``, ``[x]((y))`` and ``[x](tel:1)``; report them.

    Near misses, which stay text, are reported too.
    """
    page: PageContext = state.env["page"]
    references = state.env.get("references", {}).values()
    some_refused = any(REFUSED.match(str(each["href"])) for each in references)
    for token in state.tokens:
        content = token.content
        if token.type != "inline":
            continue
        holds_link = "](" in content
        may_refuse = holds_link or "<" in content
        is_refused = some_refused or (may_refuse and _REFUSED_LINK.search(content))
        if not (is_refused or holds_link or "] (" in content):
            continue
        first = page.line = token.map[0] if token.map else page.line
        if is_refused or _EMPTY_LINK.search(content):
            token.children = _without_odd_links(token.children or [], page)
        page.line = first
        for child in token.children or ():
            page.line += child.type in BREAKS
            if child.type == "text" and "]" in child.content and _NEAR_MISS.search(child.content):
                said = " ".join(child.content.split())[-60:]
                message = f"{said!r} looks like a link but is none"
                page.report("link-broken", message, help="write [text](address), blanks as %20")


def _without_odd_links(children: list[Token], page: PageContext) -> list[Token]:
    kept: list[Token] = []
    dropping = False
    for child in children:
        page.line += child.type in BREAKS
        if child.type == "link_open":
            href = str(child.attrs.get("href", ""))
            dropping = not href or href.startswith(("(", "%28")) or bool(REFUSED.match(href))
            if dropping:
                target = f"leads to {href!r}" if href else "has no target"
                page.report("link-without-target", f"a link {target}; its text is shown")
                continue
        elif child.type == "link_close" and dropping:
            dropping = False
            continue
        elif child.type == "image" and _is_no_address(src := str(child.attrs.get("src", ""))):
            report_unshown(src, page)
            kept += child.children or []
            continue
        kept.append(child)
    return kept


def _is_no_address(source: str) -> bool:
    return not source or REFUSED.match(source) is not None


def raw(html: str, page: PageContext) -> str:
    """Show raw HTML of a page, where attributes may have JSX values."""
    return resolved(without_jsx(html, page), page)


class LinkRendering:
    """Renders what leads somewhere; a part of the page's renderer."""

    def heading_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Begin a heading, with targets for other spellings of its anchor."""
        token = tokens[idx]
        attributes = "".join(f' {name}="{escape(str(v))}"' for name, v in token.attrs.items())
        aliases = token.meta.get("aliases", ()) if token.meta else ()
        if not aliases:
            return f"<{token.tag}{attributes}>"
        targets = "".join(f'<span id="{escape(id)}" class="sg-alias"></span>' for id in aliases)
        targets = env["page"].hold(targets, sought="", anchors=aliases)
        return f"<{token.tag}{attributes}>{targets}"

    def heading_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """End a heading with its permalink."""
        link = env["page"].hold(permalink(str(tokens[idx - 2].attrs["id"])), sought="")
        return f" {link}</{tokens[idx].tag}>\n"

    def link_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Resolve a link as authors write it to the page's address."""
        attrs = tokens[idx].attrs
        page: PageContext = env["page"]
        goal = tokens[idx].meta["goal"] = page.goal(str(attrs.get("href", "")))
        href = page.address(goal)
        title = f' title="{escape(str(attrs["title"]))}"' if "title" in attrs else ""
        tongue = page.other_language(goal)
        language = f' hreflang="{escape(tag_of(tongue))}"' if tongue else ""
        looks = ' class="sg-cta"' if "button" in tokens[idx].meta else ""
        rel = _REL if is_external(href) else ""
        return f'<a{looks} href="{escape(href)}"{title}{language}{rel}>'

    def link_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """End a link; one that says only "here" also names its goal, where links are listed."""
        last = tokens[idx - 1]
        opening = last if last.type == "link_open" else tokens[idx - 2]
        if opening is last or (last.type == "text" and not last.content.strip()):
            return self._nameless(opening, env["page"])
        said = last.content.strip(" .").lower()
        if said not in _SAYS_NOTHING or opening.type != "link_open":
            return "</a>"
        goal = _named(str(opening.attrs.get("href", "")))
        if not goal:
            return "</a>"
        page: PageContext = env["page"]
        return page.hold(f"{_HUSH} ({escape(goal)})</span>", sought="") + "</a>"

    def _nameless(self, opening: Token, page: PageContext) -> str:
        """End a link without a text, which nobody would see, by a name made of its address."""
        if opening.type != "link_open":
            return "</a>"
        href = str(opening.attrs.get("href", ""))
        page.report("link-without-text", f"the link to {href!r} has no text; its address is shown")
        return f"{escape(_named(href) or href)}</a>"

    def reference_open(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        """Begin the link to a documented object; count the ones that nothing documents."""
        page: PageContext = env["page"]
        meta = tokens[idx].meta
        if meta["target"] is None:
            message = f"no page documents {meta['name']!r}"
            page.report("reference-unresolved", message, severity=Severity.INFO)
            return ""
        if meta["inside"]:
            return ""
        meta["goal"] = page.reference_goal(meta["target"])
        href = page.address(meta["goal"])
        rel = _REL if is_external(href) else ""
        return f'<a class="sg-reference" href="{escape(href)}"{rel}>'

    def reference_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """End the link to a documented object."""
        meta = tokens[idx].meta
        return "" if meta["target"] is None or meta["inside"] else "</a>"

    def image(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        """Render an image, loaded when it comes into view."""
        token = tokens[idx]
        page: PageContext = env["page"]
        goal = token.meta["goal"] = page.shown(str(token.attrs.get("src", "")))
        src = escape(page.address(goal))
        alt = escape(plain_text(token.children or []))
        title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
        theme = of_theme(src)
        theme = theme and f' class="{theme}"'
        size = "".join(f' {k}="{token.attrs[k]}"' for k in ("width", "height") if k in token.attrs)
        return f'<img src="{src}" alt="{alt}"{title}{theme}{size} loading="lazy" decoding="async">'


def _named(href: str) -> str:
    """Name an address: host and path, or the words of a section."""
    parts = urlsplit(href)
    path = re.sub(r"\.(?:html?|mdx?|markdown)$", "", parts.path.strip("/"))
    return f"{parts.hostname or ''}/{path}".strip("/.") or re.sub(r"[-_]+", " ", parts.fragment)


def permalink(id: str) -> str:
    """Link to an element of this page from the element itself; its name has no part in that link.

    Who lists headings by ear would hear it at the end of each; the key `y` copies the address.
    """
    return f'<a class="sg-anchor" href="#{escape(id)}" aria-hidden="true" tabindex="-1"></a>'
