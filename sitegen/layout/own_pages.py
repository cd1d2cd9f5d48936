"""Own pages: what a site has besides the pages of its input, and the pages that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from markupsafe import Markup
from msgspec import Struct

from sitegen.layout.aliases import lead
from sitegen.layout.cards import section_cards
from sitegen.layout.frame import Frame, fill, root_of, values_at
from sitegen.layout.listings import Describe, Listing, listing_page
from sitegen.model import Body, OutputFile
from sitegen.model.moves import Goal
from sitegen.plan.folders import start_of
from sitegen.urls import NOT_FOUND, is_absolute, output_path, relative

_NAMED = 8  # sections that the description of a start page names
_DEPTH = 7  # of addresses from which a page for what is not there finds its site


class OwnPage(Struct, frozen=True):
    """A page of the site's own: its template, its title (a phrase), and what else it shows."""

    template: str
    title: str
    values: Callable[[Frame, str, Describe], Mapping[str, Any]] = lambda *_: {}


def _start(frame: Frame, here: str, describe: Describe) -> Mapping[str, Any]:
    site = frame.site
    own = [page for page in site.pages if page.document.language in {"", site.language}]
    # Libraries have a start page each: none of them speaks for the site.
    first = None if site.libraries else start_of(own or site.pages)
    names = ", ".join(item.title for item in site.navigation[:_NAMED])
    said = describe(first.permalink) if first else ""
    say = frame.voice(site.language).say
    return {
        "cards": section_cards(site, root_of(here), say, describe),
        "first": first and relative(here, first.permalink),
        "said": said,
        "description": said or (f"{site.title}: {names}" if names else site.title),
    }


def _all_pages(frame: Frame, here: str, _: Describe) -> Mapping[str, Any]:
    tree = frame.voice(frame.site.language).sidebar.contents(root_of(here))
    return {"tree": Markup(tree)}  # noqa: S704 - escaped there


def _branch_page(frame: Frame, here: str, number: int, title: str) -> OutputFile:
    """The list of all pages of one branch."""
    tree = frame.voice(frame.site.language).sidebar.branch(number, root_of(here))
    values = values_at(frame, here, title) | {"tree": Markup(tree)}  # noqa: S704 - escaped there
    return fill(frame, here, "all-pages.html", values)


def _not_found(frame: Frame, body: Callable[[], Body] | None) -> OutputFile:
    """The page for what is not there: the input's own, if it has one.

    It is shown at any depth, so its links start at the host's root. A script looks for the site's
    root, first where it was said to be, then upwards.
    """
    root = urlsplit(frame.base_url).path or "/"
    page = next((page for page in frame.site.pages if page.document.id == NOT_FOUND), None)
    title = page.title if page and body else frame.said("Page not found")
    values = values_at(frame, "404.html", title)
    said = (root,) if frame.base_url else ()
    values |= {
        "root": root,
        "canonical": "",
        "cards": section_cards(frame.site, root, frame.voice(frame.site.language).say),
        "ups": (*said, "./", *("../" * depth for depth in range(1, _DEPTH))),
        "body": "",
    }
    if page and body:
        from sitegen.render.html.finished import with_addresses  # noqa: PLC0415 - few have any

        here = f"{root}{quote(page.permalink)}"
        html = with_addresses(body().html, partial(urljoin, here))
        values["body"] = Markup(html)  # noqa: S704 - sanitised by render
    return fill(frame, "404.html", "404.html", values)


OWN_PAGES = {
    "": OwnPage("landing.html", "", _start),
    "site-index": OwnPage("all-pages.html", "All pages", _all_pages),
    "search": OwnPage("search.html", "Search"),
    "chunk": OwnPage("chunk.html", "Find a chunk"),
}
"""By name, which is the address where no page of the input has it. Feeds make further ones."""


def own_files(
    frame: Frame,
    listings: Iterable[Listing],
    redirects: Mapping[str, Goal],
    describe: Describe,
    not_found: Callable[[], Body] | None = None,
) -> dict[str, Callable[[], OutputFile]]:
    """By output path, what makes each page of the site's own, each of ``listings``, each redirect.

    ``not_found`` is the body of the input's page for addresses that do not exist, if it has one.
    What they make raises `TemplateError`.
    """
    made: dict[str, Callable[[], OutputFile]] = {
        output_path(each.item.listed): partial(listing_page, frame, each, describe)
        for each in listings
    }
    made |= {
        output_path(old): partial(_redirect, frame, old, goal) for old, goal in redirects.items()
    }
    for name, here in frame.own.items():
        if name in OWN_PAGES:
            made[output_path(here)] = partial(own_page, frame, OWN_PAGES[name], here, describe)
    branches = frame.voice(frame.site.language).sidebar.branches()
    for number, title in branches.items():
        here = f"{frame.own['site-index']}{number}/"
        made[output_path(here)] = partial(_branch_page, frame, here, number, title)
    return made | {"404.html": partial(_not_found, frame, not_found)}


def own_page(
    frame: Frame, own: OwnPage, here: str, describe: Describe = lambda _: ""
) -> OutputFile:
    """The file of one of the site's own pages.

    Raises:
        TemplateError: naming the template and the line at fault.
    """
    values = values_at(frame, here, own.title and frame.said(own.title))
    return fill(frame, here, own.template, {**values, **own.values(frame, here, describe)})


def _redirect(frame: Frame, old: str, goal: Goal) -> OutputFile:
    """The page at an old address that leads to the new one."""
    is_away = is_absolute(goal.permalink)
    to = goal.permalink if is_away else relative(old, goal.permalink) + goal.fragment
    values = values_at(frame, "" if is_away else goal.permalink, frame.said("Moved"))
    values |= {
        "root": root_of(old),
        "to": to,
        "canonical": to if is_away else values["canonical"],
        "leads": tuple(lead(old, moved) for moved in goal.moved),
    }
    return fill(frame, old, "redirect.html", values)
