"""Redirect file: ``_redirects.yml``, and what pages say themselves -> lines with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from sitegen.config.near import near_file
from sitegen.config.unreadable import not_yaml
from sitegen.errors import Location, PlanError
from sitegen.limits.files import read_regular
from sitegen.model import Head
from sitegen.plan.addresses import Address, new_address, old_address
from sitegen.urls import is_absolute, permalink

ALL = "*"
"""The end of a path that stands for all below a folder."""

_LARGEST = 4_000_000  # bytes


class Redirect(NamedTuple):
    """One line of the file, ``old: new`` as it is written, and the same as addresses."""

    written: tuple[str, str]
    old: Address
    new: Address
    place: Location


def read_redirects(
    path: Path, files: Set[str] = frozenset(), *, folder: str = ""
) -> tuple[Redirect, ...]:
    """Read a mapping of old paths to new ones, both as documents' ids, with or without a suffix.

    ``#`` and an anchor may follow either of them. A new path may be one of the ``files`` of the
    site, or the address of another host; either may end in ``/*``. Paths count from ``folder``.

    Raises:
        PlanError: the file cannot be read, is not such a mapping or names an old path twice.
    """
    import yaml  # noqa: PLC0415 - only sites with redirects need it

    whole = Location(file=f"{folder}/{path.name}" if folder else path.name)
    try:
        data = read_regular(path, _LARGEST)
        # Nodes know their lines; no objects are made of them.
        found = yaml.compose(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        message = f"the redirects cannot be read: {error.strerror}"
        remedy = near_file(path) or "correct redirects, or take it out"
        raise PlanError(message, location=Location(file=str(path)), help=remedy) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why, line, remedy = not_yaml(error, data)
        message = f"the redirects are not valid YAML: {why}"
        raise PlanError(message, location=replace(whole, line=line), help=remedy) from error
    if found is not None and not isinstance(found, yaml.MappingNode):
        message = "redirects are a mapping of old paths to new ones"
        place = replace(whole, line=found.start_mark.line + 1)
        raise PlanError(message, location=place, help="write a line for each, `old/page: new/page`")
    redirects: dict[Address, Redirect] = {}
    scalar = yaml.ScalarNode
    for old, new in found.value if found else ():
        place = replace(whole, line=old.start_mark.line + 1)
        if not (isinstance(old, scalar) and isinstance(new, scalar) and new.value):
            name = old.value[:60] if isinstance(old, scalar) else "?"
            message = f"{name!r} does not lead from a path to a path"
            raise PlanError(message, location=place, help="write `old/page: new/page`")
        redirect = line_of(*_from(folder, old.value, new.value, files), files, place)
        if first := redirects.get(redirect.old):
            message = f"{old.value!r} is redirected in line {first.place.line} already"
            raise PlanError(message, location=place, help="remove one of the two lines")
        redirects[redirect.old] = redirect
    # What another line leads on from is called as it is there: a page, or a file `old.html`.
    return tuple(
        line._replace(new=other) if (other := old_address(line.written[1])) in redirects else line
        for line in redirects.values()
    )


def own_redirects(documents: Iterable[Head], taken: Iterable[Redirect]) -> Iterator[Redirect]:
    """Yield the old paths that pages name themselves, but for those that a file redirects."""
    known = {redirect.old for redirect in taken}
    for document in documents:
        for old in document.redirect_from:
            at = old_address(old)
            if at not in known:
                known.add(at)
                new = Address(permalink(document.id))
                yield Redirect((old, document.id), at, new, document.place)


def _from(folder: str, old: str, new: str, files: Set[str]) -> tuple[str, str]:
    """The two paths of a line of a folder's file, as they count from the top."""
    if not folder:
        return old, new
    is_above = is_absolute(new) or new in files
    inside = new.removeprefix("./").lstrip("/")
    old = old.removeprefix("./").lstrip("/")
    return f"{folder}/{old}", new if is_above else f"{folder}/{inside}"


def line_of(old: str, new: str, files: Set[str], place: Location) -> Redirect:
    """Read a line; a path that ends in ``/*`` is that of the folder, and the star stays."""
    at, to = old_address(old.removesuffix(f"/{ALL}")), new_address(new, files)
    if new.endswith(f"/{ALL}") and to.permalink != new:  # not a URL
        to = new_address(new.removesuffix(f"/{ALL}"), frozenset())
    if old.endswith(f"/{ALL}"):
        at = at._replace(anchor=ALL)
    return Redirect((old, new), at, to, place)
