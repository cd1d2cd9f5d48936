"""What the last build made of the same is not made again, one by one or together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from sitegen.model import OutputFile
from sitegen.write.beside import NOTHING_BESIDE
from sitegen.write.output import open_output
from sitegen.write.sink import Sink

Given = Mapping[str, str]
"""What is made of which text."""


class Site:
    """A site whose files are all taken together, build after build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "out"
        self.made: Mapping[str, Sequence[str]] = {}
        self.seen: Mapping[str, object] = {}

    def build(self, given: Given) -> list[str]:
        """Build it, and say what was made."""
        made: list[str] = []

        def make(path: str) -> OutputFile:
            made.append(path)
            return OutputFile(path, given[path].encode())

        with open_output(self.folder) as output:
            sink = Sink(output, self.made, self.seen, beside=NOTHING_BESIDE, keeps=True)
            sink.take_together([((p, given[p]), partial(make, p), None) for p in given])
            sink.publish()
            self.made, self.seen = sink.made, sink.signatures()
        assert {path: (self.folder / path).read_text() for path in given} == given
        return made


def test_what_was_made_together_is_known_by_one_key(tmp_path: Path) -> None:
    site = Site(tmp_path)
    given = {"a.html": "A", "b.html": "B", "c.html": "C"}
    assert site.build(given) == list(given)
    assert list(site.made.values()) == [tuple(given)]
    assert site.build(given) == []
    assert list(site.made.values()) == [tuple(given)]


def test_of_what_is_known_together_all_is_made_where_one_is_made_of_something_else(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path)
    given = {"a.html": "A", "b.html": "B"}
    site.build(given)
    site.build(given)
    assert site.build(given | {"b.html": "other"}) == list(given)
    assert site.build(given | {"b.html": "other"}) == []
    assert site.build(given) == list(given)


def test_what_somebody_has_changed_is_made_again_with_what_is_known_with_it(
    tmp_path: Path,
) -> None:
    site = Site(tmp_path)
    given = {"a.html": "A", "b.html": "B"}
    site.build(given)
    site.build(given)
    (site.folder / "a.html").unlink()
    assert site.build(given) == list(given)
