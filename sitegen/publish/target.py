"""Publish: the target as it is written -> its scheme, host, path and options, checked."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from sitegen.errors import ConfigError, did_you_mean
from sitegen.safe_urls import redacted

_ON_GITHUB = re.compile(r"https?://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class Target(Struct, frozen=True):
    """Where a site goes.

    ``path`` has no percent-encoding; ``fragment`` names a branch, and a folder of it.
    """

    text: str
    scheme: str
    host: str
    path: str
    fragment: str


def parse_target(text: str, known: Collection[str]) -> Target:
    """Read a target such as ``s3://bucket/folder``; the scheme is one of ``known``.

    Raises:
        ConfigError: It is not one, holds a secret, or would read as an option of a program.
    """
    match = _SCHEME.match(text)
    if match is None or match[1].lower() not in known:
        found = match[1] if match else text
        raise ConfigError(f"no publisher for {redacted(found)!r}", help=instead_of(text, known))
    if re.search(r"[\x00-\x20\x7f]", text):
        raise ConfigError("a target holds no spaces or control characters", help="write %20")
    try:
        parts = urlsplit(text)
        has_password = parts.password is not None
    except ValueError as error:
        raise ConfigError(f"not an address: {redacted(text)!r}") from error
    if has_password:
        raise ConfigError(
            f"a password in {redacted(text)!r}",
            help="secrets come from the environment: see docs/publish",
        )
    target = Target(text, parts.scheme, parts.netloc, unquote(parts.path), unquote(parts.fragment))
    host = target.host.rpartition("@")[2]
    if any(part.startswith("-") for part in (host, target.host, target.path, target.fragment)):
        raise ConfigError(f"{redacted(text)!r} would be read as an option")
    if {"..", "."} & set(target.path.split("/")):
        raise ConfigError(f"{redacted(text)!r} leads through '.' or '..'")
    return target


def instead_of(text: str, known: Collection[str]) -> str:
    """What to write in place of a target that no publisher is for: the address of a folder, say."""
    if "/" in text and ":" not in text:
        return f"a folder of this machine is {redacted(Path(text).absolute().as_uri())}"
    if repository := _ON_GITHUB.fullmatch(text):
        return f"write git+https://github.com/{repository[1]}.git#gh-pages"
    return did_you_mean(f"{text.partition(':')[0]}:", [f"{scheme}:" for scheme in known])


def place_in_branch(fragment: str) -> tuple[str, str]:
    """The branch of ``BRANCH:FOLDER``, and the folder with its ``/``, each empty if not said.

    Raises:
        ConfigError: It cannot be a folder of a branch.
    """
    branch, _, place = fragment.partition(":")
    inside = place.strip("/")
    if inside and {"", ".", "..", ".git"} & {part.lower() for part in inside.split("/")}:
        raise ConfigError(f"not a folder of a branch: {place!r}")
    return branch, f"{inside}/" if inside else ""


def below(text: str, folder: str) -> str:
    """The target that is a folder of another one.

    Raises:
        ConfigError: The target has no folders.
    """
    scheme = text.partition(":")[0].lower()
    if scheme == "zip":
        raise ConfigError(
            "a zip holds one site, and these are several",
            help="name one of the folders with --site, or publish to a folder: file:///",
        )
    if not scheme.startswith(("gh-pages", "git+", "hf")):
        return f"{text.rstrip('/')}/{folder}"
    place, _, fragment = text.partition("#")
    branch, _, inside = fragment.partition(":")
    return f"{place}#{branch}:{'/'.join(filter(None, (inside.strip('/'), folder)))}"
