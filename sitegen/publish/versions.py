"""Publish: the sites of several versions, each into its folder, and what leads to them at last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.config import Config
from sitegen.config.versions import complete
from sitegen.errors import PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish import Options, Outcome, publish
from sitegen.publish.target import below


def publish_versions(target: str, config: Config, options: Options) -> Iterator[Outcome]:
    """Publish the versions that were built here, then the aliases, then what leads to all of them.

    Each changes by itself, as its target does: in one commit or swap where there are such. Versions
    that were built elsewhere are not touched.

    Raises:
        PublishError: as `publish`; or nothing was built.
    """
    placed = complete(config.versions)
    addresses = [version.address for version in placed]
    aliases = [alias.strip("/") for version in placed for alias in version.aliases]
    if not (config.output / MANIFEST).is_file():
        raise PublishError("no versions are built", help="run `sitegen build` first")
    for address in (*addresses, *aliases):
        folder: Path = config.output / address
        if (folder / MANIFEST).is_file():
            yield publish(below(target, address), folder, options)
    yield publish(target, config.output, options)
