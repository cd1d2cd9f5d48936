"""Moves: where addresses of before lead, as nouns; `redirects` makes them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from sitegen.errors import Location


class Moved(Struct, frozen=True):
    """An anchor of before: on which page it was, and where what it named is now.

    ``old`` and ``new`` are permalinks, which may be the same; ``fragment`` is empty where the new
    place is a whole page, and ``title`` that page's. ``place`` is where this is written.
    """

    old: str
    anchor: str
    new: str
    fragment: str
    title: str
    place: Location = Location()


class Goal(NamedTuple):
    """Where the address of a page of before leads, and where single anchors of it do instead.

    ``permalink`` may be the path of a file of the site, or the address of another host.
    """

    permalink: str
    fragment: str = ""  # with "#"
    moved: tuple[Moved, ...] = ()


class Redirects(NamedTuple):
    """By old permalink, or path of a file, where it leads; and rules for hosts that read such."""

    goals: Mapping[str, Goal] = MappingProxyType({})
    rules: Mapping[str, str] = MappingProxyType({})
