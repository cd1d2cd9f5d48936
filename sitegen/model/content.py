"""Content: the author's own files, which are part of a site as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Content:
    """Files by output path; ``rules`` are those whose lines go together with generated ones."""

    files: Mapping[str, Path]
    rules: Mapping[str, Path]
