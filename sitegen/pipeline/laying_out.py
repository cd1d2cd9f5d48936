"""Laying out: bodies as they come -> the files of the pages, made again only where they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from sitegen.config import Config
from sitegen.data import data_folder
from sitegen.errors import Location
from sitegen.feeds.llms import twin
from sitegen.layout.assets import Assets
from sitegen.layout.frame import frame_of
from sitegen.layout.own_pages import own_files
from sitegen.layout.page import lay_out_page, lay_out_social_image
from sitegen.layout.policy import policy_of
from sitegen.layout.templates import Templates
from sitegen.layout.version_mark import VersionMark
from sitegen.model import Body, OutputFile, Page, RenderedPage
from sitegen.model.moves import Goal
from sitegen.pipeline.outlines import Kept, Outlining
from sitegen.pipeline.pages import Once, Pages
from sitegen.pipeline.rendering import Jobs, Rendered
from sitegen.pipeline.taking import Taking
from sitegen.plan.planned import Plan
from sitegen.search import SearchIndex
from sitegen.store.digest import digest
from sitegen.store.recall import Store
from sitegen.store.stamp import EXTENSIONS
from sitegen.urls import NOT_FOUND, output_path
from sitegen.write.sink import Sink


class LayingOut(Struct, frozen=True):
    """What the pages of a site are laid out with, and where they go."""

    config: Config
    plan: Plan
    jobs: Jobs
    assets: Assets
    store: Store
    sink: Sink
    search: SearchIndex


def lay_out(to: LayingOut, rendered: Rendered) -> Pages:
    """Send all pages to the sink, and give them without their texts."""
    plan, sink, config, search = to.plan, to.sink, to.config, to.search
    frame = frame_of(plan.site, Templates(config.theme.templates), to.assets.urls, config)
    look = _look_of(config, plan, to.assets) if to.store.keeps else ""
    drawing = _drawing_of(config, plan)
    mark = VersionMark(frame, sink.beside.version)
    pages = Pages(plan.site, to.jobs, to.jobs.folder, to.store)
    said = pages.descriptions
    not_found: Callable[[], Body] | None = None
    key_of_not_found = ""
    printed = config.feeds.print_page
    kept = Kept(bool(search.parts), bool(config.check.page or printed or EXTENSIONS), printed)
    outlining = Outlining(pages, to.jobs, to.store, kept)
    # What is found beside, in the site of another version, is known there page by page.
    taking = Taking(to.jobs, sink, by_lot=not config.version.name)
    for job, load in rendered:
        taking.turn_to(job)
        body, page = Once(load), pages.page(job.id)
        if job.id == NOT_FOUND:
            not_found, key_of_not_found = body, job.key
        document = partial(to.jobs.document, job.id)
        outline = outlining.of(job, body)
        if search.parts:
            # If it is not made, nobody may ask for its text.
            sought = search.put_aside(body().sought) if body.is_made else partial(_sought, load)
            search.add(page, outline.sought, sought)
        if config.feeds.markdown:
            taken = plan.space.markdown_folders
            key = ("twin", page.permalink, taken, job.key)
            taking.add("twin", (key, partial(twin, page, body, taken), None))
        if config.feeds.social_images:
            drawn_of = (drawing, page.permalink, page.title, outline.description)
            draw = partial(lay_out_social_image, frame, page, outline.description)
            taking.add("picture", (drawn_of, draw, None))
        make = partial(lay_out_page, frame, RenderedPage(page, body, document))
        made_of = (look, _place(page), job.key)
        taking.add("page", (made_of, make, partial(mark.renamed, page)))
    taking.end()
    told = digest((key_of_not_found, sorted(said.items()))) if to.store.keeps else ""
    others = own_files(
        frame, pages.listings, plan.redirects.goals, lambda at: said.get(at, ""), not_found
    )
    _take_own(to, others, (look, told))
    for part in range(search.parts):
        sink.take(("search", part, search.made_of(part)), partial(search.files, part))
    return pages


def _take_own(to: LayingOut, files: Mapping[str, Callable[[], OutputFile]], look: object) -> None:
    """Send the pages that are the site's own to the sink; ``look`` is all else they are made of."""
    config, goals = to.config, to.plan.redirects.goals
    led = {output_path(old): _without_places(goal) for old, goal in goals.items()}
    of_version = config.version, config.base_url  # they lead there from wherever they are shown
    for path, make in files.items():
        to.sink.take((look, of_version, path, led.get(path)), make)


def _sought(load: Callable[[], Body]) -> str:
    return load().sought


def _place(page: Page) -> object:
    """All of a page but its document, of which its body is made too."""
    around = (page.breadcrumbs, page.previous, page.next, page.moved, page.changed)
    return page.permalink, page.title, *around


def _look_of(config: Config, plan: Plan, assets: Assets) -> str:
    """The digest of all that the layout of every page is made of, but for what names its version.

    Where a page says more of its version than the mark, all of that is part of the digest.
    """
    site, theme = plan.site, config.theme
    shows_address = config.feeds.social_images or "social.png" in assets.urls or theme.open_in
    is_own = theme.templates or shows_address
    of_version = (config.version, config.base_url) if is_own else bool(config.version.list)
    policy = policy_of(config.base_url, theme)
    return digest(
        (site.title, site.language, site.navigation, dict(assets.urls), config.canonical_url),
        repr((bool(config.search), config.feeds, theme, policy, of_version)),
        [(page.title, page.permalink, page.document.language) for page in site.pages],
        [file.read_text("utf-8", "replace") for file in sorted(data_folder("templates").iterdir())],
        # A project's own templates may show any page on any page.
        _own_templates(config) and (_own_templates(config), site.pages),
    )


def _drawing_of(config: Config, plan: Plan) -> object:
    """All of what pictures for links are made of that is no page's own."""
    font = config.feeds.social_font
    data = font.read_bytes() if config.feeds.social_images and font and font.is_file() else b""
    return "social", plan.site.title, plan.site.language, dict(config.theme.colors), digest(data)


def _own_templates(config: Config) -> list[tuple[str, str]]:
    folder = config.theme.templates
    files = sorted(folder.rglob("*")) if folder else []
    return [(str(f), f.read_text("utf-8", "replace")) for f in files if f.is_file()]


def _without_places(goal: Goal) -> Goal:
    return goal._replace(moved=tuple(replace(each, place=Location()) for each in goal.moved))
