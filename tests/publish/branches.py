"""Branches of bare repositories, and what lies in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from sitegen.publish import Outcome

Site = Callable[..., Path]
Send = Callable[..., Outcome]
PAGES = {".nojekyll": "", "index.html": "home", "a/index.html": "a", "assets/x.12345678.css": "c"}


def git(folder: Path, *arguments: str) -> str:
    identity = {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@localhost"}
    identity |= {"GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@localhost"}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **identity},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commits(remote: Path) -> int:
    return int(git(remote, "rev-list", "--count", "gh-pages"))


def paths(remote: Path) -> set[str]:
    return set(git(remote, "ls-tree", "-r", "--name-only", "gh-pages").splitlines())


def somebody_works(folder: Path, remote: Path, **files: str) -> None:
    """Push files of somebody else to the branch, which is new."""
    git(folder, "clone", "-q", str(remote), "work")
    work = folder / "work"
    git(work, "checkout", "-q", "-b", "gh-pages")
    for name, text in files.items():
        (work / name).parent.mkdir(exist_ok=True)
        (work / name).write_text(text)
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "x")
    git(work, "push", "-q", "origin", "gh-pages")
