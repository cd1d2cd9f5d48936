"""Versions: what is listed of each -> where it stands, which is the latest, what it is built of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from sitegen.config import Config, ListedVersion, VersionConfig
from sitegen.errors import ConfigError, did_you_mean

LIST = "versions.json"
"""The list of all versions at the top of the site, which builds of any age read."""
SCRIPT = "versions.js"
"""The same as a script, for pages that are read from a disk."""
FEED = "changes.atom"
"""What each version has changed, at the top of the site."""
LATEST = "latest"
_SEGMENT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._~-]*[A-Za-z0-9_~-])?")
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")
_TOP = frozenset(
    {LIST, SCRIPT, LIST.replace(".json", ".html"), FEED}
    | {"index.html", "404.html", "robots.txt", "cname"}
)  # files that stand beside the versions
_DEPTH = 4  # folders of an address


def complete(versions: Sequence[ListedVersion]) -> tuple[ListedVersion, ...]:
    """The versions with the address that each has, and the alias of the latest.

    The latest is the first that has an alias, else the first of all.
    """
    placed = tuple(
        replace(each, address=each.address.strip("/") or folder_name(each.name))
        for each in versions
    )
    if placed and not any(each.aliases for each in placed):
        above = placed[0].address.rpartition("/")[0]
        alias = f"{above}/{LATEST}" if above else LATEST
        if alias not in {each.address for each in placed}:
            placed = (replace(placed[0], aliases=(alias,)), *placed[1:])
    return placed


def folder_name(name: str) -> str:
    """The folder of a version that has no address of its own."""
    return _UNSAFE.sub("-", name).strip("-.")


def is_free(address: str, taken: Collection[str]) -> bool:
    """Whether a version can have an address beside those that are taken."""
    is_wrong = any(_wrong_address("", address, address.count("/")))
    return not (is_wrong or any(_collide(each, address) for each in taken))


def latest(placed: Sequence[ListedVersion]) -> ListedVersion:
    """The version that readers without a wish of their own are led to."""
    return next((each for each in placed if each.aliases), placed[0])


def list_of(placed: Sequence[ListedVersion]) -> dict[str, Any]:
    """What `LIST` says: all versions with their addresses from the top, the newest first."""
    return {
        "format": 1,
        "latest": latest(placed).name,
        "versions": [
            {
                "name": version.name,
                "address": f"{version.address}/",
                "aliases": [f"{alias.strip('/')}/" for alias in version.aliases],
                **({"date": version.date} if version.date else {}),
            }
            for version in placed
        ],
    }


def lasting_address(version: ListedVersion) -> str:
    """The folder of a version whose name outlives it."""
    return version.aliases[0].strip("/") if version.aliases else version.address


def site_of(config: Config, version: ListedVersion) -> Config:
    """The configuration of the site that one of the versions of `complete` is."""
    address = version.address
    top = config.base_url and f"{config.base_url.rstrip('/')}/"
    placed = complete(config.versions)
    main = lasting_address(latest(placed))
    older = placed[placed.index(version) + 1 :]
    return replace(
        config,
        input=version.input,
        config_name=version.config_name or config.config_name,
        toctree=version.toctree or config.toctree,
        redirects=version.redirects or config.redirects,
        output=config.output / address,
        base_url=top and f"{top}{address}/",
        version=VersionConfig(
            name=version.name,
            list="../" * (address.count("/") + 1) + LIST,
            canonical=top and f"{top}{main}/",
            date=version.date,
            before=config.output / older[0].address / "build.json" if older else None,
        ),
        versions=(),
        publish=replace(config.publish, domain="", redirects={}),
    )


def wrong_versions(config: Config) -> Iterator[str]:
    """Name what is said of versions and cannot be."""
    if config.version.date and not _is_date(config.version.date):
        yield f"version.date must be a day such as 2026-05-01, not {config.version.date!r}"
    if config.versions and config.input:
        yield "input and versions exclude each other: each version has an input of its own"
    taken: dict[str, str] = {}
    placed = complete(config.versions)
    if placed and not any(version.aliases for version in placed):
        yield (
            f"versions: {LATEST!r} is the folder of the latest version, and the address of "
            "another: write an address for that one, or aliases for the latest"
        )
    for number, version in enumerate(placed, start=1):
        key = f"versions[{number}]"
        if not version.name.strip():
            yield f"{key}.name is missing: write how readers call the version"
            continue
        if version.date and not _is_date(version.date):
            yield f"{key}.date must be a day such as 2026-05-01, not {version.date!r}"
        depth = version.address.count("/")
        for address in (version.address, *(alias.strip("/") for alias in version.aliases)):
            yield from _wrong_address(key, address, depth)
            other = next((o for o in taken if _collide(o, address)), None)
            if other is not None:
                yield f"{key}: the folder {address!r} is in the way of {other!r}, of {taken[other]}"
            taken[address] = key


def _wrong_address(key: str, address: str, depth: int) -> Iterator[str]:
    parts = address.split("/")
    if len(parts) > _DEPTH or not all(_SEGMENT.fullmatch(part) for part in parts):
        yield f"{key}: {address!r} is no address: write a folder such as v1 or docs/1.0"
    elif parts[0].casefold() in _TOP:
        yield f"{key}: a file of the site is called {parts[0]!r}: write another address"
    elif address.count("/") != depth:
        yield f"{key}: the alias {address!r} must be as many folders deep as the address"


def _collide(one: str, other: str) -> bool:
    """Whether one folder is the other or lies in it, however letters are written."""
    a, b = f"{one.casefold()}/", f"{other.casefold()}/"
    return a.startswith(b) or b.startswith(a)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def with_input(
    versions: Sequence[ListedVersion], names: Collection[str] = ()
) -> list[ListedVersion]:
    """The versions that can be built, of all or of the named ones.

    Raises:
        ConfigError: there is no such version, or none of them has an input.
    """
    known = [version.name for version in versions]
    for name in names:
        if not known:
            raise ConfigError(f"there are no versions, so none is {name!r}", help="set `versions`")
        if name not in known:
            raise ConfigError(f"there is no version {name!r}", help=did_you_mean(name, known))
    found = [each for each in versions if each.input and (not names or each.name in names)]
    if not found:
        which = f"the version {next(iter(names))!r} has no" if names else "no version has an"
        raise ConfigError(f"{which} input", help="write `input` for one of `versions`")
    return found


def one_site(config: Config, name: str = "") -> Config:
    """The configuration of one version's site alone: the named one, else the latest.

    Raises:
        ConfigError: there is no such version, or it was built elsewhere.
    """
    if not (config.versions or name):
        return config
    placed = complete(config.versions)
    return site_of(config, with_input(placed, [name or latest(placed).name])[0])
