"""Near: a file that is not there -> the one beside it that may be meant."""

from __future__ import annotations

from pathlib import Path

from sitegen.errors import nearly


def near_file(path: Path) -> str:
    """A question that names the file or folder of nearly that name; empty if there is none."""
    try:
        names = sorted(each.name for each in path.parent.iterdir() if each.name[:1] != ".")
        names = [name for name in names if name != path.name]  # it is there, and unfit
    except (OSError, ValueError):
        return ""
    return nearly(path.name, names)
