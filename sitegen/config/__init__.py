"""The nouns of the configuration: all that a build may depend on besides its input, frozen."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field


def frozen(table: Mapping[Any, Any]) -> MappingProxyType[Any, Any]:
    """A table that cannot be changed, as a configuration holds them."""
    return MappingProxyType(dict(table))


# Programs send a configuration to their own processes, and Python cannot pickle such a table.
copyreg.pickle(MappingProxyType, lambda table: (frozen, (dict(table),)))


class RestoreConfig(Struct, frozen=True):
    """What to give back of what chunking destroyed.

    ``whitespace``: ``auto`` restores blank lines and indentation where a dataset has none at all.
    """

    headings: bool = True
    whitespace: str = "auto"


class ThemeConfig(Struct, frozen=True):
    """How the site looks; templates and static files are laid over ours file by file.

    ``edit_url`` holds ``{source}``, ``row_url`` the chunk's ``{id}``, and each address of
    ``open_in`` the ``{url}`` of a page's Markdown. ``strings`` are the interface's words by
    language. ``head`` is HTML for the head of all pages, ``csp`` what browsers may load besides
    what is the site's own: sources by directive.
    """

    templates: Path | None = None
    static: Path | None = None
    logo: Path | None = None
    colors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    footer: str = ""
    announcement: str = ""
    edit_url: str = ""
    row_url: str = ""
    open_in: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    head: str = ""
    csp: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class FeedsConfig(Struct, frozen=True):
    """What to write for machines, and the earlier build whose chunk ids shall not be lost.

    ``index``: search engines may list the pages. ``print_page``: all pages are also on one.
    ``social_images``: each page has a picture for links to it, written in ``social_font``.
    ``content_signal`` is what robots may do.
    """

    markdown: bool = True
    chunks: bool = True
    dataset: bool = False
    index: bool = True
    print_page: bool = False
    social_images: bool = False
    social_font: Path | None = None
    content_signal: str = ""
    previous: Path | None = None


class ApiConfig(Struct, frozen=True):
    """Packages whose sources give the docstrings of API cards; read, never imported."""

    packages: tuple[str, ...] = ()
    search_paths: tuple[Path, ...] = ()


class PublishConfig(Struct, frozen=True):
    """Where the site goes, under which domain, and the old addresses that lead to new ones.

    ``host`` is whose limits hold, if neither ``target`` nor `base_url` tells it.
    """

    target: str = ""
    host: str = ""
    domain: str = ""
    redirects: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class ExternalConfig(Struct, frozen=True):
    """Which addresses of other hosts are asked, and for how many seconds an answer is awaited."""

    enabled: bool = False
    allow: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    timeout: int = 10


class CheckConfig(Struct, frozen=True):
    """What a check looks for, and how much that matters.

    ``rules`` are severities by code: ``off``, ``info``, ``warning``, ``error``. ``page``: a build
    writes the findings as a page of the site.
    """

    rules: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    baseline: Path | None = None
    page: bool = False
    external: ExternalConfig = ExternalConfig()


class VersionConfig(Struct, frozen=True):
    """Which version of a documentation the site is, and where it learns of the others.

    ``list`` is the address of the list of all versions, from the top of this site, and
    ``canonical`` that of the same pages in the latest one. ``date`` is the day of the release,
    ``before`` the ``build.json`` of the version before, by which pages know since when they are.
    """

    name: str = ""
    list: str = ""
    canonical: str = ""
    date: str = ""
    before: Path | None = None


class ListedVersion(Struct, frozen=True):
    """One of several versions that are built side by side, each a site of its own.

    Its ``address`` and its ``aliases`` are folders below the output. A version without an
    ``input`` was built elsewhere and is listed only. What is not said here all of them share.
    """

    name: str = ""
    input: tuple[str, ...] = ()
    config_name: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    date: str = ""
    toctree: Path | None = None
    redirects: Path | None = None


class Config(Struct, frozen=True):
    """All that a build may depend on besides its input; paths are absolute.

    ``inventories`` maps the address of another site to its ``objects.inv`` on this disk.
    ``site_root`` is the path on its host under which links from the host's root are this site's.
    ``search``: ``full`` or true demands an index of the text, ``headings`` makes none, ``auto``
    makes one where the indexer is installed.
    ``bucket`` is where the files go on to from there; an ``output`` that is an address is it.
    ``config_name`` is that of one of several datasets in a folder. ``exclude`` are patterns, as in
    ``.gitignore``, of what below an input folder is no input. ``files`` is a folder that is
    copied to the top of the site as it is. ``extensions`` are names of installed packages'.
    ``dates`` is ``git`` where the history of the pages tells when they were changed.
    ``cluster`` is the address of a Dask scheduler whose workers render; no file may name it.
    ``cache`` is the folder of what builds remember; ``False``: every build starts from nothing.
    ``versions`` are built in the place of ``input``, the newest first.
    """

    input: tuple[str, ...] = ()
    config_name: str = ""
    exclude: tuple[str, ...] = ()
    output: Path = Path("build")
    bucket: str = ""
    title: str = ""
    base_url: str = ""
    site_root: str = ""
    language: str = ""
    toctree: Path | None = None
    redirects: Path | None = None
    files: Path | None = None
    dates: str = ""
    jobs: int = 0
    cluster: str = ""
    strict: bool = False
    clean: bool = False
    cache: Path | bool = False
    search: bool | str = "auto"
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    extensions: tuple[str, ...] = ()
    inventories: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    api: ApiConfig = ApiConfig()
    restore: RestoreConfig = RestoreConfig()
    theme: ThemeConfig = ThemeConfig()
    check: CheckConfig = field(default_factory=CheckConfig)
    publish: PublishConfig = field(default_factory=PublishConfig)
    feeds: FeedsConfig = FeedsConfig()
    version: VersionConfig = VersionConfig()
    versions: tuple[ListedVersion, ...] = ()

    @property
    def canonical_url(self) -> str:
        """Below which address search engines shall list the pages; empty if nobody said so."""
        return self.version.canonical or self.base_url
