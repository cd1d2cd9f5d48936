"""Find: an address of another machine -> the dataset files there, of one revision.

What was found holds until `look_again`: one revision is read from beginning to end, whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from sitegen.errors import ConfigError, Diagnostic, ReadError, SitegenError, did_you_mean
from sitegen.read.configs import Folder, choose_config
from sitegen.read.files import READERS, InputFile, suffix_of
from sitegen.read.remote.file import RemoteFile, shown
from sitegen.scan.patterns import rare
from sitegen.urls import natural_key

SCHEMES = ("hf", "s3", "gs", "https")
_SPLIT = rare(r"(?P<config>[\w.-]*):(?P<split>[\w.-]*)")
_BESIDE = frozenset((".txt", ".json"))
"""What of a folder with other files is no data: cards and licences."""

_found: dict[tuple[str, str], tuple[list[InputFile], list[Diagnostic]] | SitegenError] = {}


def look_again(*, only_faults: bool = False) -> None:
    """Forget what was found, or not found: the next that asks is told what is there by then."""
    for key in [k for k, v in _found.items() if not only_faults or isinstance(v, SitegenError)]:
        del _found[key]


def find_remote(item: str, notices: list[Diagnostic], config_name: str = "") -> list[InputFile]:
    """The files of an input, in natural order of their names.

    Raises:
        ReadError: there is none, it may not be read, or its host does not answer.
        ConfigError: it is no address of a dataset.
    """
    key = (item, config_name)
    if key not in _found:
        try:
            said: list[Diagnostic] = []
            _found[key] = (_find(item, said, config_name), said)
        except SitegenError as error:  # asked once, however many want to know
            _found[key] = error
    found = _found[key]
    if isinstance(found, SitegenError):
        raise found
    notices += found[1]
    return found[0]


def _find(item: str, notices: list[Diagnostic], config_name: str) -> list[InputFile]:
    scheme = scheme_of(item)
    if scheme == "hf":
        from sitegen.read.remote.hub import list_files, parse  # noqa: PLC0415 - loads urllib3

        repository, revision, rest = parse(item)
        listing = list_files(repository, revision)
        folder = _folder_of(f"hf://datasets/{repository}", listing.files, listing.configs)
        return _chosen(folder, rest, notices, config_name)
    if scheme in {"s3", "gs"}:
        from sitegen.read.remote.bucket import look as look_into  # noqa: PLC0415 - loads pyarrow

        fixed, pattern = _fixed_part(item)
        files = look_into(fixed)
        if "" in files and not pattern:
            return [_input(files[""], PurePosixPath(fixed).name)]
        return _chosen(_folder_of(fixed, files, ()), pattern, notices, config_name)
    if scheme in {"http", "https"}:
        from sitegen.read.remote.web import look  # noqa: PLC0415 - loads urllib3

        name = PurePosixPath(shown(item)).name
        if suffix_of(Path(name)) not in READERS:
            raise ReadError(
                f"{shown(item)} does not name a dataset file: {name or 'its end'!r} has no suffix "
                "of one",
                help=f"known: {', '.join(READERS)}",
            )
        return [_input(look(item), name)]
    raise ConfigError(f"inputs are not read by {scheme}://", help=did_you_mean(scheme, SCHEMES))


def _folder_of(
    name: str, files: Mapping[str, RemoteFile], configs: Iterable[Mapping[str, object]]
) -> Folder[InputFile]:
    order = sorted(files, key=natural_key)
    inputs = {path: _input(files[path], path) for path in order}
    from sitegen.read.aside import columns_of  # noqa: PLC0415 - no record needs it

    return Folder(name, inputs, list(configs), columns_of)


def _input(file: RemoteFile, name: str) -> InputFile:
    return InputFile(Path(str(file)), name, name, file)


def _chosen(
    folder: Folder[InputFile], rest: str, notices: list[Diagnostic], config_name: str
) -> list[InputFile]:
    """The data files of a folder that the rest of an address names, or that there are."""
    if rest in folder.files:
        return [folder.files[rest]]
    match = _SPLIT.fullmatch(rest)
    if match is None and rest:
        pattern = rest if re.search(r"[*?[]", rest) else f"{rest}/*"
        named = {path: f for path, f in folder.files.items() if fnmatchcase(path, pattern)}
        if not named:
            raise ReadError(
                f"{folder.name} has no file or folder {rest!r}",
                help=did_you_mean(rest, [*folder.files] or ["nothing"]),
            )
        found = _data(named)
    else:
        found = _data(folder.files)
        config, split = (match["config"], match["split"]) if match else ("", "")
        held = Folder(folder.name, found, folder.configs, folder.columns)
        choice = choose_config(held, config or config_name, split)
        if choice.others and not config:
            notices.append(choice.told(folder.name))
        found = {file.name: file for file in choice.files}
    if not found:
        raise ReadError(
            f"{folder.name} holds no dataset files",
            help=f"known: {', '.join(sorted(READERS.keys() - _BESIDE))}",
        )
    return list(found.values())


def _data(files: Mapping[str, InputFile]) -> dict[str, InputFile]:
    """The files that are data, of one kind; parts that begin with `_` or `.` belong to others."""
    known = {
        path: file
        for path, file in files.items()
        if file.suffix in READERS and not re.search(r"(?:^|/)[._]", path)
    }
    strong = {path: file for path, file in known.items() if file.suffix not in _BESIDE}
    return strong or known


def _fixed_part(item: str) -> tuple[str, str]:
    """An address up to its first pattern, and the pattern."""
    scheme, _, path = item.partition("://")
    parts = path.split("/")
    is_pattern = [bool(re.search(r"[*?[]", part)) for part in parts]
    at = is_pattern.index(True) if True in is_pattern else len(parts)
    return f"{scheme}://{'/'.join(parts[:at])}", "/".join(parts[at:])


def scheme_of(url: str) -> str:
    """The scheme of an address in lower case."""
    return url.partition("://")[0].lower()
