"""Layout keys: all that a page is laid out from -> a digest, by which the next build knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sitegen.config import Config
from sitegen.data import data_folder
from sitegen.errors import Location
from sitegen.model import Page, Site
from sitegen.model.moves import Goal
from sitegen.record import is_kept
from sitegen.store.cache import digest
from sitegen.urls import output_path


class LayoutKeys(NamedTuple):
    """What digest all that a file is laid out from: a page with the key of its body, or another."""

    of_page: Callable[[Page, str], str]
    of_other: Callable[[str], str]


def layout_keys(
    config: Config,
    site: Site,
    assets: Mapping[str, str],
    redirects: Mapping[str, Goal],
) -> LayoutKeys:
    """Give what digests the layout of pages, and of the pages of the site itself by their paths."""
    if not is_kept(config):
        return LayoutKeys(lambda _, key: key, lambda _: "")
    common = digest(
        (site.title, site.language, site.navigation, dict(assets), config.base_url),
        repr((bool(config.search), config.feeds, config.theme)),
        [(page.title, page.permalink, page.document.language) for page in site.pages],
        [file.read_text("utf-8", "replace") for file in sorted(data_folder("templates").iterdir())],
        # A project's own templates may show any page on any page.
        _own_templates(config) and (_own_templates(config), site.pages),
    )
    goals = {output_path(old): _without_places(goal) for old, goal in redirects.items()}
    return LayoutKeys(
        lambda page, key: digest(
            (common, page.permalink, page.title, page.breadcrumbs),
            (page.previous, page.next, page.moved, key),
        ),
        lambda path: digest(common, path, goals.get(path)),
    )


def _without_places(goal: Goal) -> Goal:
    return goal._replace(moved=tuple(replace(each, place=Location()) for each in goal.moved))


def _own_templates(config: Config) -> list[tuple[str, str]]:
    folder = config.theme.templates
    files = sorted(folder.rglob("*")) if folder else []
    return [(str(f), f.read_text("utf-8", "replace")) for f in files if f.is_file()]
