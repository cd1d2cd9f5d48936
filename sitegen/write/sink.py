"""Sink: where files go; what is there already, made of the same, is not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sitegen.model import OutputFile
from sitegen.store.digest import digest
from sitegen.store.stat import Stat
from sitegen.write.output import Output, Written


class Sink:
    """Takes the files of a build into its output.

    ``paths`` are those of all files so far; ``made`` are paths by the digest of what the files
    there were made of, for the next build; ``before`` are the signatures that the last one left.
    """

    def __init__(
        self,
        output: Output,
        before: Mapping[str, Sequence[str]],
        seen: Mapping[str, Stat | None],
        *,
        keeps: bool,
    ) -> None:
        """Know what the last build ``made`` before, and how its files were ``seen`` in the output.

        Unless it ``keeps`` anything for a next build, nothing is digested.
        """
        self._output, self._before, self._keeps = output, before, keeps
        self.before = seen
        self.paths: set[str] = set()
        self.made: dict[str, list[str]] = {}

    def write(self, files: Iterable[OutputFile]) -> None:
        """Take files as they are made.

        Raises:
            SitegenError: as `Output.write`.
        """
        for file in files:
            self.paths.add(file.path)
            self._output.write(file)

    def add(self, files: Iterable[OutputFile]) -> None:
        """Take files, but let what the input itself has by such a name stay: its own llms.txt."""
        self.write(file for file in files if file.path not in self.paths)

    def take(
        self, made_of: object, make: Callable[[], Iterable[OutputFile]], *, gives_way: bool = True
    ) -> None:
        """Take files, and make them only if the last build did not make them of the same.

        What is made of ``None`` is always made. ``gives_way`` says whether files of the input by
        such names stay, or are a fault.
        """
        key = digest(made_of) if self._keeps and made_of is not None else ""
        same = self._before.get(key, ())
        if self.paths.isdisjoint(same) and self._keep(same):
            self.paths.update(same)
            self.made[key] = list(same)
            return
        files = make()
        if key:
            files = list(files)
            paths = [file.path for file in files]
            if self.paths.isdisjoint(paths):  # else in part the input's own: not of this alone
                self.made[key] = paths
        (self.add if gives_way else self.write)(files)

    def _keep(self, paths: Sequence[str]) -> bool:
        return self._output.keep_all({path: self.before.get(path) for path in paths})

    def read(self, path: str) -> bytes:
        """A file that was taken."""
        return self._output.read(path)

    def facts(self) -> dict[str, object]:
        """Number of files so far, bytes, one digest over all."""
        return self._output.facts()

    def publish(self) -> Written:
        """Make the site live as a whole and say what changed."""
        return self._output.publish()

    def signatures(self) -> dict[str, Stat | None]:
        """What is in the output once it is live, to be known by the next build."""
        return self._output.signatures() if self._keeps else {}
