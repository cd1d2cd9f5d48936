"""Restore: the name of a site that stands with the titles of its pages, as crawlers find them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from sitegen.scan.patterns import rare
from sitegen.urls import slug

PARTS = re.compile(r"\s+[|·•:–—-]+\s+")
"""What stands between the title of a page and that of its site."""
LONGEST = 300
"""Characters of titles and headings that are compared."""

Where = Literal["behind", "in brackets", "before"]
"""Where the title of a site stands: ``Pump | Site``, ``Pump (Site)`` or ``Site | Pump``."""
_IN_BRACKETS = rare(r"(.*\S)\s+\(([^()]+)\)\s*", re.DOTALL)
_FEW = 3  # pages, of which the most may happen to be called the same
_ALL_BUT = 0.1  # of the titles
_LEAST_WORD = 3  # letters


class SharedTitle(NamedTuple):
    """The title that pages share, and where it stands in theirs; empty if there is none."""

    title: str = ""
    where: Where = "behind"


def parted(title: str, where: Where) -> tuple[str, str, str]:
    """A title without the part that stands there, the joint, and that part; else all in the last.

    That is the last or the first part, or the one in brackets at the end.
    """
    if where == "in brackets":
        found = _IN_BRACKETS.fullmatch(title) if len(title) <= LONGEST else None
        return (found[1], "(", found[2]) if found else ("", "", title)
    joints = list(PARTS.finditer(title[:LONGEST]))
    if not joints:
        return "", "", title
    if where == "before":
        first = joints[0]
        return title[first.end() :], first[0].strip(), title[: first.start()]
    last = joints[-1]
    return title[: last.start()], last[0].strip(), title[last.end() :]


def shared_title(titles: Iterable[str], addresses: Iterable[str] = ()) -> SharedTitle:
    """The title that most pages have, or have with their own, which is that of their site.

    A site's name stands with nearly all titles, else most of them and in the pages'
    ``addresses``: words such as `Overview` stand with many, and tell a page from another one.
    In brackets or before titles, words of the pages themselves stand too (``Install (Linux)``,
    ``Array - map``): a site's name is one that a page has alone, or the addresses have.
    """
    counts = Counter(filter(None, titles))
    if title := _usual(counts):
        return SharedTitle(title)
    hosts = list(addresses)
    places: tuple[Where, ...] = ("behind", "in brackets", "before")
    found = (SharedTitle(_site(counts, where, hosts), where) for where in places)
    return next((each for each in found if each.title), SharedTitle())


def _site(counts: Counter[str], where: Where, addresses: Iterable[str]) -> str:
    """The title of a site that stands there in those of its pages; empty if there is none."""
    sites, joints = Counter[str](), set[tuple[str, str]]()
    for title, count in counts.items():
        _, joint, name = parted(title, where)
        sites[name] += count
        joints.add((joint, name))
    name = _usual(sites)
    if not name or _tells_apart(name, counts, where):
        return ""
    others = counts.total() - sites[name]
    rivals = any(joint and other != name and (joint, name) in joints for joint, other in joints)
    is_on_all = others <= max(_ALL_BUT * counts.total(), not rivals)
    is_likely = is_on_all and (where == "behind" or name in counts)
    return name if is_likely or _is_in(name, addresses) else ""


def _usual(titles: Counter[str]) -> str:
    """The title that most pages have; empty if there is none."""
    title, count = max(titles.items(), key=lambda each: each[1], default=("", 0))
    return title if count >= _FEW and 2 * count > titles.total() else ""


def _tells_apart(name: str, titles: Counter[str], where: Where) -> bool:
    """Whether without a name with them several titles would be those of other pages."""
    parts = (parted(title, where) for title in titles)
    same = sum(own in titles for own, _, site in parts if site == name and own and own != name)
    return same > _ALL_BUT * len(titles)


def _is_in(name: str, addresses: Iterable[str]) -> bool:
    """Whether a word of a name stands in the host that most pages have."""
    hosts = Counter(urlsplit(each).netloc for each in addresses if "://" in each)
    host = max(hosts, key=lambda each: (hosts[each], each), default="").partition(":")[0]
    labels = host.rpartition(".")[0].split(".")
    words = [word for word in slug(name).split("-") if len(word) >= _LEAST_WORD]
    return any(word in label for word in words for label in labels)
