"""SHA-256: what some content is known by on every machine; to load this takes no time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def sha256_of(content: bytes | str, length: int = 64) -> str:
    """The first characters of the SHA-256 of some content: of that alone, on every machine."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data, usedforsecurity=False).hexdigest()[:length]


def sha256_of_all(pieces: Iterable[bytes], length: int = 64) -> str:
    """The same of content that comes piece by piece."""
    state = hashlib.sha256(usedforsecurity=False)
    for piece in pieces:
        state.update(piece)
    return state.hexdigest()[:length]
