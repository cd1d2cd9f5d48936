"""Publish: what hosts accept, looked at before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from sitegen.errors import ConfigError, PublishError, did_you_mean
from sitegen.limits.hosts import HOSTS, Limits, beyond
from sitegen.model.own_names import MANIFEST
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan


def check_limits(host: str, plans: Mapping[str, Plan], top: LocalSite) -> None:
    """See that a host will take all that it is to hold: what is sent, and what stays there.

    ``plans`` has all sites that are sent by their folders in the target, each with its ``/``;
    ``top`` is the site that is in none, whose redirects are the host's.

    Raises:
        ConfigError: There is no such host.
        PublishError: Naming every limit that the sites are beyond, and what to do about each.
    """
    if host not in HOSTS:
        raise ConfigError(f"no host {host!r}", help=did_you_mean(host, HOSTS))
    limits = HOSTS[host]
    if limits == Limits() or all(plan.is_removal for plan in plans.values()):
        return
    ours = {
        at + path: entry.size for at, plan in plans.items() for path, entry in plan.local.items()
    }
    held = _held(plans, ours)
    # What is not known of a file is its size.
    faults = beyond(limits, files=len(held), size=sum(max(size, 0) for size in held.values()))
    for path, size in sorted(ours.items()):
        if size > limits.file_bytes:
            faults.append(
                f"{path} has {size:,} bytes, {limits.file_bytes:,} are allowed "
                "(host this file elsewhere and link to it)"
            )
    for folder, entries in sorted(_folders(held).items()):
        if entries > limits.folder_entries:
            faults.append(
                f"the folder {folder or '.'!r} has {entries:,} entries, "
                f"{limits.folder_entries:,} are allowed (give the sources folders)"
            )
    if (redirects := _redirects(top)) > limits.redirects:
        faults.append(
            f"{redirects:,} redirects, {limits.redirects:,} are allowed (drop the oldest)"
        )
    if faults:
        together = f" with {len(plans):,} sites together" if len(plans) > 1 else ""
        if others := len(held) - len(ours) - len(plans):
            together += f"{' and' if together else ' with'} {others:,} files that stay there"
        raise PublishError(f"beyond the limits of {host}{together}: {'; '.join(faults)}")


def _held(plans: Mapping[str, Plan], ours: Mapping[str, int]) -> dict[str, int]:
    """All files that the host will hold, manifests included, by their paths in all of it."""
    remote = plans[""].remote
    gone = {at + path for at, plan in plans.items() for path in plan.gone}
    held = {path: size for path, size in remote.files.items() if path not in gone}
    held |= {at + MANIFEST: -1 for at, plan in plans.items() if not plan.is_removal} | dict(ours)
    return {remote.inside + path: size for path, size in held.items()} | dict(remote.beside)


def _folders(paths: Collection[str]) -> Counter[str]:
    entries: set[str] = set()
    for path in paths:
        while path and path not in entries:  # a file, then the folders above it, each once
            entries.add(path)
            path = path.rpartition("/")[0]  # noqa: PLW2901
    return Counter(entry.rpartition("/")[0] for entry in entries)


def _redirects(site: LocalSite) -> int:
    return site.read("_redirects").count(b"\n") if "_redirects" in site.files else 0
