"""Restore: the name of a site that stands behind the titles of its pages, as crawlers find them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from sitegen.urls import slug

PARTS = re.compile(r"\s+[|·•:–—-]+\s+")
"""What stands between the title of a page and that of its site."""
LONGEST = 300
"""Characters of titles and headings that are compared."""

_FEW = 3  # pages, of which the most may happen to be called the same
_ALL_BUT = 0.1  # of the titles
_LEAST_WORD = 3  # letters


def parted(title: str) -> tuple[str, str, str]:
    """A title without its last part, what stands between, and that part; else all in the last."""
    joints = list(PARTS.finditer(title[:LONGEST]))
    if not joints:
        return "", "", title
    last = joints[-1]
    return title[: last.start()], last[0].strip(), title[last.end() :]


def shared_title(titles: Iterable[str], addresses: Iterable[str] = ()) -> str:
    """The title that most pages have, or have behind their own, which is that of their site.

    A site's name stands behind nearly all titles, else most of them and in the pages'
    ``addresses``: words such as `Overview` stand behind many, and tell a page from another one.
    Empty if there is none.
    """
    counts = Counter(filter(None, titles))
    if title := _usual(counts):
        return title
    behind, joints = Counter[str](), set[tuple[str, str]]()
    for title, count in counts.items():
        _, joint, name = parted(title)
        behind[name] += count
        joints.add((joint, name))
    name = _usual(behind)
    if not name or _tells_apart(name, counts):
        return ""
    others = counts.total() - behind[name]
    rivals = any(joint and other != name and (joint, name) in joints for joint, other in joints)
    is_on_all = others <= max(_ALL_BUT * counts.total(), not rivals)
    return name if is_on_all or _is_in(name, addresses) else ""


def _usual(titles: Counter[str]) -> str:
    """The title that most pages have; empty if there is none."""
    title, count = max(titles.items(), key=lambda each: each[1], default=("", 0))
    return title if count >= _FEW and 2 * count > titles.total() else ""


def _tells_apart(name: str, titles: Counter[str]) -> bool:
    """Whether without a name behind them several titles would be those of other pages."""
    own = (before for before, _, behind in map(parted, titles) if behind == name)
    same = sum(before in titles for before in own if before and before != name)
    return same > _ALL_BUT * len(titles)


def _is_in(name: str, addresses: Iterable[str]) -> bool:
    """Whether a word of a name stands in the host that most pages have."""
    hosts = Counter(urlsplit(each).netloc for each in addresses if "://" in each)
    host = max(hosts, key=lambda each: (hosts[each], each), default="").partition(":")[0]
    labels = host.rpartition(".")[0].split(".")
    words = [word for word in slug(name).split("-") if len(word) >= _LEAST_WORD]
    return any(word in label for word in words for label in labels)
