"""Health: findings -> a page of the site, through the templates; nothing links to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from msgspec import Struct

from sitegen.check import judge
from sitegen.check.catalogue import words_of
from sitegen.check.examined import Examined
from sitegen.config import Config
from sitegen.errors import Diagnostic, Severity
from sitegen.layout.frame import fill, frame_of, values_at
from sitegen.layout.templates import Templates
from sitegen.model import Document, OutputFile, RenderedPage, Site
from sitegen.urls import relative

MOST = 2_000  # findings that a page lists; sitegen check lists all


class Rule(Struct, frozen=True):
    """What the table of rules shows."""

    code: str
    severity: str
    count: int
    meaning: str


class Item(Struct, frozen=True):
    """A finding as the template gets it; ``href`` leads to the section that it is in."""

    finding: Diagnostic
    href: str


class Group(Struct, frozen=True):
    """A page with its findings; without a title: what concerns the dataset as a whole."""

    title: str
    href: str
    items: tuple[Item, ...]


def health_page(
    site: Site, examined: Examined, config: Config, assets: Mapping[str, str]
) -> OutputFile:
    """Lay out all findings by page, with links to their places.

    The same dataset gives the same page: other hosts and baselines do not count here.
    """
    findings = judge(examined, config.check)
    frame = frame_of(site, Templates(config.theme.templates), assets, config)
    here = frame.own["health"]
    pages = {page.page.document.id: page for page in examined.pages}
    values = {
        "total": len(findings),
        "most": MOST,
        "rules": _rules(findings),
        "groups": tuple(
            _group(pages.get(id), here, tuple(group))
            for id, group in groupby(findings[:MOST], key=lambda finding: finding.location.page)
        ),
    }
    return fill(frame, here, "health.html", values_at(frame, here, "Health report") | values)


def _rules(findings: Sequence[Diagnostic]) -> tuple[Rule, ...]:
    weights = list(Severity)
    counts = Counter((finding.severity, finding.code) for finding in findings)
    return tuple(
        Rule(code, severity.value, number, words_of(code)[0])
        for (severity, code), number in sorted(
            counts.items(), key=lambda item: (-weights.index(item[0][0]), item[0][1])
        )
    )


def _group(page: RenderedPage | None, here: str, findings: tuple[Diagnostic, ...]) -> Group:
    if page is None:
        return Group("", "", tuple(Item(finding, "") for finding in findings))
    href, document = relative(here, page.page.permalink), page.document
    items = tuple(Item(finding, href + _anchor(document, finding)) for finding in findings)
    return Group(page.page.title, href, items)


def _anchor(document: Document, finding: Diagnostic) -> str:
    anchor = document.section_at(finding.location.line_of_page or 0).anchor
    return f"#{quote(anchor)}" if anchor else ""
