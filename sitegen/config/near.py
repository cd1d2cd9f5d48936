"""Near: a file that is not there -> the one beside it that may be meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def near_file(path: Path) -> str:
    """A question that names the file or folder of nearly that name; empty if there is none."""
    try:
        names = sorted(each.name for each in path.parent.iterdir() if each.name[:1] != ".")
        names = [name for name in names if name != path.name]  # it is there, and unfit
    except (OSError, ValueError):
        return ""
    return nearly(path.name, names)


def nearly(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """A question that names the known word that is nearest; empty if none is so much alike."""
    import difflib  # noqa: PLC0415 - not for what is there

    spelled = {each.lower(): each for each in sorted(known, reverse=True)}
    found = difflib.get_close_matches(word.lower(), [*spelled], n=1, cutoff=alike)
    return f"did you mean {spelled[found[0]]!r}?" if found else ""
