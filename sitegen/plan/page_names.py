"""Page names: pages by what links of wikis call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitegen.model.objects import Documented
from sitegen.scan.page_names import spelled_alike
from sitegen.scan.plain import plain

Called = tuple[str, Documented]
"""A page, and one of its names as all spellings of it are looked up."""


def names_of(titles: Mapping[str, str]) -> Iterator[Called]:
    """Yield pages by their path, the name of their file, and their title, also without marks."""
    for page, title in titles.items():
        entry = Documented(page, page, "", title=title)
        names = (page, page.rpartition("/")[2], title, plain(title))
        yield from ((name, entry) for name in dict.fromkeys(map(spelled_alike, names)))


def by_name(pages: Iterable[Called]) -> dict[str, list[Documented]]:
    """Pages by each of their names."""
    found: dict[str, list[Documented]] = defaultdict(list)
    for name, entry in pages:
        found[name].append(entry)
    return dict(found)


def nearest(found: Sequence[Documented], page: str) -> Documented | None:
    """Of pages of one name that beside a page, or nearest to the root."""
    folder = page.rpartition("/")[0]
    return min(
        found,
        key=lambda each: (each.page.rpartition("/")[0] != folder, each.place),
        default=None,
    )
