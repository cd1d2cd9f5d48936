"""What this installation is: its name on a package index, where it came from, its own files."""

from __future__ import annotations

from pathlib import Path

from sitegen.errors import TemplateError

VERSION = "0.1.0"
DISTRIBUTION = "sitegen-docs"
"""What package indexes and installers call us; ``sitegen`` is somebody else's there."""

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """Find the folder ``templates`` or ``static`` that came with this installation.

    Raises:
        TemplateError: when the installation lacks it.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise TemplateError(f"the theme's {name} folder is missing", help="install sitegen again")


def is_checkout() -> bool:
    """Whether the code that runs lies in a checkout, not in an installed wheel."""
    return not (_PACKAGE / "_data").is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file()


def install_line(extra: str) -> str:
    """The command that adds an extra to this installation, wherever that came from.

    What is installed under its name already is not fetched anew, so the name alone will do there.
    """
    if is_checkout():
        return f"pip install -e '.[{extra}]', in its checkout"
    return f"pip install '{DISTRIBUTION}[{extra}]'"
