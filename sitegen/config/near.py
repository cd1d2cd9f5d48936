"""Near: a file that is not there -> the one beside it that may be meant."""

from __future__ import annotations

import re
from pathlib import Path

from sitegen.errors import ConfigError, nearest

_ONE_SLASH = re.compile(r"(?:^|/)(https?|s3|gs|hf):/(?!/)(.+)")


def near_file(path: Path, alike: float = 0.6) -> str:
    """A question that names the file or folder of nearly that name; empty if there is none."""
    try:
        names = sorted(each.name for each in path.parent.iterdir() if each.name[:1] != ".")
        names = [name for name in names if name != path.name]  # it is there, and unfit
    except (OSError, ValueError):
        return ""
    found = nearest(path.name, names, alike)
    return f"did you mean {opened(path.with_name(found))!r}?" if found else ""


def near_address(text: str) -> str:
    """A question that names the address that a text was to be; empty if it is none by a sign."""
    found = _ONE_SLASH.search(text)  # a path may be counted from a folder already
    return f"did you mean '{found[1]}://{found[2]}'?" if found else ""


def opened(path: Path, folder: Path | None = None) -> str:
    """A path as it opens in a folder: that in which a command runs, if no other is given."""
    here = folder or Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def no_folder(folder: Path, key: str) -> ConfigError:
    """The error that a setting names a folder that is none."""
    help = near_file(folder) or f"correct {key}"
    return ConfigError(f"{key}: there is no folder {opened(folder)!r}", help=help)
