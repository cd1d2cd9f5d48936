"""Record: what the last build read, made and said, so that a build with nothing to do says so."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.config import Config, VersionConfig
from sitegen.errors import ConfigError, SitegenError
from sitegen.read.remote.file import NO_VERSION
from sitegen.read.remote.find import look_again
from sitegen.read.remote.open import keep_in
from sitegen.record.inputs import find_places, stat_files
from sitegen.record.result import Result
from sitegen.store.sha256 import sha256_of
from sitegen.store.stamp import code_version, record_file, write_state
from sitegen.store.stat import Stat
from sitegen.urls import is_remote
from sitegen.write.listing import list_site

_FORMAT = 4
_AT_ONCE = 1_000  # entries of a table in one line of a record's file
_RACE = 2_000_000_000  # ns; a file this young may change again without changing its time
Beginning = tuple[int, Mapping[str, Stat]]
"""When a build began (ns), and what the files that it reads were known by."""


class Record(Struct, frozen=True):
    """All of a record is empty when there is none, or when it cannot be read.

    ``sources`` are the files that were read: their stat and SHA-256. ``made`` gives paths of the
    output by the digest of all that the files there were made of, ``output`` the signatures of all
    files. ``version`` is what names the version on each page: its name, and the list of all.
    """

    options: str = ""
    code: str = ""
    began: int = 0
    sources: Mapping[str, tuple[Stat, str]] = field(default_factory=dict)
    made: Mapping[str, Sequence[str]] = field(default_factory=dict)
    output: Mapping[str, Stat | None] = field(default_factory=dict)
    version: VersionConfig = field(default_factory=VersionConfig)
    report: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, config: Config) -> bool:
        """Tell whether the same code made it under the same configuration."""
        return (self.options, self.code) == (_options(config), code_version())


def named(config: Config) -> VersionConfig:
    """All of a configuration that names its version on the pages."""
    return VersionConfig(name=config.version.name, list=config.version.list)


def is_kept(config: Config) -> bool:
    """Tell whether builds under a configuration leave a record."""
    return _file(config) is not None


def load_record(config: Config) -> Record:
    """Read the record of the configured output.

    Raises:
        ConfigError: it is a bucket, into which no files are written one by one.
    """
    if config.bucket:
        message = "this builds folders, and the output is a bucket"
        raise ConfigError(message, help="in a program call sitegen.publish.straight.build")
    file = _file(config)
    if file is None or config.clean:
        return Record()
    try:
        with file.open("rb") as lines:
            return _read(lines)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Record()
    except msgspec.MsgspecError:
        return Record()


def last_result(config: Config, record: Record, began: Beginning) -> Result | None:
    """The result of the last build, if a build that ``began`` would make the very same site.

    Neither input nor output is opened where size, time and inode are as they were.
    """
    now = began[1]
    if not now or not record.report or not record.fits(config):
        return None
    if now.keys() != record.sources.keys():
        return None
    if any(_is_other(path, stat, record) for path, stat in now.items()):
        return None
    if list_site(config.output) != record.output:
        return None
    return Result(record.report).unchanged()


def _is_other(path: str, stat: Stat, record: Record) -> bool:
    """Whether a file is not the one that was read: of another machine, only its version tells."""
    before, sha = record.sources[path]
    may_differ = stat != before or stat.changed > record.began - _RACE
    if is_remote(path):
        return may_differ or stat.inode == NO_VERSION
    return may_differ and _sha256(path) != sha


def save_record(
    config: Config,
    began: Beginning,
    *,
    made: Mapping[str, Sequence[str]],
    output: Mapping[str, Stat | None],
    report: Mapping[str, Any],
) -> None:
    """Keep a record of what was made, unless a file was changed since the build ``began``."""
    file, (started, before) = _file(config), began
    if file is None or not before:
        return
    try:
        if stat_files(find_places(config)) != before:
            file.unlink(missing_ok=True)
            return
        sources = {
            path: (stat, "" if is_remote(path) else _sha256(path)) for path, stat in before.items()
        }
        options, code = _options(config), code_version()
        known = (options, code, started, sources)
        write_state(file, _lines(Record(*known, made, output, named(config), report)))
    except (SitegenError, OSError, ValueError):  # no record: the next build does all its work
        with suppress(OSError):
            file.unlink(missing_ok=True)


def save_seen(config: Config, output: Mapping[str, Stat | None]) -> None:
    """Remember how the files of an output are seen that no build has made, and nothing else."""
    if (file := _file(config)) is not None:
        with suppress(OSError):  # who has to know reads them
            write_state(file, _lines(Record(output=output)))


class _Tables(Struct):
    """Entries of the two large tables in a line of a record's file."""

    output: dict[str, Stat | None] = {}
    made: dict[str, tuple[str, ...]] = {}


_read_tables = msgspec.json.Decoder(_Tables).decode


def _lines(record: Record) -> Iterator[bytes]:
    """Yield a record as lines of JSON: the files of a large site are many, the rest is one line."""
    names = ("options", "code", "began", "sources", "report")
    version = {"name": record.version.name, "list": record.version.list}
    head = {"format": _FORMAT, "version": version}
    yield _line(head | {name: getattr(record, name) for name in names})
    for name in ("output", "made"):
        entries = iter(getattr(record, name).items())
        while some := dict(islice(entries, _AT_ONCE)):
            yield _line({name: some})


def _line(table: Mapping[str, object]) -> bytes:
    try:
        return msgspec.json.encode(table) + b"\n"
    except ValueError:  # somebody's file has a name that is no UTF-8
        return json.dumps(table).encode() + b"\n"


def _tables(line: bytes) -> _Tables:
    try:
        return _read_tables(line)
    except msgspec.MsgspecError:
        return msgspec.convert(json.loads(line), _Tables)


def _read(lines: Iterable[bytes]) -> Record:
    """The record in some lines; empty if it has another form. Each path is held once."""
    rest = iter(lines)
    table = json.loads(next(rest, b"{}"))
    if table.pop("format") != _FORMAT:
        return Record()
    sources = {path: (Stat(*stat), sha) for path, (stat, sha) in table.pop("sources").items()}
    output: dict[str, Stat | None] = {}
    made: dict[str, Sequence[str]] = {}
    for tables in map(_tables, rest):
        output |= {intern(path): seen for path, seen in tables.output.items()}
        made |= {key: tuple(map(intern, paths)) for key, paths in tables.made.items()}
    version = VersionConfig(**table.pop("version"))
    return Record(sources=sources, output=output, made=made, version=version, **table)


def begin(config: Config) -> Beginning:
    """The time before which files must have been changed for it to be trusted, and their stats.

    There are none where no record is kept; what is wrong with the input, reading says better.
    """
    started = time.time_ns()
    look_again()
    keep_in(config.cache)
    if not is_kept(config):
        return started, {}
    try:
        return started, stat_files(find_places(config))
    except (SitegenError, OSError):
        return started, {}


def _options(config: Config) -> str:
    neutral = replace(config, jobs=0, strict=False, clean=False, cluster="")
    return sha256_of(repr(neutral))


def _file(config: Config) -> Path | None:
    if config.api.packages:  # what their sources are made of, only reading them tells
        return None
    return record_file(config.cache, config.output)


def _sha256(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a str, of thousands
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
