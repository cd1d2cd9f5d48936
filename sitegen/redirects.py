"""Redirects: ``_redirects.yml`` -> from which permalinks to which pages lead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.errors import Diagnostic, Location, PlanError, Severity
from sitegen.model import Site
from sitegen.urls import PAGE_SUFFIX, is_absolute, permalink

_LARGEST = 4_000_000  # bytes


def read_redirects(path: Path) -> dict[str, str]:
    """Read a mapping of old paths to new ones, both as documents' ids, with or without a suffix.

    Raises:
        PlanError: the file cannot be read or is not such a mapping.
    """
    import yaml  # noqa: PLC0415 - only sites with redirects need it

    place = Location(file=path.name)
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # knows strings only
        found = yaml.load(data, Loader=loader)  # noqa: S506 - it makes no objects
    except OSError as error:
        raise PlanError(f"cannot be read: {error.strerror}", location=place) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PlanError(f"not valid YAML: {error}", location=place) from error
    if not isinstance(found or {}, dict):
        raise PlanError("redirects are a mapping of old paths to new ones", location=place)
    for old, new in (found or {}).items():
        if not isinstance(old, str) or not isinstance(new, str) or not new:
            raise PlanError(
                f"{str(old)[:60]!r} leads to {str(new)[:60]!r}",
                location=place,
                help="write `old/page: new/page`",
            )
    return dict(found or {})


def plan_redirects(
    redirects: Mapping[str, str], site: Site, notices: list[Diagnostic], file: str
) -> dict[str, tuple[str, str]]:
    """Map old permalinks to permalink and fragment (with ``#``) of where they lead.

    An old path that is a page, and a new one that is none, is a finding and left out; a chain of
    redirects is followed to its end.
    """
    known = {page.permalink for page in site.pages}
    planned: dict[str, tuple[str, str]] = {}
    place = Location(file=file)
    chain = {_address(old): new for old, new in redirects.items()}

    def report(code: str, message: str) -> None:
        notices.append(Diagnostic(code, Severity.WARNING, message, place))

    for old in redirects:
        here = _address(old)
        goal, fragment = _goal(old, chain)
        if here in known:
            report("redirect-taken", f"{old!r} is a page: its redirect is left out")
        elif is_absolute(goal) or _address(goal) not in known or _address(goal) == here:
            report("redirect-target", f"{old!r} leads to {goal!r}, which is no page")
        else:
            planned[here] = (_address(goal), fragment)
    return planned


def _goal(old: str, chain: Mapping[str, str]) -> tuple[str, str]:
    goal, fragment = old, ""
    for _ in range(len(chain)):
        if _address(goal) not in chain:
            break
        goal, hash_sign, name = chain[_address(goal)].partition("#")
        fragment = f"{hash_sign}{name}" or fragment
    return goal, fragment


def _address(path: str) -> str:
    return permalink(PAGE_SUFFIX.sub("", path.strip("/").removeprefix("./")))
