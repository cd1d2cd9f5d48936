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
from sitegen.publish import PUBLISHERS, Options, Outcome, publish
from sitegen.publish.limits import check_limits
from sitegen.publish.local_site import LocalSite
from sitegen.publish.target import below, parse_target


def publish_versions(target: str, config: Config, options: Options) -> Iterator[Outcome]:
    """Publish the versions that were built here, then the aliases, then what leads to all of them.

    To remove them goes the other way, whatever is built here. Each changes by itself, as its target
    does: in one commit or swap where there are such. All are looked at before anything is sent of
    one. Versions that were built elsewhere are not touched.

    Raises:
        PublishError: as `publish`, the limits being held against all together; or what was built
            is not these versions.
    """
    parse_target(target, PUBLISHERS)  # what is wrong with it is said of it as it was given
    placed = complete(config.versions)
    addresses = [version.address for version in placed]
    aliases = [alias.strip("/") for version in placed for alias in version.aliases]
    sites = {f"{at}/": (below(target, at), config.output / at) for at in (*addresses, *aliases)}
    if not options.remove:
        _refuse_other(config.output, placed)
        sites = {at: site for at, site in sites.items() if (site[1] / MANIFEST).is_file()}
    sites[""] = (target, config.output)
    each = replace(options, host="none")  # that of all is asked of all
    looked = {at: publish(*site, replace(each, dry_run=True)) for at, site in sites.items()}
    top = LocalSite(config.output, looked[""].plan.local)
    plans = {at: outcome.plan for at, outcome in looked.items()}
    check_limits(options.host or looked[""].host, plans, top)
    order = reversed(sites) if options.remove else iter(sites)
    for at in order:
        yield looked[at] if options.dry_run else publish(*sites[at], each)


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
