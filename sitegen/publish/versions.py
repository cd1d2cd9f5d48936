"""Publish: the sites of several versions, each into its folder, and what leads to them at last."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from sitegen.config import Config, ListedVersion
from sitegen.config.versions import LIST, complete, list_of
from sitegen.errors import Location, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish import Options, Outcome, publish
from sitegen.publish.target import below


def publish_versions(target: str, config: Config, options: Options) -> Iterator[Outcome]:
    """Publish the versions that were built here, then the aliases, then what leads to all of them.

    Each changes by itself, as its target does: in one commit or swap where there are such. All are
    looked at before anything is sent of one. Versions that were built elsewhere are not touched.

    Raises:
        PublishError: as `publish`; or what was built is not these versions.
    """
    placed = complete(config.versions)
    addresses = [version.address for version in placed]
    aliases = [alias.strip("/") for version in placed for alias in version.aliases]
    _refuse_other(config.output, placed)
    folders = [(address, config.output / address) for address in (*addresses, *aliases)]
    sites = [(below(target, at), folder) for at, folder in folders if (folder / MANIFEST).is_file()]
    sites.append((target, config.output))
    looked = [publish(place, folder, replace(options, dry_run=True)) for place, folder in sites]
    if options.dry_run:
        yield from looked
    else:
        yield from (publish(place, folder, options) for place, folder in sites)


def _refuse_other(output: Path, placed: Sequence[ListedVersion]) -> None:
    """See that the last build was of these versions, and did not end before its end.

    Raises:
        PublishError: its list of versions is another one, or nothing was built.
    """
    try:
        built = json.loads((output / LIST).read_bytes())
    except (OSError, ValueError):
        built = None
    if built != list_of(placed):
        found = "no versions are built" if built is None else "other versions are built than listed"
        raise PublishError(
            found,
            location=Location(file=str(output / LIST)),
            help="run `sitegen build` first; nothing was sent",
        )
