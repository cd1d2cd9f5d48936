"""Assets: static files -> OutputFiles under names that carry a fingerprint of their content."""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from sitegen.config import ThemeConfig
from sitegen.config.near import near_file, no_folder
from sitegen.config.phrases import IN_SCRIPTS, Strings
from sitegen.data import data_folder
from sitegen.errors import ConfigError, Location, did_you_mean
from sitegen.limits.files import read_regular
from sitegen.model import OutputFile
from sitegen.read.folders.authored import walk
from sitegen.store.sha256 import sha256_of

FOLDER = "assets"
_SCRIPT = (b"(() => {\n", b"})();\n")
JOINED = {"site.css": (b"", b""), "site.js": _SCRIPT, "find.js": _SCRIPT}
"""Folders of the theme that are one asset each, and what stands around their joined files."""
_REFERENCE = re.compile(
    r"""(?P<before>url\(\s*["']?|@import\s+["'])(?P<path>[^"'()\s?#]+)(?P<suffix>[?#][^"'()\s]*)?"""
)
_FOR_US = re.compile(rb"^[ \t]*(?://.*\n|/\*.*\*/[ \t]*\n|\n)?", re.MULTILINE)
_CSS_BLANKS = re.compile(rb"""("[^"\n]*"|'[^'\n]*')|(?<=[{};:,])\s+|\s+(?=[{}])|;\s*(?=})""")


class Assets(Struct, frozen=True):
    """The static files of a site; ``urls`` maps ``site.css`` to ``assets/site.1a2b3c4d.css``."""

    files: tuple[OutputFile, ...]
    urls: Mapping[str, str]

    def url(self, name: str) -> str:
        """Give an asset's path relative to the site's root.

        Raises:
            ConfigError: when there is no such asset.
        """
        if name not in self.urls:
            raise ConfigError(f"no asset {name!r}", help=did_you_mean(name, self.urls))
        return self.urls[name]

    def saying(self, strings: Strings) -> Assets:
        """The same with a script for each language: what scripts say there."""
        named = _Fingerprints(_strings(strings))
        files = {name: named.file(name) for name in sorted(_strings(strings))}
        urls = dict(self.urls) | {name: file.path for name, file in files.items()}
        return Assets((*self.files, *files.values()), MappingProxyType(urls))


def load_assets(overrides: Path | None = None, *, theme: ThemeConfig | None = None) -> Assets:
    """Read the theme's static files with the project's own laid over them file by file.

    The colours and the logo of ``theme`` become ``colors.css`` and ``logo.svg`` (or its suffix).

    A folder of `JOINED` is one asset: a project lays a file over one part (``site.css/code.css``),
    adds a part of its own, or puts a file in the place of the whole.

    References between stylesheets and other assets follow the new names, so that a change of an
    image also changes the name of the stylesheet that shows it.

    Raises:
        ConfigError: when the project's folder cannot be read or a link leads out of it.
    """
    found = {name: _lean(name, data) for name, data in _files(data_folder("static"))}
    if overrides is not None:
        found |= dict(_files(overrides))
    for name, around in JOINED.items():
        _join(found, name, around)
    if theme and theme.colors:
        found["colors.css"] = _colors(theme.colors)
    if theme and theme.logo:
        found[f"logo{theme.logo.suffix.lower()}"] = _read(theme.logo, "theme.logo")
    named = _Fingerprints(found)
    files = tuple(named.file(name) for name in sorted(found))
    return Assets(files, MappingProxyType(dict(zip(sorted(found), named.paths(), strict=True))))


def _join(found: dict[str, bytes], name: str, around: tuple[bytes, bytes]) -> None:
    """Replace the files below ``name`` by one, in the order of their names."""
    parts = [found.pop(part) for part in sorted(found) if part.startswith(f"{name}/")]
    if parts and name not in found:  # a project's own file stands for all of them
        start, end = around
        found[name] = start + b"".join(parts) + end


