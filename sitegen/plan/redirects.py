"""Redirects: ``_redirects.yml`` -> from which permalinks and anchors to which pages lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from sitegen.errors import Diagnostic, Location, PlanError, Severity
from sitegen.model import Document, Site
from sitegen.model.moves import Goal, Moved
from sitegen.urls import PAGE_SUFFIX, is_absolute, permalink

_LARGEST = 4_000_000  # bytes
_NO_ANCHOR = re.compile(r"sg-.*|.*\s.*", re.DOTALL)  # ours, or not to be linked to


class Address(NamedTuple):
    """A permalink, and an anchor if a section is meant."""

    permalink: str
    anchor: str = ""


class Redirect(NamedTuple):
    """One line of the file, ``old: new`` as it is written, and the same as addresses."""

    written: tuple[str, str]
    old: Address
    new: Address
    place: Location


def read_redirects(path: Path) -> tuple[Redirect, ...]:
    """Read a mapping of old paths to new ones, both as documents' ids, with or without a suffix.

    ``#`` and an anchor may follow either of them.

    Raises:
        PlanError: the file cannot be read, is not such a mapping or names an old path twice.
    """
    import yaml  # noqa: PLC0415 - only sites with redirects need it

    whole = Location(file=path.name)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
        # Nodes know their lines; no objects are made of them.
        found = yaml.compose(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise PlanError(f"cannot be read: {error.strerror}", location=whole) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PlanError(f"not valid YAML: {error}", location=whole) from error
    if found is not None and not isinstance(found, yaml.MappingNode):
        raise PlanError("redirects are a mapping of old paths to new ones", location=whole)
    redirects: dict[Address, Redirect] = {}
    for old, new in found.value if found else ():
        place = replace(whole, line=old.start_mark.line + 1)
        if not (
            isinstance(old, yaml.ScalarNode) and isinstance(new, yaml.ScalarNode) and new.value
        ):
            name = old.value[:60] if isinstance(old, yaml.ScalarNode) else "?"
            message = f"{name!r} does not lead from a path to a path"
            raise PlanError(message, location=place, help="write `old/page: new/page`")
        at = _address(old.value)
        if first := redirects.get(at):
            message = f"{old.value!r} is redirected in line {first.place.line} already"
            raise PlanError(message, location=place, help="remove one of the two lines")
        redirects[at] = Redirect((old.value, new.value), at, _address(new.value), place)
    return tuple(redirects.values())


def own_redirects(documents: Iterable[Document], taken: Sequence[Redirect]) -> Iterator[Redirect]:
    """Yield the old paths that pages name themselves, but for those that a file redirects."""
    known = {redirect.old for redirect in taken}
    for document in documents:
        for old in document.redirect_from:
            at = _address(old)
            if at not in known:
                known.add(at)
                new = Address(permalink(document.id))
                yield Redirect((old, document.id), at, new, document.locate(0))


def plan_redirects(
    redirects: Sequence[Redirect],
    site: Site,
    notices: list[Diagnostic],
    own: Set[str] = frozenset(),
) -> tuple[Site, dict[str, Goal]]:
    """Give the site with what moved on each page, and by old permalink where it leads.

    An old path that is a page, also one of the site's ``own`` (permalinks), and a new one that is
    none, is a finding and left out, as is an
    anchor of a page that is neither there nor redirected. A chain of redirects is followed to
    its end.
    """
    titles = {page.permalink: page.title for page in site.pages}
    table = {redirect.old: redirect.new for redirect in redirects}
    planned: dict[str, Goal] = {}
    moved: list[Moved] = []
    for redirect in redirects:
        old, goal = redirect.old, _goal(redirect.old, table, titles)
        if old == Address(old.permalink) and old.permalink in own:
            message = (
                f"{redirect.written[0]!r} is a page of the site itself: its redirect is left out"
            )
            notices.append(Diagnostic("redirect-taken", Severity.WARNING, message, redirect.place))
        elif found := _fault(redirect, goal, table, titles):
            code, message = found
            notices.append(Diagnostic(code, Severity.WARNING, message, redirect.place))
        elif old.anchor:
            moved.append(Moved(*old, *goal, titles[goal.permalink], redirect.place))
        else:
            planned[old.permalink] = Goal(goal.permalink, goal.anchor and f"#{goal.anchor}")
    by_page: dict[str, list[Moved]] = {}
    for each in moved:
        for at in dict.fromkeys((each.old, each.new)):
            by_page.setdefault(at, []).append(each)
    for at, goal_of_page in planned.items():
        planned[at] = goal_of_page._replace(moved=tuple(by_page.get(at, ())))
    pages = (
        replace(page, moved=tuple(by_page[page.permalink])) if page.permalink in by_page else page
        for page in site.pages
    )
    return (replace(site, pages=tuple(pages)) if moved else site), planned


def _fault(
    redirect: Redirect,
    goal: Address,
    table: Mapping[Address, Address],
    titles: Mapping[str, str],
) -> tuple[str, str] | None:
    """Say by code and in words why a redirect cannot be."""
    (old, new), at = redirect.written, redirect.old
    if not at.anchor and at.permalink in titles:
        return "redirect-taken", f"{old!r} is a page: its redirect is left out"
    is_loop = goal == at or (goal.anchor and goal in table)
    if is_absolute(new) or goal.permalink not in titles or is_loop:
        return "redirect-target", f"{old!r} leads to {new!r}, which is no page"
    if at.anchor and _NO_ANCHOR.fullmatch(at.anchor):
        return "redirect-anchor", f"{old!r}: {at.anchor!r} cannot be an anchor of a page"
    if at.anchor and at.permalink not in titles and Address(at.permalink) not in table:
        page = old.partition("#")[0]
        return "redirect-anchor", f"{old!r}: {page!r} is neither a page nor redirected itself"
    return None


def _goal(old: Address, table: Mapping[Address, Address], titles: Mapping[str, str]) -> Address:
    """Follow an address to the end of its chain; pages that are there are an end."""
    at = old
    for _ in range(2 * len(table)):  # each line may be a step of a page and one of an anchor
        page = Address(at.permalink)
        if at in table and (at.anchor or at == old or at.permalink not in titles):
            at = table[at]
        elif page in table and at.permalink not in titles:
            at = Address(table[page].permalink, table[page].anchor or at.anchor)
        else:
            break
    return at


def _address(path: str) -> Address:
    path, _, anchor = path.partition("#")
    page = permalink(PAGE_SUFFIX.sub("", path.strip("/").removeprefix("./")))
    return Address(page, unquote(anchor))
