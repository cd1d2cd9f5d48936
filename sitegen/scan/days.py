"""Scan: what names a day, in data and front matter -> the day."""

from __future__ import annotations

import re
from datetime import date

from sitegen.scan.patterns import rare

_DAY = rare(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.ASCII | re.DOTALL)


def day_of(text: str) -> str:
    """The day that a date or a time in the form of ISO 8601 names; empty for anything else."""
    match = _DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(match[1]).isoformat() if match else ""
    except ValueError:
        return ""
