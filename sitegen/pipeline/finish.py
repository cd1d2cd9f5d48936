"""Finish: outlines of all pages -> what is wrong, and the files that need all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sitegen.check.links import LinkReport, check_links
from sitegen.config import Config
from sitegen.errors import Diagnostic, Location, ReadError
from sitegen.model import OutputFile, RenderedPage
from sitegen.plan.planned import Plan
from sitegen.read import find_assets
from sitegen.search import search_notices


class Found(NamedTuple):
    """What became of the links, and all findings of all stages."""

    links: LinkReport
    findings: tuple[Diagnostic, ...]


def content_assets(config: Config) -> Iterator[OutputFile]:
    """Copy the images and other files of the input.

    Raises:
        ReadError: one cannot be read, or no host could serve its name.
    """
    for path, file in find_assets(config.input):
        place = Location(file=path)
        if "\\" in path:
            raise ReadError("a backslash in a file's name", location=place, help="rename the file")
        try:
            yield OutputFile(path, file.read_bytes())
        except OSError as error:
            raise ReadError(f"cannot be read: {error.strerror}", location=place) from error


def look_up(
    config: Config, plan: Plan, pages: Sequence[RenderedPage], paths: Iterable[str]
) -> Found:
    """Look up the links between pages, and gather what all stages have found.

    Each finding matters as much as the configuration says. ``paths`` are those of all files.
    """
    links = check_links(pages, frozenset(paths))
    rendering = (finding for page in pages for finding in page.body.diagnostics)
    found = (*plan.notices, *search_notices(config.search), *rendering, *links.diagnostics)
    if not config.check.rules:
        return Found(links, found)
    from sitegen.check import weigh

    return Found(links, weigh(found, config.check.rules))
