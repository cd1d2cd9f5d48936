"""Where the theme's own files lie: inside the wheel or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from sitegen.errors import TemplateError

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
