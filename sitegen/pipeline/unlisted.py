"""Unlisted: versions that were built into an output, and that a build there does not make.

They are known by the list that the last build wrote. One that somebody has changed, or written, is
not believed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen.config import ListedVersion
from sitegen.config.versions import LIST, SCRIPT, lasting_address, latest
from sitegen.errors import Diagnostic, Location, Severity, VersionsLostError
from sitegen.urls import fold
from sitegen.write.copied import files_of, remove_site
from sitegen.write.manifest import Entry
from sitegen.write.written import Written

_PAGE = "index.html"


def see_kept(
    output: Path, versions: Sequence[ListedVersion] = (), made: Collection[str] = ()
) -> None:
    """See that a build whose ``versions`` are listed, some of them ``made``, loses no other one.

    Raises:
        VersionsLostError: it would, and there may be nothing to make it of again.
    """
    lost = [each for each in _gone(output, versions) if each["name"] not in made]
    if lost:
        them, end = ("it", "") if len(lost) == 1 else ("them", "s")
        places = (f'name = "{e["name"]}", address = "{e["address"].strip("/")}"' for e in lost)
        stay = (
            f"list in `versions` what is to stay ({' and '.join(places)}; without an input where "
            "its data is gone), "
        )
        raise VersionsLostError(
            f"holds the version{end} {', '.join(each['name'] for each in lost)}, which this build "
            f"does not make: {'they' if end else 'it'} would be lost",
            location=Location(file=str(output)),
            help=f"name another folder with --output, {stay if versions else ''}or let go of "
            f"{them} with --clean",
        )


def moved(output: Path, versions: Sequence[ListedVersion]) -> Iterator[Diagnostic]:
    """Say which versions, or a site that had none, stand at another address than before."""
    top = files_of(output) or {}
    if LIST not in top and any(path.endswith(f"/{_PAGE}") for path in top):
        main = lasting_address(latest(versions))
        yield Diagnostic(
            "version-moved",
            Severity.WARNING,
            f"the pages that were at the top are in {main}/ now: links to them lead nowhere",
            Location(file=main),
            help="lead them on by rules of the host: publish.redirects",
        )
    there = {version.name: version.address for version in versions}
    for before in _gone(output, versions):
        if now := there.get(before["name"]):
            old = before["address"].strip("/")
            yield Diagnostic(
                "version-moved",
                Severity.WARNING,
                f"{before['name']} was at {old}/ and is at {now}/: links to its pages lead nowhere",
                Location(file=now),
                help=f'give it back its place: address = "{old}"',
            )


def remove_unlisted(
    output: Path, versions: Sequence[ListedVersion], protect: Sequence[Path], *, within: Path
) -> Iterator[Written]:
    """Remove the sites in a folder that the last list leads to and these versions don't."""
    now = _addresses(versions)
    folders = (at for each in _before(output) for at in (each["address"], *each["aliases"]))
    for address in sorted(at.strip("/") for at in folders):
        site = output / address
        if fold(address) in now or within not in site.parents:
            continue
        if removed := remove_site(site, protect):
            yield removed
            for above in site.parents:
                if above == within or any(above.iterdir()):
                    break
                above.rmdir()


def script_of(written: bytes) -> bytes:
    """The list as a script, for pages that are read from a disk."""
    return b"sitegenVersions(" + written.rstrip() + b");\n"


def _gone(output: Path, versions: Sequence[ListedVersion]) -> Iterator[Mapping[str, Any]]:
    """Yield the versions of before that have pages at an address of no version now."""
    now = _addresses(versions)
    for before in _before(output):
        address = before["address"].strip("/")
        if fold(address) not in now and files_of(output / address):
            yield before


def _before(output: Path) -> list[Mapping[str, Any]]:
    """The versions that the last build listed, with their addresses."""
    try:
        written = (output / LIST).read_bytes()
    except OSError:
        return []
    known = files_of(output) or {}
    ours = {LIST: Entry.of(written), SCRIPT: Entry.of(script_of(written))}
    if any(known.get(path) != entry for path, entry in ours.items()):
        return []
    listed: list[Mapping[str, Any]] = json.loads(written)["versions"]
    return listed


def _addresses(versions: Sequence[ListedVersion]) -> set[str]:
    """The folders of versions, as a disk knows them."""
    return {fold(at.strip("/")) for each in versions for at in (each.address, *each.aliases)}
