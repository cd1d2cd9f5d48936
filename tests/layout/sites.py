"""Sites of a few pages that are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import html5lib

from sitegen.config import Config, FeedsConfig
from sitegen.layout.assets import load_assets
from sitegen.layout.frame import frame_of
from sitegen.layout.listings import listings
from sitegen.layout.own_pages import own_files
from sitegen.layout.page import lay_out_page
from sitegen.layout.templates import Templates
from sitegen.model import (
    Body,
    Document,
    Heading,
    NavItem,
    OutputFile,
    Page,
    RenderedPage,
    Section,
    Site,
)
from sitegen.model.moves import Goal

ASSETS = load_assets()


def page(permalink: str, title: str = "", **more: Any) -> Page:
    name = permalink.strip("/") or "index"
    sections = (Section(0, "", "0_0", "docs.parquet", 0),)
    document = Document(name, f"/home/somebody/docs/{name}.md", "", sections, title=title or name)
    return Page(document.head(), title or name, permalink, **more)


def rendered(page: Page, body: Body) -> RenderedPage:
    sections = (Section(0, "", "0_0", "docs.parquet", 0),)
    return RenderedPage(page, lambda: body, lambda: Document(page.document.id, "", "", sections))


def body(html: str = "<h1>Title</h1><p>Text</p>", *headings: Heading) -> Body:
    return Body(html, headings, description="What it says.")


def site(*pages: Page, navigation: tuple[NavItem, ...] | None = None, **more: Any) -> Site:
    items = navigation or tuple(NavItem(each.title, each.permalink) for each in pages)
    return Site(more.pop("title", "Docs"), pages, items, **more)


def lay_out(
    site: Site,
    pages: Iterable[RenderedPage],
    config: Config,
    *,
    assets: Mapping[str, str],
    redirects: Mapping[str, Goal] = MappingProxyType({}),
) -> Iterator[OutputFile]:
    """Lay out pages as they arrive, then the pages of the site itself."""
    frame = frame_of(site, Templates(config.theme.templates), assets, config)
    yield from (lay_out_page(frame, page) for page in pages)
    for make in own_files(
        frame, listings(frame.site), redirects, lambda _: "What it says."
    ).values():
        yield make()


def laid_out(a_site: Site, a_body: Body | None = None, **more: Any) -> dict[str, str]:
    assets = more.pop("assets", ASSETS.urls)
    redirects = more.pop("redirects", {})
    config = Config(**({"search": False, "feeds": FeedsConfig(False, False)} | more))
    pages = (rendered(each, a_body or body()) for each in a_site.pages)
    files = lay_out(a_site, pages, config, assets=assets, redirects=redirects)
    return {file.path: file.data.decode() for file in files}


def tree(html: str) -> Any:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parsed = parser.parse(html)
    assert not parser.errors, parser.errors
    return parsed


def nested(count: int) -> Site:
    """Make a site of folders with ten pages each and one folder that holds half of all pages."""
    pages = [page(f"f{n // 10}/p{n:05}/", f"Page {n:05}") for n in range(count // 2)]
    crowd = [page(f"model_doc/m{n:05}/", f"Model {n:05}") for n in range(count // 2)]
    items = [NavItem(each.title, each.permalink) for each in pages]
    folders = [NavItem(f"F{n}", None, tuple(items[n : n + 10])) for n in range(0, len(items), 10)]
    models = NavItem("Models", None, tuple(NavItem(m.title, m.permalink) for m in crowd))
    return site(*pages, *crowd, navigation=(models, *folders))
