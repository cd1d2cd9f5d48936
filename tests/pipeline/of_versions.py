"""A project of several versions."""

from __future__ import annotations

from pathlib import Path

from sitegen.config import Config
from sitegen.config.file import load_config

PAGES = {
    "1.0": {"index.md": "# Start\n\nOne.\n", "a/old.md": "# Old\n", "a/both.md": "# Both\n"},
    "2.0": {"index.md": "# Start\n\nTwo.\n", "a/both.md": "# Both\n"},
    "3.0": {"index.md": "# Start\n\nThree.\n", "a/both.md": "# Both\n", "a/new.md": "# New\n"},
}


def write(folder: Path, versions: dict[str, dict[str, str]]) -> None:
    for name, pages in versions.items():
        for path, text in pages.items():
            file = folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


def configured(folder: Path, *names: str, more: str = "", top: str = "") -> Config:
    listed = "".join(f'[[versions]]\nname = "{name}"\ninput = "{name}"\n{more}\n' for name in names)
    (folder / "sitegen.toml").write_text(
        f'base_url = "https://h.org/docs/"\noutput = "site"\nsearch = "headings"\n{top}\n{listed}'
    )
    return load_config(environ={}, cwd=folder, flags={"jobs": 1})


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def texts(folder: Path) -> dict[str, bytes]:
    return {path: data for path, (data, _) in snapshot(folder).items()}
