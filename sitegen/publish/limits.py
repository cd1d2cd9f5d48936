"""Publish: what hosts accept, looked at before anything is sent."""

from __future__ import annotations

from collections import Counter

from sitegen.errors import ConfigError, PublishError, did_you_mean
from sitegen.limits.hosts import HOSTS, beyond
from sitegen.publish.local_site import LocalSite


def check_limits(host: str, site: LocalSite) -> None:
    """See that a host will take the site.

    Raises:
        ConfigError: There is no such host.
        PublishError: Naming every limit that the site is beyond, and what to do about each.
    """
    if host not in HOSTS:
        raise ConfigError(f"no host {host!r}", help=did_you_mean(host, HOSTS))
    limits = HOSTS[host]
    faults = beyond(limits, files=len(site.files), size=site.size)
    for path, entry in sorted(site.files.items()):
        if entry.size > limits.file_bytes:
            faults.append(
                f"{path} has {entry.size:,} bytes, {limits.file_bytes:,} are allowed "
                "(host this file elsewhere and link to it)"
            )
    for folder, entries in sorted(_folders(site).items()):
        if entries > limits.folder_entries:
            faults.append(
                f"the folder {folder or '.'!r} has {entries:,} entries, "
                f"{limits.folder_entries:,} are allowed (give the sources folders)"
            )
    if (redirects := _redirects(site)) > limits.redirects:
        faults.append(
            f"{redirects:,} redirects, {limits.redirects:,} are allowed (drop the oldest)"
        )
    if faults:
        raise PublishError(f"beyond the limits of {host}: {'; '.join(faults)}")


def _folders(site: LocalSite) -> Counter[str]:
    entries: set[str] = set()
    for path in site.files:
        while path and path not in entries:  # a file, then the folders above it, each once
            entries.add(path)
            path = path.rpartition("/")[0]  # noqa: PLW2901
    return Counter(entry.rpartition("/")[0] for entry in entries)


def _redirects(site: LocalSite) -> int:
    return site.read("_redirects").count(b"\n") if "_redirects" in site.files else 0
