"""Digest: values -> what they are known by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sitegen.store.stamp import code_version


def digest(*values: object) -> str:
    """The key of what is made of values: changes with them, with our code and the libraries."""
    try:
        data = msgspec.msgpack.encode(values, enc_hook=_plain)
    except ValueError:  # a lone surrogate
        data = repr(values).encode("utf-8", "surrogatepass")
    return hashlib.sha256(code_version().encode() + data).hexdigest()


def sha256_of(content: bytes | str, length: int = 64) -> str:
    """The first characters of the SHA-256 of some content: of that alone, on every machine."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return sha256_of_all((data,), length)


def sha256_of_all(pieces: Iterable[bytes], length: int = 64) -> str:
    """The same of content that comes piece by piece."""
    state = hashlib.sha256(usedforsecurity=False)
    for piece in pieces:
        state.update(piece)
    return state.hexdigest()[:length]


def _plain(value: object) -> Any:
    """Show what msgpack does not know: tables that cannot be changed, and paths."""
    return dict(value) if isinstance(value, Mapping) else repr(value)
