"""Lay out: rendered pages -> OutputFiles through the templates, navigation around each body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from sitegen.config import Config, FeedsConfig, ThemeConfig
from sitegen.config.phrases import chosen
from sitegen.languages import direction
from sitegen.layout.aliases import lead, leads, with_aliases
from sitegen.layout.cards import section_cards
from sitegen.layout.chunk_facts import has_chunks, page_facts
from sitegen.layout.interface import Interface, strings_of
from sitegen.layout.neighbours import breadcrumbs, href, is_web, source_name
from sitegen.layout.sidebar import Sidebar
from sitegen.layout.structured import page_data
from sitegen.layout.templates import Href, Templates
from sitegen.layout.translations import Translations
from sitegen.model import OutputFile, RenderedPage, Site
from sitegen.model.moves import Goal
from sitegen.plan.own_pages import free_permalink
from sitegen.safe_urls import FRAME_HOSTS
from sitegen.urls import (
    headings_name,
    is_absolute,
    markdown_folders,
    output_path,
    relative,
    twin_path,
)

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' https: data:; media-src 'self' https:; font-src 'self'; connect-src 'self'; "
    f"frame-src {' '.join(f'https://{host}' for host in FRAME_HOSTS)}; "
    "base-uri 'none'; form-action 'none'; object-src 'none'; "
    "manifest-src 'self'"
)
TOC_LEVELS = range(2, 7)
_NAMED = 8  # sections that the description of a start page names
_DEPTH = 7  # of addresses from which a page for what is not there finds its site


def get_ready(config: Config) -> None:
    """Compile what the first page needs, for a process that has nothing to do as yet."""
    phrases = Interface(config.theme.strings).of(config.language)
    Templates(config.theme.templates).saying(phrases).compile(("page.html", "base.html"))


class Layout:
    """What the pages of one build have in common."""

    def __init__(
        self, site: Site, templates: Templates, assets: Mapping[str, str], config: Config
    ) -> None:
        """Prepare what all pages show."""
        self._site = site
        self._templates = templates
        base_url = config.base_url
        self._base_url = f"{base_url.rstrip('/')}/" if base_url else ""
        self._index = free_permalink(site, "site-index")
        self._search = free_permalink(site, "search") if config.search else ""
        self._chunk = free_permalink(site, "chunk")
        self._translations = Translations(site)
        self._feeds = config.feeds
        self._theme = config.theme
        self._taken = markdown_folders(page.permalink for page in site.pages)
        self._strings = strings_of(site, config.theme.strings)
        self._interface = Interface(self._strings)
        self._spoken: dict[str, tuple[Templates, Sidebar]] = {}
        # An upgrade would break a site that its host or its preview serves without TLS.
        upgrade = "; upgrade-insecure-requests" if base_url.startswith("https://") else ""
        self._common = {
            "site": site,
            "assets": assets,
            "csp": CSP + upgrade,
            "index_path": self._index,
            "search_path": self._search,
            "print_path": free_permalink(site, "print") if config.feeds.print_page else "",
            "theme": _without_paths(config.theme),
            "links": tuple(Href(*link) for link in config.theme.links.items()),
            "feeds": _without_paths(config.feeds),
            "twin": "",
            "translations": (),
            "page": None,
        }

    def others(self, redirects: Mapping[str, Goal]) -> dict[str, Callable[[], OutputFile]]:
        """Give, by output path, what makes each page of the site itself, and each redirect."""
        made: dict[str, Callable[[], OutputFile]] = {
            old: partial(self.redirect, old, goal) for old, goal in redirects.items()
        }
        if all(page.permalink for page in self._site.pages):
            made[""] = self.landing
        made[self._index] = self.all_pages
        if self._search:
            made[self._search] = self.search
        if self._feeds.chunks:
            made[self._chunk] = self.chunk
        return {output_path(at): make for at, make in made.items()} | {"404.html": self.not_found}

    def page(self, rendered: RenderedPage) -> OutputFile:
        """Lay out one page."""
        page, body = rendered.page, rendered.body
        root = _root(page.permalink)
        twin = twin_path(page.permalink, self._taken) if self._feeds.markdown else ""
        lang = page.document.language or self._site.language
        values = self._values(page.permalink, page.title, lang) | {
            "page": page,
            "body": Markup(with_aliases(page, body)),  # noqa: S704 - sanitised by render
            "leads": leads(page, body.anchors),
            "description": body.description,
            "sidebar": Markup(self._in(lang)[1].of(page.permalink, root)),  # noqa: S704 - escaped there
            "toc": tuple(h for h in body.headings if h.level in TOC_LEVELS and h.id),
            "breadcrumbs": breadcrumbs(page),
            "previous": href(page.permalink, page.previous),
            "next": href(page.permalink, page.next),
            "source_name": source_name(page),
            "source_url": page.document.url if is_web(page.document.url) else "",
            "edit_url": self._theme.edit_url.replace("{source}", quote(source_name(page))),
            "open_in": self._open_in(twin),
            "twin": twin and relative(page.permalink, twin),
            "translations": tuple(
                (each, relative(page.permalink, each.permalink))
                for each in self._translations.of(page)
            ),
            "base_url": self._base_url,
            "structured": self._base_url
            and Markup(page_data(page, self._site, self._base_url, body.description)),  # noqa: S704 - escaped there
            "chunks": self._feeds.chunks
            and has_chunks(rendered.document)
            and Markup(page_facts(rendered.document)),  # noqa: S704 - escaped there
            "chunk_page": root + self._chunk,
        }
        return self._file(page.permalink, "page.html", values)

    def _open_in(self, twin: str) -> tuple[Href, ...]:
        """Lead to tools that read a page's Markdown by its address, if it has one."""
        if not (twin and self._base_url):
            return ()
        address = quote(self._base_url + quote(twin), safe="")
        tools = self._theme.open_in.items()
        return tuple(Href(name, url.replace("{url}", address)) for name, url in tools)

    def landing(self) -> OutputFile:
        """Lay out the start page of a site that has none."""
        first = self._site.pages[0].permalink if self._site.pages else ""
        values = self._values("", self._site.title)
        cards = section_cards(self._site, "./", values["say"])
        names = ", ".join(item.title for item in self._site.navigation[:_NAMED])
        said = f"{self._site.title}: {names}" if names else self._site.title
        values |= {"cards": cards, "first": first and relative("", first), "description": said}
        return self._file("", "landing.html", values)

    def all_pages(self) -> OutputFile:
        """Lay out the list of all pages."""
        tree = Markup(self._in(self._site.language)[1].tree(_root(self._index)))  # noqa: S704 - escaped there
        values = self._values(self._index, self._said("All pages")) | {"tree": tree}
        return self._file(self._index, "all-pages.html", values)

    def search(self) -> OutputFile:
        """Lay out the page of results."""
        values = self._values(self._search, self._said("Search"))
        return self._file(self._search, "search.html", values)

    def chunk(self) -> OutputFile:
        """Lay out the page that leads from the id of a chunk, its fragment, to its place."""
        values = self._values(self._chunk, self._said("Find a chunk"))
        return self._file(self._chunk, "chunk.html", values)

    def own_page(
        self, permalink: str, title: str, template: str, values: Mapping[str, Any]
    ) -> OutputFile:
        """Lay out a page that is no document, by a template of its own."""
        return self._file(permalink, template, {**self._values(permalink, title), **values})

    def redirect(self, old: str, goal: Goal) -> OutputFile:
        """Lay out the page at an old address that leads to the new one."""
        is_away = is_absolute(goal.permalink)
        to = goal.permalink if is_away else relative(old, goal.permalink) + goal.fragment
        values = self._values("" if is_away else goal.permalink, self._said("Moved"))
        values |= {
            "root": _root(old),
            "to": to,
            "canonical": to if is_away else values["canonical"],
            "leads": tuple(lead(old, moved) for moved in goal.moved),
        }
        return self._file(old, "redirect.html", values)

    def not_found(self) -> OutputFile:
        """Lay out the one page that is shown at any depth: its links start at the host's root.

        Where nobody said at which address the site is, a script looks for its root upwards.
        """
        root = urlsplit(self._base_url).path or "/"
        values = self._values("", self._said("Page not found"))
        cards = section_cards(self._site, root, values["say"])
        ups = () if self._base_url else ("./", *("../" * depth for depth in range(1, _DEPTH)))
        values |= {"root": root, "canonical": "", "cards": cards, "ups": ups}
        return OutputFile("404.html", self._in(values["lang"])[0].render("404.html", values))

    def _values(self, permalink: str, title: str, language: str = "") -> dict[str, Any]:
        lang = language or self._site.language
        title = title or self._site.title
        return self._common | {
            "root": _root(permalink),
            "title": title,
            "full_title": title if title == self._site.title else f"{title} - {self._site.title}",
            "description": "",
            "canonical": self._base_url and self._base_url + quote(permalink),
            "lang": lang,
            "say": self._interface.of(lang),
            "home": self._translations.home(permalink),
            "strings_name": self._interface.script(lang),
            "headings_path": self._search + headings_name(lang, self._site.language),
            "dir": direction(lang),
        }

    def _said(self, phrase: str) -> str:
        """Say something in the site's language, as a plain text."""
        return self._interface.of(self._site.language)[phrase].unescape()

    def _in(self, language: str) -> tuple[Templates, Sidebar]:
        """Give what speaks the same on all pages of a language."""
        tag = chosen(self._strings, language)
        if tag not in self._spoken:
            say = self._interface.of(language)
            sidebar = Sidebar(self._site.navigation, self._index, say)
            self._spoken[tag] = self._templates.saying(say), sidebar
        return self._spoken[tag]

    def _file(self, permalink: str, template: str, values: dict[str, Any]) -> OutputFile:
        data = self._in(values["lang"])[0].render(template, values)
        return OutputFile(output_path(permalink), data)


def _without_paths(table: ThemeConfig | FeedsConfig) -> Mapping[str, Any]:
    """A table of the configuration as templates get it: a path can read and write."""
    hints = get_type_hints(type(table)).items()
    names = [name for name, hint in hints if Path not in (hint, *get_args(hint))]
    return MappingProxyType({name: getattr(table, name) for name in names})


def _root(permalink: str) -> str:
    return "../" * permalink.count("/") or "./"
