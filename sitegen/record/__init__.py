"""Record: what the last build read, made and said, so that a build with nothing to do says so."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.data import data_folder
from sitegen.errors import SitegenError
from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.read import find_redirects, find_toctree
from sitegen.read.files import PAGES, find_files, folder_of, markdown_folders
from sitegen.read.folder import walk
from sitegen.read.includes import includes_others
from sitegen.store.stamp import code_version, state_file, write_state

_FORMAT = 1
_RACE = 2_000_000_000  # ns; a file this young may change again without changing its time

Stat = tuple[int, int, int]
"""Size, modification time in ns, inode."""


@dataclass(frozen=True, slots=True)
class Record:
    """All of a record is empty when there is none, or when it cannot be read.

    ``sources`` are the files that were read: their stat and SHA-256. ``layouts`` gives, by output
    path, the digest of all that a file was made from; ``output`` the signatures of the files;
    ``found`` the digests of what the index of the search was made of.
    """

    options: str = ""
    code: str = ""
    began: int = 0
    sources: Mapping[str, tuple[Stat, str]] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)
    output: Mapping[str, tuple[int, int, int] | None] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)

    def fits(self, config: Config) -> bool:
        """Tell whether the same code made it under the same configuration."""
        return (self.options, self.code) == (_options(config), code_version())


def is_kept(config: Config) -> bool:
    """Tell whether builds under a configuration leave a record."""
    return _file(config) is not None


def load_record(config: Config) -> Record:
    """Read the record of the configured output."""
    file = _file(config)
    if file is None or config.clean:
        return Record()
    try:
        table = json.loads(file.read_bytes())
        if table.pop("format") != _FORMAT:
            return Record()
        sources = {path: (tuple(stat), sha) for path, (stat, sha) in table.pop("sources").items()}
        output = {p: tuple(s) if s else None for p, s in table.pop("output").items()}
        if table["code"] != code_version():  # another indexer makes another index
            table["found"] = {}
        return Record(sources=sources, output=output, **table)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Record()


def last_report(config: Config) -> Mapping[str, Any] | None:
    """Give the report of the last build, if a build would now make the very same site.

    Neither input nor output is opened where size, time and inode are as they were.
    """
    record = load_record(config)
    if not record.report or not record.fits(config):
        return None
    try:
        now = look(config)
    except (SitegenError, OSError):  # the build says it better
        return None
    if now.keys() != record.sources.keys():
        return None
    for path, stat in now.items():
        before, sha = record.sources[path]
        if (stat != before or stat[1] > record.began - _RACE) and _sha256(path) != sha:
            return None
    if _output(config.output) != record.output:
        return None
    files = record.report["files"]
    equal = files["added"] + files["changed"] + files["unchanged"]
    files = {"added": 0, "changed": 0, "unchanged": equal, "removed": 0, "bytes": files["bytes"]}
    return {**record.report, "files": files}


def look(config: Config) -> dict[str, Stat]:
    """Take the stat of every file that a build reads.

    Raises:
        SitegenError: an input is missing or of no known form.
        OSError: a file went away meanwhile.
    """
    found: dict[str, Stat] = {}
    for path in _sources(config):
        info = path.stat()
        found[str(path)] = (info.st_size, info.st_mtime_ns, info.st_ino)
    return found


def save_record(config: Config, record: Record, before: Mapping[str, Stat]) -> None:
    """Keep a record, unless a file was changed since ``before``, when the build began."""
    file = _file(config)
    if file is None:
        return
    try:
        if look(config) != before:
            file.unlink(missing_ok=True)
            return
        sources = {path: (stat, _sha256(path)) for path, stat in before.items()}
        whole = replace(record, options=_options(config), code=code_version(), sources=sources)
        table = {each.name: getattr(whole, each.name) for each in fields(whole)}
        write_state(file, json.dumps({"format": _FORMAT, **table}).encode())
    except (SitegenError, OSError, ValueError):  # no record: the next build does all its work
        with suppress(OSError):
            file.unlink(missing_ok=True)


def begin() -> int:
    """Give the time before which a file must have been changed for its time to be trusted."""
    return time.time_ns()


def _sources(config: Config) -> Iterator[Path]:
    files = find_files(config.input, [])
    yield from (file.path for file in files)
    folders = set(markdown_folders(config.input))  # whose pages may include any file of theirs
    for file in files:
        is_alone = file.suffix in PAGES and folder_of(file) not in folders
        if is_alone and includes_others(file.path):
            folders.add(folder_of(file))
    for folder in folders:
        yield from walk(folder, [])
    yield from map(Path, config.inventories.values())
    for path in config.api.search_paths:
        yield from (file for name in config.api.packages for file in _modules(path, name))
    if toctree := config.toctree or find_toctree(config.input):
        yield toctree
    if redirects := config.redirects or find_redirects(config.input):
        yield redirects
    if config.theme.logo:
        yield config.theme.logo
    if config.files:
        yield from walk(config.files, [])
    if config.feeds.previous:  # the tables of its chunks; their folder may have got another name
        yield from sorted(config.feeds.previous.glob("chunk*/*.json"))
    themes = [data_folder("templates"), data_folder("static")]
    themes += [f for f in (config.theme.templates, config.theme.static) if f is not None]
    for folder in themes:
        yield from walk(folder, [])


def _modules(folder: Path, package: str) -> Iterator[Path]:
    yield from (path for path in (folder / f"{package}.py",) if path.is_file())
    yield from sorted((folder / package).rglob("*.py"))


def _output(folder: Path) -> dict[str, tuple[int, int, int] | None]:
    """List the output as the writer does; empty while the leavings of a killed build lie there."""
    found: dict[str, tuple[int, int, int] | None] = {}
    try:
        if any(folder.parent.glob(f".{glob.escape(folder.name + RESERVED)}*")):
            return {}
        if not (folder / MANIFEST).is_file():
            return {}
        waiting = [("", folder)]
        for at, path in waiting:
            with os.scandir(path) as entries:
                for entry in entries:
                    name = at + entry.name
                    if not at and entry.name.startswith(RESERVED):
                        if entry.name.startswith((f"{RESERVED}stage-", f"{RESERVED}commit-")):
                            return {}
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{name}/", Path(entry.path)))
                    elif entry.is_file(follow_symlinks=False):
                        info = entry.stat(follow_symlinks=False)
                        found[name] = (info.st_ino, info.st_size, info.st_mtime_ns)
                    else:
                        found[name] = None
    except OSError:
        return {}
    return found


def _options(config: Config) -> str:
    neutral = replace(config, jobs=0, strict=False, clean=False)
    return hashlib.sha256(repr(neutral).encode("utf-8", "surrogatepass")).hexdigest()


def _file(config: Config) -> Path | None:
    if config.api.packages:  # what their sources are made of, only reading them tells
        return None
    return state_file(config.cache, config.output, "record.json")


def _sha256(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a str, of thousands
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