@lru_cache(maxsize=128)  # a preview and the versions of a site have the same theme many times
def _lean(name: str, data: bytes) -> bytes:
    """Leave out what only readers of our code need: lines of comments, and blanks.

    The theme's own files have neither within a string; a project's files are taken as they are.
    """
    kind = name.partition("/")[0]
    data = _FOR_US.sub(b"", data) if kind.endswith((".js", ".css")) else data
    return _CSS_BLANKS.sub(lambda found: found[1] or b"", data) if kind.endswith(".css") else data


class _Fingerprints:
    """Names each asset after its content, what a stylesheet refers to before the stylesheet."""

    def __init__(self, found: Mapping[str, bytes]) -> None:
        self._found = found
        self._done: dict[str, OutputFile] = {}
        self._open: list[str] = []

    def paths(self) -> list[str]:
        return [self.file(name).path for name in sorted(self._found)]

    def file(self, name: str) -> OutputFile:
        if name not in self._done:
            if name in self._open:
                circle = " -> ".join([*self._open, name])
                raise ConfigError(
                    f"stylesheets import each other in a circle: {circle}",
                    help="remove one @import",
                )
            self._open.append(name)
            data = self._found[name]
            if name.endswith(".css"):
                data = self._with_new_names(name, data)
            self._open.pop()
            self._done[name] = OutputFile(f"{FOLDER}/{_fingerprinted(name, data)}", data)
        return self._done[name]

    def _with_new_names(self, stylesheet: str, data: bytes) -> bytes:
        folder = posixpath.dirname(stylesheet)

        def replaced(match: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(folder, match["path"]))
            if target == stylesheet or target not in self._found:
                return match[0]
            path = posixpath.relpath(self.file(target).path, posixpath.join(FOLDER, folder))
            return match["before"] + path + (match["suffix"] or "")

        try:
            return _REFERENCE.sub(replaced, data.decode()).encode()
        except UnicodeDecodeError as error:
            raise ConfigError(
                "stylesheet is not UTF-8",
                location=Location(file=stylesheet),
                help="save it as UTF-8",
            ) from error


def _colors(colors: Mapping[str, str]) -> bytes:
    """Write custom properties; a colour without a dark sister is the same in both themes."""
    given = {name.replace("_", "-"): value for name, value in colors.items()}
    names = sorted({name.removesuffix("-dark") for name in given})
    lines = []
    for name in names:
        dark = given.get(f"{name}-dark")
        light = given.get(name, dark or "")
        value = f"light-dark({light}, {dark})" if dark and dark != light else light
        lines.append(f"  --sg-{name}: {value};\n")
    return f":root {{\n{''.join(lines)}}}\n".encode()


def _strings(strings: Strings) -> dict[str, bytes]:
    """Write what scripts say in each language that a project has strings for."""
    files = {}
    for tag, table in strings.items():
        said = {phrase: table[phrase] for phrase in IN_SCRIPTS if phrase in table}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        files[f"strings.{tag}.js"] = f"globalThis.sitegenStrings = {text};\n".encode()
    return files


def _fingerprinted(name: str, data: bytes) -> str:
    stem, suffix = posixpath.splitext(name)
    return f"{stem}.{sha256_of(data, 8)}{suffix}"


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Read the files below a folder that are its author's, names with ``/``."""
    if not folder.is_dir():
        raise no_folder(folder, "theme.static")
    skipped: list[Path] = []
    for path in walk(folder, skipped):
        yield path.relative_to(folder).as_posix(), _read(path, "the permissions of the file")
    root = os.path.realpath(folder)
    for link in skipped:
        if not Path(os.path.realpath(link)).is_relative_to(root):
            raise ConfigError(
                f"the link {link.name!r} leads out of the static folder",
                location=Location(file=link.relative_to(folder).as_posix()),
                help="copy the file into the folder",
            )


def _read(path: Path, key: str) -> bytes:
    try:
        return read_regular(path)
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}",
            location=Location(file=str(path)),
            help=near_file(path) or f"correct {key}",
        ) from error
