"""Hosts: the most that those of static sites take, told by where a site is to live."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from msgspec import Struct

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

_TARGETS = {"gh-pages": "github-pages", "hf": "hugging-face"}
_DOMAINS = re.compile(
    r".*\.(?:(?P<cloudflare_pages>pages\.dev)|(?P<github_pages>github\.io)|"
    r"(?P<hugging_face>hf\.space)|(?P<netlify>netlify\.app))"
)


def host_of(target: str, base_url: str) -> str:
    """The name of the host that a target of `publish`, else an address, is of; else ``none``."""
    if target:
        return _TARGETS.get(target.partition(":")[0].lower(), "none")
    found = _DOMAINS.fullmatch(urlsplit(base_url).hostname or "")
    return str(found.lastgroup).replace("_", "-") if found else "none"


def beyond(limits: Limits, *, files: int, size: int) -> list[str]:
    """What there is to say of limits that so many files of so many bytes in all are beyond."""
    faults = []
    if files > limits.files:
        faults.append(
            f"{files:,} files, {limits.files:,} are allowed "
            "(feeds.markdown = false writes about half as many; or split the dataset into several "
            "sites, or use s3://)"
        )
    if size > limits.total_bytes:
        faults.append(
            f"{size:,} bytes in all, {limits.total_bytes:,} are allowed "
            "(keep media elsewhere, split the site, or use s3:// or hf://)"
        )
    return faults
