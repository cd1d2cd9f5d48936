"""The nouns of the configuration: all that a build may depend on besides its input, frozen.

What is said about each key is for the schema (`sitegen.config.schema`); reading does without, so
that a build with nothing to do need not load what it is said by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

if TYPE_CHECKING:
    from msgspec import Meta


@dataclass(frozen=True, slots=True)
class RestoreConfig:
    """What to give back of what chunking destroyed."""

    headings: Annotated[bool, Meta(description="give sections their headings again")] = True
    whitespace: Annotated[
        str,
        Meta(
            description="give blank lines and indentation back; `auto`: to a dataset without any",
            examples=["off"],
        ),
    ] = "auto"


@dataclass(frozen=True, slots=True)
class ThemeConfig:
    """How the site looks."""

    templates: Annotated[
        Path | None,
        Meta(
            description="folder of templates, laid over the theme's file by file",
            examples=["theme/templates"],
        ),
    ] = None
    static: Annotated[
        Path | None,
        Meta(
            description="folder of static files, laid over the theme's file by file",
            examples=["theme/static"],
        ),
    ] = None
    logo: Annotated[
        Path | None, Meta(description="an SVG, PNG or WebP for the header", examples=["logo.svg"])
    ] = None
    colors: Annotated[
        Mapping[str, str],
        Meta(
            description="colours by name; `NAME-dark` is for the dark theme",
            examples=[{"accent": "#7a1f5c"}],
        ),
    ] = field(default_factory=lambda: MappingProxyType({}))
    links: Annotated[
        Mapping[str, str],
        Meta(
            description="titles and addresses for header and footer",
            examples=[{"Code": "https://code.example.org/"}],
        ),
    ] = field(default_factory=lambda: MappingProxyType({}))
    footer: Annotated[
        str,
        Meta(
            description="text at the foot of every page; the site's title if empty",
            examples=["Apache-2.0"],
        ),
    ] = ""
    announcement: Annotated[
        str, Meta(description="text above the header of every page", examples=["Version 2 is out"])
    ] = ""
    edit_url: Annotated[
        str,
        Meta(
            description="where a page's source can be edited; holds `{source}`",
            examples=["https://code.example.org/edit/{source}"],
        ),
    ] = ""
    row_url: Annotated[
        str,
        Meta(
            description="where a chunk's row can be seen; holds its `{id}`",
            examples=["https://data.example.org/rows/{id}"],
        ),
    ] = ""
    open_in: Annotated[
        Mapping[str, str],
        Meta(
            description="names of tools, and addresses with the `{url}` of a page's Markdown",
            examples=[{"Reader": "https://reader.example.org/?u={url}"}],
        ),
    ] = field(default_factory=lambda: MappingProxyType({}))
    strings: Annotated[
        Mapping[str, Mapping[str, str]],
        Meta(
            description="what the interface says instead of its phrases, by language",
            examples=[{"de": {"Next": "Weiter"}}],
        ),
    ] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    """What to write for machines, and the earlier build whose chunk ids shall not be lost."""

    markdown: Annotated[bool, Meta(description="write Markdown twins and llms.txt")] = True
    chunks: Annotated[
        bool, Meta(description="show where chunks stand, and give them addresses")
    ] = True
    dataset: Annotated[bool, Meta(description="write the dataset again, with addresses")] = False
    index: Annotated[bool, Meta(description="search engines may list the pages")] = True
    print_page: Annotated[bool, Meta(description="write all pages on one too")] = False
    content_signal: Annotated[
        str,
        Meta(
            description="what robots may do with the content", examples=["search=yes, ai-train=no"]
        ),
    ] = ""
    previous: Annotated[
        Path | None,
        Meta(
            description="an earlier build, whose chunk ids shall lead on", examples=["last-release"]
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class ApiConfig:
    """Packages whose sources give the docstrings of API cards; read, never imported."""

    packages: Annotated[
        tuple[str, ...],
        Meta(
            description="packages whose sources give docstrings; read, never imported",
            examples=[["mylibrary"]],
        ),
    ] = ()
    search_paths: Annotated[
        tuple[Path, ...],
        Meta(description="folders of the packages; the environment's if empty", examples=[["src"]]),
    ] = ()


@dataclass(frozen=True, slots=True)
class PublishConfig:
    """Where the site goes, under which domain, and the old addresses that lead to new ones."""

    target: Annotated[
        str, Meta(description="where `sitegen publish` sends the site", examples=["gh-pages:"])
    ] = ""
    domain: Annotated[
        str,
        Meta(description="the site's own domain on GitHub Pages", examples=["docs.example.org"]),
    ] = ""
    redirects: Annotated[
        Mapping[str, str],
        Meta(description="old addresses to new ones", examples=[{"old/page/": "new/page/"}]),
    ] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ExternalConfig:
    """Which addresses of other hosts are asked, and for how many seconds an answer is awaited."""

    enabled: Annotated[bool, Meta(description="ask addresses of other hosts too")] = False
    allow: Annotated[
        tuple[str, ...],
        Meta(
            description="patterns of hosts that are asked; all public ones if empty",
            examples=[["*.example.org"]],
        ),
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        Meta(
            description="patterns of addresses that are not asked",
            examples=[["https://example.org/login*"]],
        ),
    ] = ()
    timeout: Annotated[int, Meta(description="seconds for an answer")] = 10


@dataclass(frozen=True, slots=True)
class CheckConfig:
    """What a check looks for, and how much that matters."""

    rules: Annotated[
        Mapping[str, str],
        Meta(
            description="severities by code: `off`, `info`, `warning` or `error`",
            examples=[{"text-short": "off"}],
        ),
    ] = field(default_factory=lambda: MappingProxyType({}))
    baseline: Annotated[
        Path | None, Meta(description="file of findings that are known", examples=["known.json"])
    ] = None
    page: Annotated[bool, Meta(description="write the findings as a page of the site")] = False
    external: ExternalConfig = ExternalConfig()


@dataclass(frozen=True, slots=True)
class Config:
    """All that a build may depend on besides its input; paths are absolute."""

    input: Annotated[
        tuple[str, ...],
        Meta(description="files, folders or globs", examples=[["data/part-*.parquet"]]),
    ] = ()
    config_name: Annotated[
        str,
        Meta(description="which configuration of a dataset folder to read", examples=["chunks"]),
    ] = ""
    output: Annotated[Path, Meta(description="the site's folder", examples=["site"])] = Path(
        "build"
    )
    title: Annotated[
        str, Meta(description="the site's title; from the data if empty", examples=["My Library"])
    ] = ""
    base_url: Annotated[
        str,
        Meta(
            description="where the site will live; adds a sitemap and canonical addresses",
            examples=["https://docs.example.org/"],
        ),
    ] = ""
    language: Annotated[
        str,
        Meta(
            description="the site's language; from the data, else English, if empty",
            examples=["de"],
        ),
    ] = ""
    toctree: Annotated[
        Path | None,
        Meta(
            description="authored order and titles; the input folder's own if not given",
            examples=["_toctree.yml"],
        ),
    ] = None
    redirects: Annotated[
        Path | None,
        Meta(
            description="where old pages lead; the input folder's own if not given",
            examples=["_redirects.yml"],
        ),
    ] = None
    files: Annotated[
        Path | None,
        Meta(
            description="a folder whose files are copied to the top of the site as they are",
            examples=["files"],
        ),
    ] = None
    jobs: Annotated[
        int, Meta(description="worker processes; 0 is one per processor, 1 is none")
    ] = 0
    strict: Annotated[bool, Meta(description="exit with 3 if there are warnings")] = False
    clean: Annotated[bool, Meta(description="write all files anew, also equal ones")] = False
    cache: Annotated[
        Path | bool,
        Meta(
            description="the folder of what builds remember; `false`: each starts from nothing",
            examples=[".sitegen"],
        ),
    ] = False
    search: Annotated[
        bool | str,
        Meta(
            description="`full` or true: an index of the text; `auto`: if the indexer is installed",
            examples=["full"],
        ),
    ] = "auto"
    columns: Annotated[
        Mapping[str, str],
        Meta(
            description="our column names to the dataset's; `false`: none is guessed",
            examples=[{"text": "page_content"}],
        ),
    ] = field(default_factory=lambda: MappingProxyType({}))
    extensions: Annotated[
        tuple[str, ...],
        Meta(description="names of extensions of installed packages", examples=[["steps"]]),
    ] = ()
    inventories: Annotated[
        Mapping[str, str],
        Meta(
            description="addresses of other sites to their `objects.inv` on this disk",
            examples=[{"https://docs.example.org/other/": "other.inv"}],
        ),
    ] = field(default_factory=lambda: MappingProxyType({}))
    api: ApiConfig = ApiConfig()
    restore: RestoreConfig = RestoreConfig()
    theme: ThemeConfig = ThemeConfig()
    check: CheckConfig = field(default_factory=CheckConfig)
    publish: PublishConfig = field(default_factory=PublishConfig)
    feeds: FeedsConfig = FeedsConfig()


def types_of(kind: type) -> dict[str, Any]:
    """The types of the keys of a table, without what is said about them."""
    return get_type_hints(kind, localns={"Meta": lambda **_: None})
