"""Stage ``read``: a file that was found -> its bytes, if it is what its name says."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from sitegen.errors import Location, ReadError
from sitegen.limits.files import open_at_once
from sitegen.read.files import PAGES, READERS, InputFile, added_reader
from sitegen.read.mislabelled import HEAD, mislabelled
from sitegen.read.remote.file import RemoteFile


def open_regular(file: InputFile) -> BinaryIO:
    """Open a regular, non-empty file; pipes and devices are refused without waiting for them.

    Raises:
        ReadError: it cannot be opened, is no regular file or is empty.
    """
    place = Location(file=file.name)
    if file.remote:
        return _open_remote(file, file.remote)
    try:
        descriptor = open_at_once(file.path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReadError(
            f"cannot be opened: {reason}", location=place, help="check its permissions"
        ) from error
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and (status.st_size or file.suffix in PAGES):
        return _as_labelled(os.fdopen(descriptor, "rb"), file)
    os.close(descriptor)
    if stat.S_ISREG(status.st_mode):
        raise _empty(file)
    raise ReadError("not a regular file", location=place, help="name a file, not a pipe or device")


def _open_remote(file: InputFile, remote: RemoteFile) -> BinaryIO:
    from sitegen.read.remote.open import open_remote  # noqa: PLC0415 - loads what speaks with hosts

    if not remote.size:
        raise _empty(file)
    reader = READERS.get(file.suffix)
    in_a_row = reader is not None and reader.format in {"jsonl", "csv", "viewer"}
    return _as_labelled(open_remote(remote, ahead=in_a_row), file)


def _empty(file: InputFile) -> ReadError:
    place = Location(file=file.name)
    return ReadError("the file is empty", location=place, help="write or download it again")


def _as_labelled(stream: BinaryIO, file: InputFile) -> BinaryIO:
    """A stream that begins as its name says, unless an extension reads it."""
    head = stream.read(HEAD)
    stream.seek(0)
    is_added = added_reader(file.suffix) is not None
    if not is_added and (found := mislabelled(head, file.suffix, file.packing)):
        stream.close()
        raise ReadError(found[0], location=Location(file=file.name), help=found[1])
    return stream
