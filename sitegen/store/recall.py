"""Recall: a value is made once of what it is made of, and from then on remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec

from sitegen.store.ahead import Ahead
from sitegen.store.digest import digest
from sitegen.store.sqlite import LIMIT, Disk

P = TypeVar("P")
T = TypeVar("T")
Read = Callable[[Sequence[str]], Mapping[str, bytes]]
_DECODERS: dict[type[Any], msgspec.msgpack.Decoder[Any]] = {}
_AT_ONCE = 512  # values that are written at once, and that a killed build may lose
_MOST = 8 << 20  # bytes of them
_ASKED = 16  # parts that are looked up by one question at first
_MOST_ASKED = 512


def always(_: object) -> bool:
    """The answer for values that depend on nothing but what they were made of."""
    return True


class Store:
    """Values by the digest of what they were made of: the one way not to do work twice.

    On a disk they outlive the process. In memory the very objects are given back, and what two
    builds in a row did not ask for is forgotten.
    """

    def __init__(
        self,
        file: Path | None,
        *,
        in_memory: bool = False,
        limit: int = LIMIT,
        is_new: bool = False,
        used: set[int] | None = None,
    ) -> None:
        """Keep values in ``file``, if there is one, and ``in_memory`` if so asked.

        ``is_new`` says that this build has begun without a file, ``used`` what it has asked for.
        """
        self._disk = Disk(file, limit=limit, is_new=is_new, used=used) if file else None
        self._in_memory = in_memory
        self._old: dict[str, Any] = {}
        self._new: dict[str, Any] = {}
        self._waiting: dict[str, bytes] = {}
        self._size = 0  # bytes of what waits
        self._ahead: dict[str, bytes] = {}
        self._there: set[str] = set()
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what waits, and let go of the file."""
        self.close()

    @property
    def in_memory(self) -> bool:
        """Whether the very objects are given back, as long as the process lives."""
        return self._in_memory

    @property
    def keeps(self) -> bool:
        """Whether anything is remembered at all."""
        return self._in_memory or self._disk is not None

    @property
    def is_new(self) -> bool:
        """Whether there is a file, and it had nothing."""
        return self._disk is not None and self._disk.is_new

    @property
    def used(self) -> set[int]:
        """What this build has asked for, as `Disk` knows it: that is the last to go."""
        return self._disk.used if self._disk else set()

    def key(self, stage: str, given: object) -> str:
        """What a value is known by; empty where nothing is kept."""
        return digest(stage, given) if self.keeps else ""

    def recall(
        self,
        stage: str,
        given: object,
        make: Callable[[], T],
        kind: type[T] | None = None,
        holds: Callable[[T], bool] = always,
    ) -> T:
        """What was made at a ``stage`` of an equal ``given``, else what is made now.

        A ``kind`` is what msgspec decodes the value to; a value without one is kept in memory
        only. What was made is given only if it ``holds``: it may say what it depended on besides.
        """
        if not (self._in_memory or (self._disk and kind)):
            return make()
        return self.recall_by(digest(stage, given), make, kind, holds)

    def recall_by(
        self,
        key: str,
        make: Callable[[], T],
        kind: type[T] | None,
        holds: Callable[[T], bool] = always,
    ) -> T:
        """The same of what is known by a key already."""
        if not self.keeps:
            return make()
        found = self.find([key], kind)
        if key in found and holds(found[key]):
            return found[key]
        made = make()
        self.keep({key: made}, on_disk=kind is not None)
        return made

    def recall_each(
        self,
        parts: Iterable[P],
        key_of: Callable[[P], str],
        make: Callable[[Iterable[P]], Iterable[tuple[int, T]]],
        kind: type[T],
    ) -> Iterator[tuple[P, Callable[[], T]]]:
        """Yield each part with what gives the value that is known by its key.

        All parts are taken before this returns, and so they are by ``make``, which gets those
        whose values are not known: other processes may begin while they still come. It gives
        their numbers and values in any order. What is known comes first, and is not loaded
        unless it is asked for.
        """
        old: list[tuple[P, str]] = []
        new: list[tuple[P, str]] = []

        def lacking() -> Iterator[P]:
            rest, most = iter(parts), _ASKED
            while some := list(islice(rest, most)):
                keys = list(map(key_of, some))
                held = self.holds(keys)
                # Where all are known, nobody waits for the first that is not.
                most = min(2 * most, _MOST_ASKED) if len(held) == len(some) else _ASKED
                for part, key in zip(some, keys, strict=True):
                    (old if key in held else new).append((part, key))
                    if key not in held:
                        yield part

        made = make(lacking())
        ahead = Ahead(self._disk, [key for _, key in old]) if self._disk else None

        def known() -> Iterator[tuple[P, Callable[[], T]]]:
            for number, (part, key) in enumerate(old):
                read = partial(ahead.get, number) if ahead else None
                yield part, partial(self._known, part, key, make, kind, read)

        return chain(known(), self._kept(new, made))

    def _kept(
        self, parts: Sequence[tuple[P, str]], made: Iterable[tuple[int, T]]
    ) -> Iterator[tuple[P, Callable[[], T]]]:
        for number, value in made:
            part, key = parts[number]
            self.keep({key: value})
            yield part, partial(_same, value)

    def _known(
        self,
        part: P,
        key: str,
        make: Callable[[Iterable[P]], Iterable[tuple[int, T]]],
        kind: type[T],
        read: Read | None,
    ) -> T:
        """The value under a key; one that is broken is made anew."""
        found = self.find([key], kind, read)
        if key not in found:
            ((_, value),) = make([part])
            found = {key: value}
            self.keep(found)
        return found[key]

    def holds(self, keys: Sequence[str]) -> set[str]:
        """The keys that there are values under; `find` may still find one broken."""
        layers = (self._new, self._old, self._waiting, self._there)
        held = {key for key in keys if any(key in layer for layer in layers)}
        rest = [key for key in keys if key not in held]
        return held | self._disk.holds(rest) if self._disk and rest else held

    def find(
        self, keys: Sequence[str], kind: type[T] | None, read: Read | None = None
    ) -> dict[str, T]:
        """The values that there are under keys; what is broken or of another kind is not.

        Unless told by what, those that are not at hand are ``read`` from the disk.
        """
        found: dict[str, T] = {}
        with self._lock:
            for key in keys:
                for layer in (self._new, self._old):
                    if key in layer:
                        found[key] = self._new[key] = layer[key]
                        break
        if self._disk is None or kind is None:
            return found
        lacking = [key for key in keys if key not in found]
        is_at_hand = self._ahead.keys() >= set(lacking)
        here = self._ahead if is_at_hand else (read or self._disk.get)(lacking)
        waiting = {key: self._waiting[key] for key in lacking if key in self._waiting}
        for key, data in ({key: here[key] for key in lacking if key in here} | waiting).items():
            with suppress(msgspec.MsgspecError, TypeError, ValueError, RecursionError):
                found[key] = _decoder(kind).decode(data)
                self._note(key, found[key])
        return found

    def expect(self, keys: Iterable[str], others: Iterable[str] = ()) -> None:
        """Read what many keys hold by one question, since they are asked for next.

        Of ``others`` it is seen whether they hold anything.
        """
        if self._disk and not self._disk.is_new:
            with self._lock:
                known = self._new.keys() | self._old.keys()
                self._ahead = self._disk.get(key for key in keys if key not in known)
                self._there = self._disk.holds(others)

    def keep(self, values: Mapping[str, object], *, on_disk: bool = True) -> None:
        """Keep values under keys, if anything is."""
        with self._lock:
            for key, value in values.items():
                self._note(key, value)
                if self._disk and on_disk:
                    with suppress(ValueError, OverflowError):  # a lone surrogate has no msgpack
                        self._waiting[key] = data = msgspec.msgpack.encode(value)
                        self._size += len(data)
            if len(self._waiting) >= _AT_ONCE or self._size > _MOST:
                self.write()

    def write(self) -> None:
        """Write what waits."""
        with self._lock:
            if self._disk and self._waiting:
                waiting, self._waiting, self._size = self._waiting, {}, 0
                self._disk.put(waiting)

    def turn(self, limit: int = LIMIT) -> None:
        """End a build: what neither it nor the one before asked for is forgotten.

        On the disk the oldest of that is, beyond a ``limit`` in bytes.
        """
        self.write()
        if self._disk:
            self._disk.turn(limit)
        with self._lock:
            self._old, self._new, self._there = self._new, {}, set()

    def keep_on_disk_alone(self) -> None:
        """Keep in memory nothing of what there is, nor of what comes."""
        with self._lock:
            self._in_memory, self._old, self._new = False, {}, {}

    def close(self) -> None:
        """Write what waits, and let go of the file."""
        self.write()
        if self._disk:
            self._disk.close()

    def _note(self, key: str, value: object) -> None:
        if self._in_memory:
            self._new[key] = value


def _same(value: T) -> T:
    return value


NOTHING_KEPT = Store(None)
"""A store that remembers nothing: everything is made whenever it is asked for."""


def _decoder(kind: type[T]) -> msgspec.msgpack.Decoder[T]:
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.msgpack.Decoder(kind)
    return decoder
