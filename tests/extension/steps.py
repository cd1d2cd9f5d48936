"""A project that uses the package of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
PACKAGE = Path(__file__).with_name("package")
FILE = str(PACKAGE / "sitegen_steps.py")
PAGE = """# {title}

<Recipe title="Do">

1. One *thing*.
2. Another.

</Recipe>
"""


def write(folder: Path, **pages: str) -> None:
    (folder / "docs").mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")


def read(folder: Path, name: str) -> str:
    return (folder / "build" / name).read_text("utf-8")
