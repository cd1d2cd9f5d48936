"""Redirects: ``_redirects.yml`` -> from which permalinks and anchors to which pages lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.errors import Diagnostic, Severity
from sitegen.model import Head, Site
from sitegen.model.moves import Goal, Moved, Redirects
from sitegen.plan.addresses import Address, There
from sitegen.plan.near import NearPages
from sitegen.plan.redirect_file import ALL, Redirect
from sitegen.scan.patterns import rare
from sitegen.urls import PAGE_SUFFIX, fold, is_absolute, permalink

Place = TypeVar("Place")
_NO_ANCHOR = rare(r"sg-.*|.*\s.*", re.DOTALL)  # ours, or not to be linked to
_HOST_ONLY = "works only on hosts that read _redirects, such as Netlify and Cloudflare"


def plan_redirects(
    redirects: Sequence[Redirect], site: Site, notices: list[Diagnostic], there: There
) -> tuple[Site, Redirects]:
    """Give the site with what moved on each page, and where old addresses lead.

    What cannot lead on is a finding and left out: an old path where something stands, a new one
    that is nothing, an anchor of a page that is neither there nor redirected. A chain is followed
    to its end.
    """
    table = {redirect.old: redirect.new for redirect in redirects}
    planned = _Planned(there, notices)
    pages_near = NearPages(address.rstrip("/") or "index" for address in there.titles)
    moved: list[Moved] = []
    for redirect in redirects:
        if ALL in redirect.written[0]:
            continue
        old, goal = redirect.old, _goal(redirect.old, table, there.titles)
        if found := _fault(redirect, goal, table, there):
            is_lost = found[0] == "redirect-target" and not _is_in_a_circle(old, table)
            near = _near(redirect, pages_near) if is_lost else ""
            notices.append(replace(_finding(redirect, *found), help=near))
        elif old.anchor:
            moved.append(Moved(*old, *goal, there.titles[goal.permalink], redirect.place))
        else:
            planned.add(redirect, goal)
    for redirect in redirects:  # what a line says of one page counts more than of all below
        if ALL in redirect.written[0]:
            planned.add_all(redirect)
    by_page: dict[str, list[Moved]] = {}
    for each in moved:
        for at in dict.fromkeys((each.old, each.new)):
            by_page.setdefault(at, []).append(each)
    pages = (
        replace(page, moved=tuple(by_page[page.permalink])) if page.permalink in by_page else page
        for page in site.pages
    )
    goals = {at: g._replace(moved=tuple(by_page.get(at, ()))) for at, g in planned.goals.items()}
    site = replace(site, pages=tuple(pages)) if moved else site
    return site, Redirects(goals, planned.rules)


def led_on(
    redirects: Sequence[Redirect], documents: Iterable[Head]
) -> tuple[tuple[str, str, str], ...]:
    """The old permalinks of pages in order, each with the document and the anchor it leads to.

    Links go there without a detour. What leads to files and other hosts is not among them.
    """
    if not redirects:
        return ()
    pages = {permalink(document.id): document.id for document in documents}
    table = {redirect.old: redirect.new for redirect in redirects}
    found: dict[str, tuple[str, str, str]] = {}
    for old in table:
        at = permalink(PAGE_SUFFIX.sub("", old.permalink.rstrip("/")))
        goal = _goal(old, table, pages)
        if not old.anchor and goal.permalink in pages and at not in pages:
            found[at] = at, pages[goal.permalink], goal.anchor
    for (written, new), above, below, _ in redirects:
        if written.endswith(f"/{ALL}") and new.endswith(f"/{ALL}"):
            for page in (page for page in pages if page.startswith(below.permalink)):
                at = above.permalink + page[len(below.permalink) :]
                found.setdefault(at, (at, pages[page], ""))
    return tuple(found[at] for at in sorted(found) if at not in pages)


def check_rules(rules: Mapping[str, str], there: There, base_path: str) -> Iterator[Diagnostic]:
    """Look up where the configured rules for hosts begin and lead, as far as that is here."""

    def place(address: str) -> str | None:
        """The path of a page or a file; none where an address is not one place of this site."""
        if is_absolute(address) or ":" in address or ALL in address:
            return None
        path, top = unquote(re.split(r"[?#]", address)[0]), unquote(base_path).rstrip("/")
        if path.startswith("/") and path != top and not path.startswith(f"{top}/"):
            return None
        return path.removeprefix(top).removesuffix("index.html").strip("/")

    table = {place(old): place(new) for old, new in rules.items()}
    for old, new in sorted(rules.items()):
        at, path = place(old), place(new)
        said, code = f"publish.redirects: {old!r}", "redirect-target"
        if at is not None and (what := there.at(at and f"{at}/") or there.at(at)):
            said, code = f"{said} is {what}, and hosts give that", "redirect-taken"
        elif path is None or there.at(path and f"{path}/") or there.at(path):
            continue
        elif path not in table:
            said = f"{said} leads to {new!r}, which is no page and no file"
        elif _is_in_a_circle(path, table):
            said = f"{said} leads in a circle by {new!r}"
        else:
            continue
        yield Diagnostic(code, Severity.WARNING, said, help="correct the path, or remove the rule")


def _is_in_a_circle(place: Place, table: Mapping[Place, Place]) -> bool:
    seen = set[Place]()
    while place is not None and place in table:
        if place in seen:
            return True
        seen.add(place)
        place = table[place]
    return False


class _Planned:
    """Redirects that can be: files that lead on, and rules for hosts."""

    def __init__(self, there: There, notices: list[Diagnostic]) -> None:
        self.goals: dict[str, Goal] = {}
        self.rules: dict[str, str] = {}
        self._there, self._notices = there, notices
        self._taken = {fold(page): page for page in there.titles}

    def add(self, redirect: Redirect, goal: Address) -> None:
        """Lead from one address; what only a host can tell apart is a rule for hosts."""
        old = redirect.old.permalink
        if (other := self._taken.setdefault(fold(old), old)) == old:
            self.goals[old] = Goal(goal.permalink, goal.anchor and f"#{goal.anchor}")
            return
        message = f"{redirect.written[0]!r} and {other!r} differ in letter case alone"
        self._note(redirect, "redirect-host", f"{message}: the redirect {_HOST_ONLY}")
        self.rules[old] = goal.permalink  # what follows `#` is a comment to some hosts

    def add_all(self, redirect: Redirect) -> None:
        """Lead from all below a folder: to pages of the same names, or by a rule for hosts."""
        (old, new), above = redirect.written, redirect.old.permalink
        if not old.endswith(f"/{ALL}") or ALL in old[:-1]:
            self._note(redirect, "redirect-target", f"{old!r}: {ALL} stands for the end of a path")
        elif new.endswith(f"/{ALL}") and not is_absolute(new):
            self._add_same(redirect)
        elif not self._there.leads(redirect.new.permalink.removesuffix(ALL), anchor=False):
            self._note(redirect, "redirect-target", f"{old!r} leads to {new!r}, which is no page")
        elif redirect.new.permalink.startswith(above):
            self._note(redirect, "redirect-target", f"{old!r} leads to itself by {new!r}")
        else:
            self._note(redirect, "redirect-host", f"the redirect of {old!r} {_HOST_ONLY}")
            self.rules[above + ALL] = redirect.new.permalink.replace(ALL, ":splat")

    def _add_same(self, redirect: Redirect) -> None:
        above, goal = redirect.old.permalink, redirect.new.permalink
        below = [page for page in self._there.titles if page.startswith(goal)]
        for page in below:
            at = above + page[len(goal) :]
            if not self._there.at(at) and self._taken.setdefault(fold(at), at) == at:
                self.goals.setdefault(at, Goal(page))
        if not below:
            old, new = redirect.written
            self._note(redirect, "redirect-target", f"{old!r} leads to {new!r}: no page is there")

    def _note(self, redirect: Redirect, code: str, message: str) -> None:
        self._notices.append(_finding(redirect, code, message))


def _finding(redirect: Redirect, code: str, message: str) -> Diagnostic:
    severity = Severity.INFO if code == "redirect-host" else Severity.WARNING
    return Diagnostic(code, severity, message, redirect.place)


def _near(redirect: Redirect, pages: NearPages) -> str:
    """The page that a redirect may mean by one that is not there."""
    meant = PAGE_SUFFIX.sub("", redirect.written[1].partition("#")[0].strip("/"))
    return pages.to(meant)


def _fault(
    redirect: Redirect, goal: Address, table: Mapping[Address, Address], there: There
) -> tuple[str, str] | None:
    """Say by code and in words why a redirect cannot be."""
    (old, new), at = redirect.written, redirect.old
    if is_absolute(old):
        return "redirect-taken", f"{old!r} is no path of this site: its redirect is left out"
    if not at.anchor and (what := there.at(at.permalink)):
        return "redirect-taken", f"{old!r} is {what}: its redirect is left out"
    is_loop = goal == at or (goal.anchor and goal in table)
    if not there.leads(goal.permalink, anchor=bool(at.anchor)) or is_loop:
        is_circle = _is_in_a_circle(at, table)
        goal_is = f"in a circle by {new!r}" if is_circle else f"to {new!r}, which is no page"
        return "redirect-target", f"{old!r} leads {goal_is}"
    if at.anchor and _NO_ANCHOR.fullmatch(at.anchor):
        return "redirect-anchor", f"{old!r}: {at.anchor!r} cannot be an anchor of a page"
    if at.anchor and at.permalink not in there.titles and Address(at.permalink) not in table:
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
