"""Remote files: what is known of one before any of its bytes have travelled."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from msgspec import Struct

from sitegen.store.stat import Stat

NO_VERSION = -1
"""What stands for the version of a file in its stat where nothing tells its versions apart."""


class RemoteFile(Struct, frozen=True):
    """A file of another machine; ``url`` names its very revision where there are such names.

    ``version`` is what its bytes are known by: an ETag, the id of a blob, or a time of change. It
    is empty where a server tells nothing of the kind. ``size`` is in bytes. ``changed`` (ns) is
    there if only a time is known, which may stay the same where changes are close to each other.
    """

    url: str
    size: int
    version: str
    changed: int = 0

    def __str__(self) -> str:
        """The address as it may be printed and kept: what follows ``?`` may be a secret."""
        parts = urlsplit(self.url)
        query = f"?{_digest(parts.query)[:16]}" if parts.query else ""
        return f"{shown(self.url)}{query}"

    @property
    def scheme(self) -> str:
        """How it is asked for: ``hf``, ``s3``, ``gs``, ``https``."""
        return self.url.partition("://")[0].lower()

    @property
    def key(self) -> str:
        """What its bytes are kept under; empty where a later look could not tell them apart.

        A strong ETag tells all files of an address apart: signatures in it may be new each time.
        The ids of the Hub's blobs are those of their bytes.
        """
        if not self.version:
            return ""
        is_strong = self.version.startswith('"')
        url = shown(self.url) if is_strong else self.url
        if is_strong and self.scheme == "hf":
            url = "hf"
        return _digest(f"{url}\0{self.version}\0{self.size}")

    def stat(self) -> Stat:
        """What the system would tell of a file here; its version is in place of the inode."""
        version = int(_digest(self.version)[:12], 16) if self.version else NO_VERSION
        return Stat(self.size, self.changed, version)


def shown(url: str) -> str:
    """An address without what may be a secret in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
