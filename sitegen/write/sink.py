"""Sink: where files go; what is there already, made of the same, is not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from sys import intern

from sitegen.model import OutputFile
from sitegen.store.digest import digest
from sitegen.store.stat import Stat
from sitegen.urls import fold
from sitegen.write.beside import Adapt, Beside
from sitegen.write.output import Output
from sitegen.write.written import Written

Make = Callable[[], OutputFile | Iterable[OutputFile]]
Taken = tuple[object, Make, Adapt | None]
"""What files are made of, what makes them, and what adapts those that are found beside."""
_DIGITS = 32  # of a digest, which tell all files of a site apart


class Sink:
    """Takes the files of a build into its output.

    ``made`` are paths by the digest of what the files there were made of, for the next build;
    ``before`` are the signatures that the last one left.
    """

    def __init__(
        self,
        output: Output,
        before: Mapping[str, Sequence[str]],
        seen: Mapping[str, Stat | None],
        *,
        beside: Beside,
        keeps: bool,
    ) -> None:
        """Know what the last build ``made`` before, and how its files were ``seen`` in the output.

        What is new may be ``beside`` already, in another site. Unless it ``keeps`` anything for a
        next build, nothing is digested.
        """
        self._output, self._before, self._keeps = output, before, keeps
        self.beside = beside
        self.before = seen
        self.made: dict[str, Sequence[str]] = {}
        self._own: set[str] = set()

    @property
    def paths(self) -> Set[str]:
        """The paths of all files so far."""
        return self._output.paths

    def write_own(self, files: Iterable[OutputFile]) -> None:
        """Take the author's own files, before all others: an own robots.txt, 404.html.

        Raises:
            SitegenError: as `Output.write`.
        """
        for file in files:
            self._output.write(file)
            self._own.add(fold(file.path))

    def write(self, files: Iterable[OutputFile]) -> None:
        """Take files as they are made, but for those that the author has.

        Raises:
            SitegenError: as `Output.write`.
        """
        for file in files:
            if not self._is_own(file.path):
                self._output.write(file)

    def take(self, made_of: object, make: Make, adapt: Adapt | None = None) -> str:
        """Take files, make them only if the last build did not make them of the same; give the key.

        What is made of ``None`` is always made. ``adapt`` is for those that are found beside.
        """
        key = self._key(made_of)
        if not self._keep(key):
            self._make(key, make, adapt)
        return key

    def take_together(self, all_of: Sequence[Taken]) -> None:
        """Take the same of several that are rarely made of other things than in the last build.

        They are known by one key, but where the input has some of them itself: all are made again
        with the first that is made of other things.
        """
        made_of = [each for each, *_ in all_of]
        if not self._keep(self._key(made_of)):
            self.know_together(made_of, [self.take(*each) for each in all_of])

    def know_together(self, made_of: Sequence[object], keys: Sequence[str]) -> None:
        """From now on know by one key what was taken one by one, each made of one of these."""
        if all(key in self.made for key in keys):
            own = [self.made.pop(key) for key in dict.fromkeys(keys)]
            self.made[self._key(made_of)] = tuple(path for paths in own for path in paths)

    def is_made(self, made_of: object) -> bool:
        """Whether the last build made files of the same, and they would be kept."""
        seen = self._seen(self._key(made_of))
        return not any(map(self._is_own, seen)) and self._output.has_all(seen)

    def _key(self, made_of: object) -> str:
        return digest(made_of)[:_DIGITS] if self._keeps and made_of is not None else ""

    def _keep(self, key: str) -> bool:
        """Whether what has a key was made by the last build, and is there still."""
        seen = self._seen(key)
        if any(map(self._is_own, seen)) or not self._output.keep_all(seen):
            return False
        self.made[key] = self._before[key]
        return True

    def _seen(self, key: str) -> dict[str, Stat | None]:
        return {path: self.before.get(path) for path in self._before.get(key, ())}

    def _make(self, key: str, make: Make, adapt: Adapt | None) -> None:
        made = self.beside.files(key, adapt) or make()
        files = (made,) if isinstance(made, OutputFile) else made
        if key:
            files = list(files)
            paths = tuple(intern(str(file.path)) for file in files)
            if not any(map(self._is_own, paths)):  # else in part the input's own: not of this alone
                self.made[key] = paths
        self.write(files)

    def _is_own(self, path: str) -> bool:
        return bool(self._own) and fold(path) in self._own

    def read(self, path: str) -> bytes:
        """A file that was taken."""
        return self._output.read(path)

    def entry(self, path: str) -> tuple[int, object]:
        """How many bytes a file has that was taken, and what these are known by."""
        entry = self._output.entry(path)
        return entry.size, bytes(entry)

    def facts(self) -> dict[str, object]:
        """Number of files so far, bytes, one digest over all."""
        return self._output.facts()

    def publish(self) -> Written:
        """Make the site live as a whole and say what changed."""
        return self._output.publish()

    def signatures(self) -> dict[str, Stat | None]:
        """What is in the output once it is live, to be known by the next build."""
        return self._output.signatures() if self._keeps else {}
