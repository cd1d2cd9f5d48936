"""Verify: a live site -> whether it is the site that its ``build.json`` describes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from msgspec import Struct
from urllib3 import PoolManager, ProxyManager
from urllib3.exceptions import HTTPError

from sitegen.errors import ConfigError, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.write.manifest import Entry, digest, load_manifest

REPORT = "build.json"
_TIMEOUT = 20  # seconds for one file
_REQUESTS = 8  # at a time
_REDIRECTS = 10
_HEADERS = {"Accept-Encoding": "identity", "Cache-Control": "no-cache", "User-Agent": "sitegen"}
_LIMIT = 1 << 28  # bytes of one answer
_ABSENT = frozenset({404, 410})
_REFUSED = frozenset({401, 403})
# Hosts read these themselves and need not serve them.
_NOT_SERVED = frozenset({".nojekyll", "_headers", "_redirects", "CNAME"})


class Verdict(Struct, frozen=True):
    """What was found on a live site; paths are sorted."""

    checked: int
    missing: tuple[str, ...]
    refused: tuple[str, ...]
    """May not be read - or are not there: a bucket that may not be listed does not say which."""
    changed: tuple[str, ...]
    is_whole: bool
    """The site's list of files is the one that its build made."""
    is_ours: bool
    """It is the very build that is in the local folder, if one was given."""

    @property
    def is_good(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.is_whole and self.is_ours and not (self.missing or self.refused or self.changed)


def verify(url: str, folder: Path | None = None) -> Verdict:
    """Fetch every file of a live site and compare it with what the build wrote.

    ``folder`` is a built site: the live one must be this build. Without it the live site's own
    manifest says what must be there, and the digest in its ``build.json`` vouches for that.

    Raises:
        ConfigError: The address is not one of a site.
        PublishError: The site does not answer, or has no build.json of ours.
    """
    base = _base(url)
    report = _fetch(base + REPORT)
    if report in _REFUSED:
        raise PublishError(
            f"{base}{REPORT} may not be read: the host answers {report}",
            help="let everybody read the site; a bucket that may not be listed answers this also "
            "where there is no site",
        )
    if isinstance(report, int):
        raise PublishError(f"no {REPORT} at {base}", help="is this the top of the site?")
    promised = _promised(report)
    files = _local(folder) if folder else _live(base)
    listed = {path: entry for path, entry in files.items() if path != REPORT}
    wanted = {path: entry for path, entry in sorted(listed.items()) if path not in _NOT_SERVED}
    with ThreadPoolExecutor(_REQUESTS) as pool:
        found = dict(zip(wanted, pool.map(_fetcher(base), wanted), strict=True))
    is_ours = folder is None or files.get(REPORT) == Entry.of(report)
    return Verdict(
        checked=len(wanted) + 1,
        missing=tuple(path for path, data in found.items() if data in _ABSENT),
        refused=tuple(path for path, data in found.items() if data in _REFUSED),
        changed=tuple(
            path
            for path, data in found.items()
            if isinstance(data, bytes) and Entry.of(data) != wanted[path]
        ),
        # The local list says nothing about another build.
        is_whole=not is_ours or digest(listed) == promised,
        is_ours=is_ours,
    )


def _base(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ConfigError(f"not the address of a site: {url!r}", help="write https://host/path/")
    return url.rstrip("/") + "/"


def _promised(report: bytes) -> str:
    try:
        return str(json.loads(report)["output"]["sha256"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PublishError(
            f"the site's {REPORT} has no digest of its files",
            help="build it with this version of sitegen and publish it",
        ) from error


def _local(folder: Path) -> Mapping[str, Entry]:
    try:
        return load_manifest((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise PublishError(f"{folder.name} is not a site that sitegen built") from error


def _live(base: str) -> Mapping[str, Entry]:
    data = _fetch(base + MANIFEST)
    try:
        return load_manifest(data if isinstance(data, bytes) else b"")
    except ValueError as error:
        raise PublishError(
            f"the site does not serve its {MANIFEST}",
            help="compare with the built site: --site build",
        ) from error


def _fetcher(base: str) -> Callable[[str], bytes | int]:
    def fetch(path: str) -> bytes | int:
        folder, _, name = path.rpartition("/")
        if name == "index.html":  # as readers do; plain object storage knows the file only
            page = _fetch(base + quote(f"{folder}/" if folder else ""))
            if isinstance(page, bytes):
                return page
        return _fetch(base + quote(path))

    return fetch


@cache
def _client(scheme: str, host: str) -> PoolManager:
    """What keeps connections to a host open, by way of the proxy that the environment names."""
    proxy = getproxies().get(scheme)
    settings: dict[str, Any] = {"maxsize": _REQUESTS, "timeout": _TIMEOUT, "retries": False}
    if proxy and not proxy_bypass(host):
        return ProxyManager(proxy, **settings)
    return PoolManager(**settings)


def _fetch(url: str) -> bytes | int:
    """Get a file as it is stored, or the status by which the host keeps it back.

    Redirects are followed on one host only: a site must not send us elsewhere.

    Raises:
        PublishError: The site does not answer, or not in time.
    """
    parts = urlsplit(url)
    try:
        client = _client(parts.scheme, parts.netloc)
        for _ in range(_REDIRECTS):
            answer = client.request(
                "GET", url, headers=_HEADERS, redirect=False, preload_content=False
            )
            with closing(answer):
                if answer.status == 200:
                    data: bytes = answer.read(_LIMIT)
                    answer.release_conn()
                    return data
                url = urljoin(url, answer.get_redirect_location() or url)
            if answer.status in _ABSENT | _REFUSED:
                return int(answer.status)
            if not answer.get_redirect_location() or urlsplit(url).hostname != parts.hostname:
                break
        raise PublishError(f"{parts.geturl()} answers {answer.status} {answer.reason}")
    except (HTTPError, OSError) as error:
        reason = getattr(error.__cause__, "strerror", None) or error.__cause__ or error
        raise PublishError(f"{url} does not answer: {reason}", help="try again later") from error
