"""Changed: pages of a version -> the version that brought each as it is now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen.config import VersionConfig
from sitegen.limits.files import read_regular
from sitegen.model import Changed


def last_changes(
    version: VersionConfig, texts: Iterable[tuple[str, Sequence[str]]]
) -> Mapping[str, Changed]:
    """By document id, when each was changed last; ``texts`` are those of its chunks, or digests.

    What reads as in the version before is as old as it was there. Where there is a version before
    and what its build has said is not here, nobody knows.
    """
    if not version.name:
        return {}
    before = _said(version.before) if version.before else {}
    if before is None:
        return {}
    found = {}
    for id, parts in texts:
        text = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
        old = before.get(id)
        same = old is not None and old.text == text
        found[id] = old if old and same else Changed(version.name, version.date, text)
    return found


def _said(report: Path) -> dict[str, Changed] | None:
    """What a build has said of its pages in its ``build.json``; none if it is not to be read."""
    try:
        table: dict[str, Any] = json.loads(read_regular(report, 1 << 30))
        return {
            page["id"]: Changed(*(str(page["changed"][key]) for key in ("version", "date", "text")))
            for page in table["pages"]
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
