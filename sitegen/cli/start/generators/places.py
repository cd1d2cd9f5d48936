"""Places of versions: names and addresses of another generator -> such as no two share here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from msgspec.structs import replace

from sitegen.cli.start.generators.taken import TakenVersion
from sitegen.config.versions import LATEST, folder_name, is_free


def placed(versions: Sequence[TakenVersion], ids: Sequence[str], main: str) -> list[TakenVersion]:
    """Versions with names that differ and addresses that can be; the ``main`` one has the alias.

    ``ids`` are what they are called in the project, which names those that no other way is left
    for. That of the main version is found first, as readers are led there.
    """
    taken: list[str] = []
    found: dict[str, TakenVersion] = {}
    for id in sorted(ids, key=lambda each: each != main):
        version = versions[ids.index(id)]
        for address in _addresses(version.address, id):
            above = address.rpartition("/")[0]
            alias = (f"{above}/{LATEST}" if above else LATEST,) if id == main else ()
            if is_free(address, [*taken, *alias]):
                break
        taken += (address, *alias)
        found[id] = replace(version, address=address, aliases=alias)
    names = list(_names(versions, ids))
    return [
        replace(found[id], name=name, address="" if folder_name(name) == at else at)
        for id, name in zip(ids, names, strict=True)
        for at in (found[id].address,)
    ]


def _addresses(wanted: str, id: str) -> Iterator[str]:
    """Addresses that a version may have, the best first."""
    yield from (wanted, folder_name(wanted), folder_name(id), f"version-{folder_name(id)}")
    yield from (f"version-{number}" for number in count(1))


def _names(versions: Sequence[TakenVersion], ids: Sequence[str]) -> Iterator[str]:
    """How readers call each: as they did, where no other is called so."""
    called = [version.name.strip() for version in versions]
    for name, id in zip(called, ids, strict=True):
        yield name if name and called.count(name) == 1 else f"{name} ({id})".strip()
