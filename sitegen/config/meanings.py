"""Meanings: what is said of each key of the configuration, for the schema alone.

They stand apart from the nouns: a build that has nothing to do must not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Meta

from sitegen.config import (
    ApiConfig,
    CheckConfig,
    Config,
    ExternalConfig,
    FeedsConfig,
    ListedVersion,
    PublishConfig,
    RestoreConfig,
    ThemeConfig,
    VersionConfig,
)


def _said(description: str, *examples: Any) -> Meta:
    return Meta(description=description, examples=[*examples] or None)


MEANINGS: Mapping[type, Mapping[str, Meta]] = MappingProxyType(
    {
        Config: {
            "input": _said("files, folders or globs", ["data/part-*.parquet"]),
            "config_name": _said("which configuration of a dataset folder to read", "chunks"),
            "exclude": _said(
                "what below an input folder is no input, in the patterns of .gitignore", ["drafts/"]
            ),
            "output": _said("the site's folder, or a place in a bucket", "site"),
            "bucket": _said("the place in a bucket that a build fills", "s3://bucket/docs"),
            "title": _said("the site's title; from the data if empty", "My Library"),
            "base_url": _said(
                "where the site will live; adds a sitemap and canonical addresses",
                "https://docs.example.org/",
            ),
            "site_root": _said(
                "where links such as `/docs/page` count from; found by itself if empty", "/docs/"
            ),
            "dates": _said("`git`: pages have the day of their last commit", "git"),
            "language": _said("the site's language; from the data, else English, if empty", "de"),
            "toctree": _said(
                "authored order and titles; the input folder's own if not given", "_toctree.yml"
            ),
            "redirects": _said(
                "where old pages lead; the input folder's own if not given", "_redirects.yml"
            ),
            "files": _said(
                "a folder whose files are copied to the top of the site as they are", "files"
            ),
            "jobs": _said("worker processes; 0 is one per processor, 1 is none"),
            "strict": _said("exit with 3 if there are warnings"),
            "clean": _said("write all files anew, also equal ones; drop versions not listed"),
            "cache": _said(
                "the folder of what builds remember; `false`: each starts from nothing", ".sitegen"
            ),
            "search": _said(
                "`full` or true: an index of the text; `auto`: if the indexer is installed", "full"
            ),
            "columns": _said(
                "our column names to the dataset's; `false`: none is guessed",
                {"text": "page_content"},
            ),
            "extensions": _said("names of extensions of installed packages", ["steps"]),
            "inventories": _said(
                "addresses of other sites to their `objects.inv` on this disk",
                {"https://docs.example.org/other/": "other.inv"},
            ),
            "versions": _said(
                "versions that are built side by side, the newest first",
                [{"name": "2.0", "input": "v2.parquet"}, {"name": "1.0", "input": "v1.parquet"}],
            ),
        },
        ApiConfig: {
            "packages": _said(
                "packages whose sources give docstrings; read, never imported", ["mylibrary"]
            ),
            "search_paths": _said("folders of the packages; the environment's if empty", ["src"]),
        },
        RestoreConfig: {
            "headings": _said("give sections their headings again"),
            "whitespace": _said(
                "give blank lines and indentation back; `auto`: to a dataset without any", "off"
            ),
        },
        ThemeConfig: {
            "templates": _said(
                "folder of templates, laid over the theme's file by file", "theme/templates"
            ),
            "static": _said(
                "folder of static files, laid over the theme's file by file", "theme/static"
            ),
            "logo": _said("an SVG, PNG or WebP for the header", "logo.svg"),
            "colors": _said(
                "colours by name; `NAME-dark` is for the dark theme", {"accent": "#7a1f5c"}
            ),
            "links": _said(
                "titles and addresses for header and footer", {"Code": "https://code.example.org/"}
            ),
            "footer": _said(
                "text at the foot of every page; the site's title if empty", "Apache-2.0"
            ),
            "announcement": _said("text above the header of every page", "Version 2 is out"),
            "edit_url": _said(
                "where a page's source can be edited; holds `{source}`",
                "https://code.example.org/edit/{source}",
            ),
            "row_url": _said(
                "where a chunk's row can be seen; holds its `{id}`",
                "https://data.example.org/rows/{id}",
            ),
            "open_in": _said(
                "names of tools, and addresses with the `{url}` of a page's Markdown",
                {"Reader": "https://reader.example.org/?u={url}"},
            ),
            "strings": _said(
                "what the interface says instead of its phrases, by language",
                {"de": {"Next": "Weiter"}},
            ),
            "head": _said(
                "HTML for the head of all pages",
                '<script defer src="https://stats.example.org/s.js"></script>',
            ),
            "csp": _said(
                "sources that browsers may load from besides the site itself, by directive",
                {"script-src": "https://stats.example.org"},
            ),
        },
        FeedsConfig: {
            "markdown": _said("write Markdown twins and llms.txt"),
            "chunks": _said("show where chunks stand, and give them addresses"),
            "dataset": _said("write the dataset again, with addresses"),
            "index": _said("search engines may list the pages"),
            "print_page": _said("write all pages on one too"),
            "social_images": _said("draw a picture of each page for links to it elsewhere"),
            "social_font": _said("the font of these pictures", "fonts/NotoSansJP-Bold.otf"),
            "content_signal": _said(
                "what robots may do with the content", "search=yes, ai-train=no"
            ),
            "previous": _said("an earlier build, whose chunk ids shall lead on", "last-release"),
        },
        CheckConfig: {
            "rules": _said(
                "severities by code: `off`, `info`, `warning` or `error`", {"text-short": "off"}
            ),
            "baseline": _said("file of findings that are known", "known.json"),
            "page": _said("write the findings as a page of the site"),
        },
        ExternalConfig: {
            "enabled": _said("ask addresses of other hosts too"),
            "allow": _said(
                "patterns of hosts that are asked; all public ones if empty", ["*.example.org"]
            ),
            "ignore": _said(
                "patterns of addresses that are not asked", ["https://example.org/login*"]
            ),
            "timeout": _said("seconds for an answer"),
        },
        PublishConfig: {
            "target": _said("where `sitegen publish` sends the site", "gh-pages:"),
            "host": _said("whose limits hold: `none`, or a host's name", "cloudflare-pages"),
            "domain": _said("the site's own domain on GitHub Pages", "docs.example.org"),
            "redirects": _said("old addresses to new ones", {"old/page/": "new/page/"}),
        },
        VersionConfig: {
            "name": _said("which version the site is; set by `versions`", "2.0"),
            "list": _said("the list of all versions, from the top of the site", "../versions.json"),
            "canonical": _said(
                "below which address the latest version has the same pages",
                "https://docs.example.org/latest/",
            ),
            "date": _said("the day of its release", "2026-05-01"),
            "before": _said("the `build.json` of the version before", "../v1/build.json"),
        },
        ListedVersion: {
            "name": _said("how readers call it", "2.0"),
            "input": _said("its files or folders; built elsewhere if empty", "v2.parquet"),
            "config_name": _said("which configuration of its dataset folder to read", "chunks"),
            "address": _said("its folder below the site; its name if empty", "v2"),
            "aliases": _said(
                "further folders; `latest` for the latest if nobody has any", "stable"
            ),
            "date": _said("the day of its release, for the feed of changes", "2026-05-01"),
            "toctree": _said("its order and titles, in place of those of all", "v2/_toctree.yml"),
            "redirects": _said("where its old pages lead", "v2/_redirects.yml"),
        },
    }
)
"""By table and key: what the key is for, and examples of its values."""
