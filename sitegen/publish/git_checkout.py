"""Publish: what the checkout that is published from tells - its remotes, and who commits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from sitegen.errors import ConfigError
from sitegen.limits.files import real
from sitegen.publish.git_command import Git
from sitegen.safe_urls import redacted

_SHORT = re.compile(r"(?!-)(?:[\w.-]+@)?(?!-)([\w.-]+):(?![/-])([\w./~-]+)")  # git@host:owner/repo
_OURS = {"name": "sitegen", "email": "sitegen@localhost"}


def identity() -> dict[str, str]:
    """Who commits, as variables of git: by its own settings, and sitegen where it has none."""
    found = Git(Path.cwd(), "").run("config", "-z", "--get-regexp", r"^(user|author|committer)\.")
    entries = found.stdout.decode("utf-8", "replace").split("\0")
    settings = dict(entry.partition("\n")[::2] for entry in entries if entry)
    return {
        f"GIT_{role.upper()}_{part.upper()}": _setting(settings, role, part)
        for role in ("author", "committer")
        for part in _OURS
    }


def _setting(settings: Mapping[str, str], role: str, part: str) -> str:
    return settings.get(f"{role}.{part}") or settings.get(f"user.{part}") or _OURS[part]


def remote_url(name: str) -> str:
    """Read a remote's address from the checkout's own configuration, without running its hooks.

    Raises:
        ConfigError: There is no such remote, or it is none that git may be given.
    """
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise ConfigError(f"not a name of a remote: {name!r}")
    git = Git(Path.cwd(), "")
    repository = git.run("rev-parse", "--absolute-git-dir")
    words = repository.stderr.decode("utf-8", "replace").strip()
    if repository.returncode and "dubious ownership" in words:
        said, _, advice = words.partition("\n")
        raise ConfigError(
            f"git does not read this folder's repository: {said.removeprefix('fatal: ')}",
            help=f"if you trust it: {advice.split(':')[-1].strip()}",
        )
    found = git.run("config", "--local", "--get", f"remote.{name}.url")
    if found.returncode:
        place = "a folder in no repository" if repository.returncode else "this folder's repository"
        raise ConfigError(
            f"there is no remote {name!r} in {place}",
            help="write the address: git+https://host/owner/repo.git#gh-pages",
        )
    url = found.stdout.decode("utf-8", "replace").removesuffix("\n")
    if url.startswith(("./", "../")):  # git counts from the top of the checkout
        top = git.run("rev-parse", "--show-toplevel").stdout or repository.stdout
        url = str(real(Path(top.decode("utf-8", "replace").removesuffix("\n")) / url))
    return checked(url)


def checked(url: str) -> str:
    """Allow https, ssh and plain files; git has schemes that start programs.

    Raises:
        ConfigError: It is none of these, or holds a password.
    """
    if url.startswith("/"):
        url = f"file://{quote(url)}"
    if _SHORT.fullmatch(url):
        return url
    url = url.replace(" ", "%20")
    match = re.fullmatch(r"(https|ssh|file)://([^/\s]*)(/[^\s]*)", url)
    hosts = match[2].split("@") if match else []
    if match is None or any(part.startswith("-") for part in hosts):
        raise ConfigError(
            f"not a remote to push to: {redacted(url)!r}", help="https, ssh and file are allowed"
        )
    if ":" in match[2].rpartition("@")[0]:
        raise ConfigError("a password in the remote's address", help="see docs/publish")
    return url
