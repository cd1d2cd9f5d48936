"""Sites that are written to a folder, and what then lies in it."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST
from sitegen.store.stat import Stat
from sitegen.write.output import open_output
from sitegen.write.written import Written

OLD = {"index.html": "old", "a/b/page.html": "old", "style.css": "same"}
NEW = {"index.html": "new", "c/page.html": "new", "style.css": "same"}


def build(folder: Path, files: Mapping[str, str], **options: object) -> Written:
    with open_output(folder, **options) as output:  # type: ignore[arg-type]
        for path, text in files.items():
            output.write(OutputFile(path, text.encode()))
        written = output.publish()
        # However the site went live, what the next build trusts is what lies there.
        assert output.signatures() == ({} if written.kept else signatures(folder))
        return written


def signatures(folder: Path) -> dict[str, Stat | None]:
    found: dict[str, Stat | None] = {}
    for path in folder.rglob("*"):
        name, info = path.relative_to(folder).as_posix(), path.lstat()
        if not (name.startswith(".sitegen-") or stat.S_ISDIR(info.st_mode)):
            is_file = stat.S_ISREG(info.st_mode)
            found[name] = Stat.from_info(info) if is_file else None
    return found


def tree(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != MANIFEST
    }


def identities(folder: Path) -> dict[Path, tuple[int, int]]:
    paths = [folder, *folder.rglob("*")]
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def without_foreign(folder: Path) -> dict[str, str]:
    return {path: text for path, text in tree(folder).items() if path != "CNAME"}
