"""Frame: what all pages of a site have around their content, each in its language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from sitegen.config import Config, FeedsConfig, ThemeConfig
from sitegen.config.phrases import Strings, chosen
from sitegen.languages import direction, tag_of
from sitegen.layout.interface import Interface, strings_of
from sitegen.layout.policy import policy_of
from sitegen.layout.sidebar import Sidebar
from sitegen.layout.templates import Href, Templates
from sitegen.layout.translations import Translations
from sitegen.model import OutputFile, Site
from sitegen.plan.own_pages import own_pages
from sitegen.urls import headings_name, markdown_folders, output_path

FILTERED = 25  # pages; above a longer list of them is a filter, unless it is in parts


class Voice(Struct, frozen=True):
    """What is the same on all pages of a language; phrases stand in the templates already."""

    say: Mapping[str, Markup]
    templates: Templates
    sidebar: Sidebar
    script: str


class Frame(Struct, frozen=True):
    """What the pages of one site have in common.

    ``canonical_url`` is where search engines shall find the pages: of old versions the newest.
    ``own`` are the addresses of the site's own pages by name, ``common`` what every template
    gets. ``markdown_folders`` are no names for twins. ``voices`` are by tags of ``strings``.
    """

    site: Site
    config: Config
    base_url: str
    canonical_url: str
    own: Mapping[str, str]
    common: Mapping[str, Any]
    markdown_folders: Collection[str]
    strings: Strings
    voices: Mapping[str, Voice]
    translations: Translations

    def voice(self, language: str) -> Voice:
        """What speaks a language, or what stands in for it."""
        return self.voices[chosen(self.strings, language)]

    def said(self, phrase: str) -> str:
        """A phrase in the site's language, as plain text."""
        return self.voice(self.site.language).say[phrase].unescape()


def frame_of(site: Site, templates: Templates, assets: Mapping[str, str], config: Config) -> Frame:
    """The frame of a site; ``assets`` are the addresses of the theme's files by name."""
    own = own_pages(site, config)
    strings = strings_of(site, config.theme.strings)
    voices = _voices(site, templates, strings, own["site-index"])
    is_split = any(voice.sidebar.is_split for voice in voices.values())
    common = {
        "site": site,
        "assets": assets,
        "csp": policy_of(config.base_url, config.theme),
        "head": Markup(config.theme.head),  # noqa: S704 - as templates, what a project writes
        "index_path": own["site-index"],
        "search_path": own.get("search", ""),
        "print_path": own.get("print", ""),
        "theme": _without_paths(config.theme),
        "links": tuple(Href(*link) for link in config.theme.links.items()),
        "feeds": _without_paths(config.feeds),
        "version": config.version,
        "is_long_site": len(site.pages) > FILTERED and not is_split,
        "social_image": _folder(config.base_url) + assets["social.png"]
        if "social.png" in assets
        else "",
        "twin": "",
        "translations": (),
        "page": None,
    }
    return Frame(
        site,
        config,
        _folder(config.base_url),
        _folder(config.canonical_url),
        own,
        common,
        markdown_folders(page.permalink for page in site.pages),
        strings,
        voices,
        Translations(site),
    )


def values_at(frame: Frame, permalink: str, title: str = "", language: str = "") -> dict[str, Any]:
    """What the template of any page gets; without a title it is the site's."""
    site, lang = frame.site, language or frame.site.language
    title, voice = title or site.title, frame.voice(lang)
    search = frame.own.get("search", "")
    return {
        **frame.common,
        "root": root_of(permalink),
        "title": title,
        "full_title": title if title == site.title else f"{title} - {site.title}",
        "description": "",
        "canonical": frame.canonical_url and frame.canonical_url + quote(permalink),
        "lang": tag_of(lang),
        "say": voice.say,
        "home": frame.translations.home(permalink),
        "strings_name": voice.script,
        "headings_path": search + headings_name(lang, site.language),
        "dir": direction(lang),
    }


def fill(frame: Frame, permalink: str, template: str, values: Mapping[str, Any]) -> OutputFile:
    """The file at a permalink: a template filled with values, those of `values_at` among them.

    Raises:
        TemplateError: naming the template and the line at fault.
    """
    data = frame.voice(values["lang"]).templates.render(template, values)
    return OutputFile(output_path(permalink), data)


def root_of(permalink: str) -> str:
    """The way from a page to the root of its site."""
    return "../" * permalink.count("/") or "./"


def _folder(url: str) -> str:
    return f"{url.rstrip('/')}/" if url else ""


def get_ready(config: Config) -> None:
    """Compile what the first page needs, for a process that has nothing to do as yet."""
    phrases = Interface(config.theme.strings).of(config.language)
    Templates(config.theme.templates).saying(phrases).compile(("page.html", "base.html"))


def _voices(site: Site, templates: Templates, strings: Strings, index: str) -> Mapping[str, Voice]:
    interface, voices = Interface(strings), {}
    languages = {site.language, *(page.document.language or site.language for page in site.pages)}
    for tag in sorted({chosen(strings, language) for language in languages}):
        say = interface.of(tag)
        sidebar = Sidebar(site, index, say)
        voices[tag] = Voice(say, templates.saying(say), sidebar, interface.script(tag))
    return voices


def _without_paths(table: ThemeConfig | FeedsConfig) -> Mapping[str, Any]:
    """A table of the configuration as templates get it: a path can read and write."""
    hints = get_type_hints(type(table)).items()
    names = [name for name, hint in hints if Path not in (hint, *get_args(hint))]
    return MappingProxyType({name: getattr(table, name) for name in names})
