"""Near: a page that is not there -> the one that an author may mean."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.errors import nearly

_CANDIDATES = 200  # pages among which the one is looked for that a toctree may mean


def near_page(name: str, ids: Iterable[str]) -> str:
    """The page that may be meant: one of its folder, or of its name in another."""
    folder, _, last = name.rpartition("/")
    places = ((id, *id.rpartition("/")[::2]) for id in ids)
    alike = [id for id, at, called in places if at == folder or called == last]
    return nearly(name, alike[:_CANDIDATES])
