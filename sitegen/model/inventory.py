"""Inventories (Sphinx ``objects.inv``, version 2): what a site documents, for others to link."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from sitegen.errors import ConfigError, Location
from sitegen.limits.files import read_regular
from sitegen.model.objects import CLASS, FUNCTION, LABEL, METHOD, MODULE, PROPERTY, Documented

_HEADER = b"# Sphinx inventory version 2\n"
_COMPRESSED = b"# The remainder of this file is compressed using zlib.\n"
_ENTRY = re.compile(r"(\S(?:.*?\S)?)\s+(\S+):(\S+)\s+(-?\d+)\s+(\S*)\s+(.*)")
_LARGEST = 64 * 2**20  # bytes of a whole inventory; the largest known ones have 10 MB
_ROLES = {kind: kind for kind in (CLASS, FUNCTION, METHOD, MODULE, PROPERTY)}
_KINDS = {role: kind for kind, role in _ROLES.items()} | {
    "exception": CLASS,
    "staticmethod": METHOD,
}


def write_inventory(project: str, entries: Iterable[tuple[str, str, str, str]]) -> bytes:
    """Give the bytes of an inventory of entries in their order.

    An entry is a name, a role with its domain (``py:class``), an address below the site's root and
    a title. Pages (``std:doc``) are found after everything else, as in Sphinx.
    """
    packer = zlib.compressobj(9)
    head = f"# Project: {' '.join(project.split())}\n# Version: \n".encode()
    data = bytearray(_HEADER + head + _COMPRESSED)
    for name, role, address, title in entries:
        short = address.removesuffix(name) + "$" if address.endswith(f"#{name}") else address
        priority = -1 if role == "std:doc" else 1
        shown = "-" if title in {"", name} else " ".join(title.split())
        line = f"{name} {role} {priority} {short} {shown}\n"
        data += packer.compress(line.encode("utf-8", "replace"))
    return bytes(data + packer.flush())


def object_role(kind: str) -> str:
    """Give the role of a kind of Python object, or of a label."""
    return "std:label" if kind == LABEL else f"py:{_ROLES.get(kind, 'data')}"


def read_inventory(path: Path, base_url: str) -> Iterator[Documented]:
    """Yield the Python objects of an inventory, each with its URL below ``base_url``.

    Raises:
        ConfigError: the file cannot be read, or is no inventory of version 2.
    """
    for line in _lines(path):
        match = _ENTRY.fullmatch(line)
        if match is None or match[2] != "py":
            continue
        name, _, role, _, address, _ = match.groups()
        if address.endswith("$"):
            address = address[:-1] + name
        url = urljoin(f"{base_url.rstrip('/')}/", address)
        yield Documented(name, "", "", _KINDS.get(role, ""), url)


def _lines(path: Path) -> list[str]:
    place = Location(file=str(path))
    try:
        data = read_regular(path)
    except OSError as error:
        raise ConfigError(
            f"the inventory cannot be read: {error.strerror}",
            location=place,
            help="correct inventories: the address of a site, and its objects.inv on this disk",
        ) from error
    head, mark, body = data.partition(_COMPRESSED)
    if not head.startswith(_HEADER) or not mark:
        raise ConfigError(
            "no Sphinx inventory of version 2",
            location=place,
            help="download the objects.inv of the other site's documentation",
        )
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(body, _LARGEST)
        if unpacker.unconsumed_tail:
            raise ConfigError(f"unpacks to more than {_LARGEST:,} bytes", location=place)
        if not unpacker.eof:
            raise ConfigError("is damaged: it ends too early", location=place)
        return text.decode("utf-8").splitlines()
    except (zlib.error, UnicodeDecodeError) as error:
        raise ConfigError(f"is damaged: {error}", location=place) from error
