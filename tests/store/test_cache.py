"""The cache of bodies: what it keeps, and that nothing about its file can hurt a build."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Body, Certainty, Document, LinkSpace, Restored, Section
from sitegen.model.calls import Call
from sitegen.model.objects import NOTHING_NAMED, ApiDoc, Documented, Named
from sitegen.pipeline.bodies import bodies, placed
from sitegen.plan.jobs import Job
from sitegen.store.cache import Cache
from sitegen.store.memory import Memory

BODY = Body("<p>é</p>", (), (), "é", (), "é")
SPACE = LinkSpace()


def document(text: str = "# A\n", row: int = 0, name: str = "a") -> Document:
    return Document(name, f"{name}.md", text, (Section(0, "a", "1_0", "x.parquet", row),))


def job(one: Document, space: LinkSpace = SPACE, named: Named = NOTHING_NAMED) -> Job:
    return Job(one, space, named)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".sitegen" / "bodies.sqlite"


def test_a_value_outlives_the_process(file: Path) -> None:
    Cache(file, Body).put({"k": BODY})
    assert Cache(file, Body).get(["k", "other"]) == {"k": BODY}


def test_without_a_file_nothing_is_kept() -> None:
    cache = Cache(None, Body)
    cache.put({"k": BODY})
    assert cache.get(["k"]) == {}


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"not a database at all" * 100),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(b""),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: (file.unlink(), file.symlink_to("/dev/null")),
    ],
    ids=["other bytes", "cut", "empty", "a folder", "a link"],
)
def test_a_broken_file_is_a_miss_and_never_an_error(file: Path, damage: object) -> None:
    Cache(file, Body).put({f"k{n}": replace(BODY, html="x" * 5000) for n in range(20)})
    damage(file)  # type: ignore[operator]
    for _ in range(2):
        cache = Cache(file, Body)
        cache.get(["k1"])
        cache.put({"k1": BODY})
        assert cache.get(["k1"]) in ({"k1": BODY}, {})
        cache.close()


def test_a_damaged_file_is_made_anew(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database at all" * 100)
    Cache(file, Body).put({"k": BODY})
    Cache(file, Body).put({"k": BODY})
    assert Cache(file, Body).get(["k"]) == {"k": BODY}


@pytest.mark.parametrize(
    "change",
    ["value = '{}'", "value = substr(value, 2)", "value = '[1]'", "crc = crc + 1", "value = 7"],
)
def test_a_broken_entry_is_a_miss(file: Path, change: str) -> None:
    Cache(file, Body).put({"k": BODY, "other": BODY})
    with sqlite3.connect(file) as base:
        base.execute(f"UPDATE entries SET {change} WHERE key = 'k'")  # noqa: S608
    assert Cache(file, Body).get(["k", "other"]) == {"other": BODY}


def test_the_file_stays_within_its_limit_and_the_newest_stay(file: Path) -> None:
    for number in range(40):
        cache = Cache(file, Body, limit=400_000)
        cache.put({f"k{number}": replace(BODY, html="x" * 50_000)})
        cache.close()
    assert file.stat().st_size < 500_000
    assert set(Cache(file, Body).get([f"k{n}" for n in range(40)])) >= {"k39", "k38"}
    assert not Cache(file, Body).get(["k0"])


def test_processes_share_the_file(file: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from sitegen.store.cache import Cache
        cache = Cache(Path(sys.argv[1]), str)
        for number in range(30):
            cache.put({f"{sys.argv[2]}-{number}": "x" * 1000})
        """
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(file), str(n)]) for n in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    keys = [f"{who}-{number}" for who in range(3) for number in range(30)]
    assert len(Cache(file, str).get(keys)) == 90


def test_the_state_folder_keeps_itself_out_of_version_control(file: Path) -> None:
    Cache(file, Body)
    assert (file.parent / ".gitignore").read_text() == "*\n"


def test_a_lone_surrogate_is_rendered_and_not_kept(file: Path) -> None:
    cache = Cache(file, Body)
    odd = document("\ud800")
    assert job(odd).key() != job(document()).key()
    cache.put({"k": replace(BODY, html="\ud800"), "other": BODY})
    assert cache.get(["k", "other"]) == {"other": BODY}


def test_the_key_changes_with_all_that_render_may_read() -> None:
    one = document()
    (section,) = one.sections
    others = [
        *(job(replace(one, **{name: "other"})) for name in ("id", "source", "text", "title")),
        *(job(replace(one, **{name: "other"})) for name in ("url", "language")),
        job(replace(one, restored=(Restored(0, "heading", Certainty.LIKELY),))),
        *(job(replace(one, sections=(s,))) for s in _other_sections(section)),
        job(replace(one, sections=())),
        job(one, LinkSpace(("https://x/docs/",))),
        job(one, LinkSpace((), (("a", "b"),))),
        job(one, LinkSpace(markdown_folders=("a",))),
        job(one, named=Named("pkg")),
        job(one, named=Named(references=(("A", Documented("A", "b", "A")),))),
        job(one, named=Named(references=(("A", Documented("A", "c", "A")),))),
        job(one, named=Named(docs=(ApiDoc("A", text="t"),))),
        job(one, named=Named(pages=("/b",))),
        job(one, named=Named(written_ids=(("b", "x"),))),
    ]
    assert len({each.key() for each in [job(one), *others]}) == len(others) + 1
    assert {field.name for field in fields(Document)} == {
        *("id", "source", "text", "title", "url", "language", "restored", "sections")
    }
    assert {field.name for field in fields(LinkSpace)} == {"roots", "renamed", "markdown_folders"}
    assert {field.name for field in fields(Named)} == {
        *("package", "references", "docs", "pages", "written_ids")
    }


def _other_sections(section: Section) -> Iterator[Section]:
    """Change each field of a section but its place in the input."""
    for field in fields(Section):
        if field.name not in {"file", "row"}:
            yield replace(section, **{field.name: 7 if field.name == "line" else "other"})


def test_a_memory_knows_the_digest_of_the_very_document(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, one = Memory(), document()
    key = job(one).key()
    assert job(one).key(memory) == key
    memory.turn()
    with monkeypatch.context() as patch:
        patch.setattr("sitegen.plan.jobs._digest", lambda _: "made again")
        assert job(one).key(memory) == key
    memory.turn()
    edited = replace(one, text="# B\n")
    assert job(edited).key(memory) == job(edited).key() != job(one).key()


def test_a_row_that_moves_changes_no_key_and_its_findings_move_along(file: Path) -> None:
    finding = Diagnostic("c", Severity.WARNING, "m", Location("", None, "1_0", "a", 1))
    rendered: list[str] = []

    def render(calls: list[Call]) -> list[tuple[str, Body]]:
        calls = list(calls)
        rendered.extend(document.id for document, *_ in calls)
        return [(document.id, replace(BODY, diagnostics=(finding,))) for document, *_ in calls]

    for row in (3, 8):
        moved = document(row=row)
        cache = Cache(file, Body)
        [(_, _, body)] = bodies([moved], job, cache, render)  # type: ignore[arg-type]
        assert body.diagnostics[0].location == Location("x.parquet", row, "1_0", "a", 1)
    assert rendered == ["a"]


def test_a_finding_without_a_line_keeps_its_place() -> None:
    finding = Diagnostic("c", Severity.WARNING, "m", Location("y", 7))
    assert placed(replace(BODY, diagnostics=(finding,)), document()).diagnostics == (finding,)
