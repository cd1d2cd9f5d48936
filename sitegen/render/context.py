"""What rendering one document may know and note: links, anchors, diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urljoin

from msgspec.structs import replace

from sitegen.errors import Diagnostic, Severity
from sitegen.model import Document, Link, LinkSpace
from sitegen.model.objects import NOTHING_NAMED, ApiDoc, Documented, Named
from sitegen.render.html.held import Held
from sitegen.render.space import fallbacks, old_paths, phrases, redirected
from sitegen.scan.labels import known_as
from sitegen.urls import (
    WRITTEN_ID_PREFIX,
    Target,
    is_absolute,
    permalink,
    relative,
    resolve,
    twin_path,
)

_WRITTEN = f"#{WRITTEN_ID_PREFIX}"
_FLAGS = {
    "WRAP CODE BLOCKS": "sg-wrap-code",
    "STRETCH TABLES": "sg-stretch-tables",
    "DISABLE-FRONTMATTER-SECTIONS": "sg-no-toc",
}
_OFF_ROOT = "write a relative link, or set site_root to where the site stands on its host"

THEME_IDS = frozenset(("sg-chunks", "sg-live", "sg-sidebar", "sg-toc", "sg-toc-title"))
"""Ids of the page around the body: no anchor of the body may be one of them."""


class PageContext(Held):
    """Carries one document through parsing and rendering and gathers what comes out beside HTML."""

    def __init__(self, document: Document, space: LinkSpace, named: Named = NOTHING_NAMED) -> None:
        """Prepare for one document; of other pages only what it names is known here."""
        super().__init__()
        self.document = document
        self.package = named.package
        self.ids = set(THEME_IDS)  # anchors that are ours: headings, objects, examples
        self.claims: list[str] = []
        self.written_ids: dict[str, str] = {}  # ids of raw HTML and what they are on the page
        self.elements: set[str] = set()  # ids of raw HTML that is rendered already
        self._references = dict(named.references)
        self._docs = {doc.name: doc for doc in named.docs}
        self._written_elsewhere = frozenset(named.written_ids)
        self._named_pages = frozenset(named.pages)
        self._titles = {unquote(address): title for address, title in named.titles}
        self.permalink = permalink(document.id)
        self.links: list[Link] = []
        self.goals: dict[str, Target | str] = {}  # by addresses in raw HTML, for the twin
        self.written_at: dict[str, int] = {}  # addresses of links, and the line that has each first
        self.diagnostics: list[Diagnostic] = []
        self.flags: set[str] = set()
        self._space = space
        self._renamed = dict(space.renamed)
        self._redirected = redirected(space)
        self._fallbacks = fallbacks(document.language, space) if document.language else {}
        self._old_paths = old_paths(space.roots)
        self._phrases = phrases(document.language or space.language, space)
        self.line = self.first = 0  # of what is rendered, and where its text begins
        self.comment_end = -1  # where a comment that was cut at a section ends all the same

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """Say which line (from 0) of the document is being rendered."""
        before, self.line = self.line, line
        yield
        self.line = before

    def say(self, phrase: str, *values: str) -> str:
        """A phrase of the interface in the language of the page; what is none, as it is."""
        said = self._phrases.get(phrase, phrase)
        for value in values:
            said = said.replace("{}", value, 1)
        return said

    def flag(self, *comments: str) -> None:
        """Note the classes for the whole page that comments may ask for."""
        for comment in comments:
            if len(comment) < 60 and (name := _FLAGS.get(comment.strip("- \t\n"))):
                self.flags.add(name)

    def writes(self, url: str) -> str:
        """Note that the current line has an address, which comes back as it is."""
        self.written_at.setdefault(url, self.line)
        return url

    def report(
        self,
        code: str,
        message: str,
        *,
        severity: Severity = Severity.WARNING,
        help: str = "",
        line: int | None = None,
    ) -> None:
        """Note a finding at the current line; the page renders all the same."""
        place = self.document.locate(self.line if line is None else line)
        self.diagnostics.append(Diagnostic(code, severity, message, place, help))

    def claim(self, id: str) -> bool:
        """Take an anchor for one element; false when another has it already."""
        if id in self.ids:
            return False
        self.ids.add(id)
        self.claims.append(id)
        return True

    def reference(self, name: str) -> Documented | None:
        """Give what documents the object that the page names, if anything does."""
        return self._references.get(name)

    def place(self, href: str) -> Documented | None:
        """Give the place that has a label by which a link leads there, as MyST writes them."""
        label = unquote(href.removeprefix("#"))
        if not self._references or "/" in label or (href.startswith("#") and label in self.ids):
            return None
        return self._references.get(f"#{known_as(label)}")

    def title_of(self, href: str) -> str:
        """Give what is called so where a link without words leads; empty where nobody knows."""
        place = self.place(href)
        return place.title if place else self._titles.get(unquote(href), "")

    def doc(self, name: str) -> ApiDoc | None:
        """Give what is known of an object that this page documents."""
        return self._docs.get(name)

    def reference_goal(self, target: Documented) -> Target | str:
        """Give where a documented object is, and note it as a link."""
        if target.url:
            return self.writes(target.url)
        if target.page == self.document.id:
            return self.goal(f"#{target.anchor}")
        return self._internal(Target(target.page, True, f"#{target.anchor}"))

    def href(self, href: str) -> str:
        """Give the address that a link of this page must carry, and note internal links."""
        return self.address(self.goal(href))

    def goal(self, href: str) -> Target | str:
        """Give where a link as authors write it leads, and note it; a text is no page or file."""
        if place := self.place(href):
            return self.reference_goal(place)
        if href.startswith("#"):
            return self._fragment(href[1:])
        if is_absolute(href):
            return self.writes(href)
        if href.startswith("/"):
            return self._site_absolute(href)
        target = resolve(href, self.document.id)
        if target is None:  # above the docs: the old site may still have it
            return self.writes(urljoin(self.document.url or "", href))
        return self._internal(target)

    def asset(self, src: str) -> str:
        """Give the address of an image or other file that this page shows."""
        return self.address(self.shown(src))

    def shown(self, src: str) -> Target | str:
        """Give which file an image shows, as `goal` does for links."""
        if is_absolute(src):
            return self.writes(src)
        is_rooted = src.startswith("/")
        target = self._from_root(src) if is_rooted else resolve(src, self.document.id)
        if target is None:
            return self._elsewhere(src) if is_rooted else src
        self.links.append(Link(target.path, "", self.line, is_page=False))
        return replace(target, is_page=False)

    def other_language(self, goal: Target | str) -> str:
        """The language of the page that stands in for one that this page's language lacks."""
        path = "" if isinstance(goal, str) else goal.path
        return self._fallbacks.get(path, "") if self._fallbacks else ""

    def address(self, goal: Target | str) -> str:
        """Give the address of a goal as this page must write it."""
        if isinstance(goal, str):
            return goal
        path = permalink(goal.path) if goal.is_page else goal.path
        return relative(self.permalink, path) + goal.suffix

    def twin_address(self, goal: Target | str) -> str:
        """Give the address of a goal as the page's twin must write it: pages are twins there.

        Ids that authors write by hand stand there as they are written.
        """
        if isinstance(goal, str):
            return goal.replace(_WRITTEN, "#", 1) if goal.startswith("#") else goal
        taken, suffix = self._space.markdown_folders, goal.suffix.replace(_WRITTEN, "#", 1)
        path = twin_path(permalink(goal.path), taken) if goal.is_page else goal.path
        return relative(twin_path(self.permalink, taken), path) + suffix

    def _fragment(self, fragment: str) -> str:
        """Link into the page itself; ids that authors write by hand stand there with a prefix."""
        target = unquote(fragment)
        if target not in self.ids:
            fragment = self.written_ids.get(target, fragment)
        self.links.append(Link(self.document.id, fragment, self.line))
        return f"#{fragment}"

    def _site_absolute(self, href: str) -> Target | str:
        for pattern in self._old_paths:
            if match := pattern.match(href):
                target = resolve("/" + match[1], "index")
                if target is not None:
                    return self._internal(target)
        if (found := self._from_root(href)) is not None:
            return self._internal(found)
        path = re.split("[?#]", href, maxsplit=1)[0]
        if path in self._named_pages and (target := resolve(href, "index")) is not None:
            message = f"link to {href!r} counts from the host's root; the page is one of this site"
            self.report("link-site-absolute", message, help="write a relative link")
            return self._internal(replace(target, is_page=True))
        return self._elsewhere(href)

    def _from_root(self, href: str) -> Target | None:
        """What an address from the host's root names here, if it is below a root of this site."""
        for root in self._space.site_roots:
            if not root or re.match(rf"/{re.escape(root)}(?=[/?#]|$)", href):
                return resolve(f"/{href[len(root) + bool(root) :].lstrip('/')}", "index")
        home = self._space.home
        if not home or re.match(rf"/{re.escape(home)}(?=[/?#]|$)", href):
            return None  # an address may say the folder that others leave out
        return resolve(f"/{home}/{href.lstrip('/')}", "index")

    def _elsewhere(self, href: str) -> str:
        """Keep an address from the host's root alive: it names the old site's host, not ours."""
        if roots := self._space.roots:
            return self.writes(urljoin(roots[0], href))
        message = f"link to {href!r} counts from the root of whatever host shows the site"
        self.report("link-site-absolute", message, help=_OFF_ROOT)
        return self.writes(href)

    def _internal(self, target: Target) -> Target:
        path, suffix = self._renamed.get(target.path, target.path), target.suffix
        if self._redirected and target.is_page and (at := permalink(path)) in self._redirected:
            path, anchor = self._redirected[at]
            suffix += f"#{anchor}" if anchor and "#" not in suffix else ""
        fragment = suffix.partition("#")[2]
        if (path, fragment) in self._written_elsewhere:
            fragment = f"{WRITTEN_ID_PREFIX}{fragment}"
            suffix = f"{suffix.partition('#')[0]}#{fragment}"
        self.links.append(Link(path, fragment, self.line, is_page=target.is_page))
        return Target(path, target.is_page, suffix)
