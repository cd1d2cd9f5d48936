"""Publish: what hosts accept, looked at before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from sitegen.errors import ConfigError, PublishError, did_you_mean
from sitegen.publish.local_site import LocalSite

_MIB = 1 << 20
_NO_LIMIT = 1 << 62


class Limits(Struct, frozen=True):
    """The most that a host takes: files, bytes of one and of all, entries of one folder."""

    files: int = _NO_LIMIT
    file_bytes: int = _NO_LIMIT
    total_bytes: int = _NO_LIMIT
    folder_entries: int = _NO_LIMIT
    redirects: int = _NO_LIMIT


HOSTS: Mapping[str, Limits] = MappingProxyType(
    {
        "none": Limits(),
        "github-pages": Limits(file_bytes=100 * _MIB, total_bytes=10**9),
        "cloudflare-pages": Limits(files=20_000, file_bytes=25 * _MIB, redirects=2_100),
        "netlify": Limits(folder_entries=54_000, redirects=10_000),
        "hugging-face": Limits(files=100_000, folder_entries=10_000, file_bytes=50 * 10**9),
    }
)
"""Hosts by the name that ``--host`` takes."""


def check_limits(host: str, site: LocalSite) -> None:
    """See that a host will take the site.

    Raises:
        ConfigError: There is no such host.
        PublishError: Naming every limit that the site is beyond, and what to do about each.
    """
    if host not in HOSTS:
        raise ConfigError(f"no host {host!r}", help=did_you_mean(host, HOSTS))
    limits, faults = HOSTS[host], []
    if len(site.files) > limits.files:
        faults.append(
            f"{len(site.files):,} files, {limits.files:,} are allowed "
            "(feeds.markdown = false writes about half as many; or split the dataset into several "
            "sites, or use s3://)"
        )
    for path, entry in sorted(site.files.items()):
        if entry.size > limits.file_bytes:
            faults.append(
                f"{path} has {entry.size:,} bytes, {limits.file_bytes:,} are allowed "
                "(host this file elsewhere and link to it)"
            )
    if site.size > limits.total_bytes:
        faults.append(
            f"{site.size:,} bytes in all, {limits.total_bytes:,} are allowed "
            "(keep media elsewhere, split the site, or use s3:// or hf://)"
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
