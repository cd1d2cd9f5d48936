"""Digest: values -> what they are known by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from sitegen.store.stamp import code_version


def digest(*values: object) -> str:
    """The key of what is made of values: changes with them, with our code and the libraries."""
    try:
        data = msgspec.msgpack.encode(values, enc_hook=_plain)
    except ValueError:  # a lone surrogate
        data = repr(values).encode("utf-8", "surrogatepass")
    state = hashlib.sha256(code_version().encode())
    state.update(data)
    return state.hexdigest()


def _plain(value: object) -> Any:
    """Show what msgpack does not know: tables that cannot be changed, and paths."""
    return dict(value) if isinstance(value, Mapping) else repr(value)
