"""Content: the author's own files, which are part of a site as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct


class Content(Struct, frozen=True):
    """Files by output path; ``rules`` are those whose lines go together with generated ones."""

    files: Mapping[str, Path]
    rules: Mapping[str, Path]
