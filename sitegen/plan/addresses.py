"""Addresses: paths as redirects write them -> permalinks and files, and what stands there."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct

from sitegen.safe_urls import is_external, safe_url
from sitegen.urls import PAGE_SUFFIX, fold, is_absolute, permalink, portable

_PAGE_FILES = (".html", ".htm")


class Address(NamedTuple):
    """A permalink (or the path of a file, or a URL), and an anchor if a section is meant."""

    permalink: str
    anchor: str = ""


class There(Struct, frozen=True):
    """What stands where: titles of pages by permalink, pages of the site itself, other files.

    ``files`` are paths by what they are folded to, as two that differ in letter case may be one.
    """

    titles: Mapping[str, str]
    own: Set[str]
    files: Mapping[str, str]

    def at(self, address: str) -> str:
        """Say what stands at a permalink or path of a file; empty if nothing does."""
        if address in self.titles:
            return "a page"
        if address in self.own:
            return "a page of the site itself"
        return "a file" if fold(address.rstrip("/")) in self.files else ""

    def leads(self, address: str, *, anchor: bool) -> bool:
        """Whether a redirect may lead to an address: a page; else a file or another host."""
        if address in self.titles:
            return True
        is_file = self.files.get(fold(address)) == address
        return not anchor and (is_file or (is_external(address) and safe_url(address)))


def old_address(path: str) -> Address:
    """The address that a redirect stands at; ``old.html`` is a file, as other tools write them."""
    path, anchor = _split(path)
    folders, _, name = path.rpartition("/")
    if not name.lower().endswith(_PAGE_FILES):
        return Address(permalink(PAGE_SUFFIX.sub("", path)), anchor)
    is_index = name.lower().rpartition(".")[0] == "index"
    return Address(permalink(folders) + ("" if is_index else portable(name)), anchor)


def new_address(path: str, files: Set[str]) -> Address:
    """The address that a redirect leads to: a page, one of the ``files``, or a URL as it is."""
    if is_absolute(path):
        return Address(path)
    path, anchor = _split(path)
    return Address(path if path in files else permalink(PAGE_SUFFIX.sub("", path)), anchor)


def _split(path: str) -> tuple[str, str]:
    path, _, anchor = path.partition("#")
    return path.removeprefix("./").strip("/"), unquote(anchor)
