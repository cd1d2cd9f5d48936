"""The toctree: what authors may write in it, and what is refused with its line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.errors import Diagnostic, Location, PlanError, Severity
from sitegen.model import TocEntry
from sitegen.plan.toctree import read_toctree
from tests.plan.planned import site
from tests.tempo import within

Run = Callable[..., tuple[int, str, str]]
CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "yaml_test_suite.json"


def read(tmp_path: Path, text: str) -> tuple[tuple[TocEntry, ...], list[Diagnostic]]:
    path = tmp_path / "_toctree.yml"
    path.write_text(text, encoding="utf-8")
    notices: list[Diagnostic] = []
    return read_toctree(path, notices), notices


def without_places(entries: Iterable[TocEntry]) -> tuple[TocEntry, ...]:
    return tuple(
        replace(entry, sections=without_places(entry.sections), place=Location())
        for entry in entries
    )


def test_a_toctree_may_nest_and_say_what_is_open(tmp_path: Path) -> None:
    entries, notices = read(
        tmp_path,
        """
- local: index
  title: Start
- title: Guides
  isExpanded: true
  sections:
  - local: guides/a
    title: A
    sections:
    - local: guides/b
""",
    )
    assert notices == []
    assert without_places(entries) == (
        TocEntry("Start", "index"),
        TocEntry(
            "Guides",
            "",
            (TocEntry("A", "guides/a", (TocEntry("", "guides/b"),)),),
            expanded=True,
        ),
    )


def test_a_group_without_a_title_only_holds_its_sections(tmp_path: Path) -> None:
    entries, _ = read(tmp_path, "- sections:\n  - local: a\n  - local: b\n- local: c\n")
    assert [entry.local for entry in entries] == ["a", "b", "c"]


def test_unknown_keys_are_named_and_tolerated(tmp_path: Path) -> None:
    entries, (notice,) = read(tmp_path, "- local: a\n  title: A\n  colour: red\n  1: x\n")
    assert without_places(entries) == (TocEntry("A", "a"),)
    assert (notice.code, notice.severity) == ("toctree-key", Severity.INFO)
    assert "'1', 'colour'" in notice.message
    assert notice.location.line == 1


@pytest.mark.parametrize(
    ("key", "meant"), [("titel", "title"), ("lokal", "local"), ("section", "sections")]
)
def test_a_misspelt_key_is_told_what_was_meant(tmp_path: Path, key: str, meant: str) -> None:
    _, (notice,) = read(tmp_path, f"- local: a\n- local: b\n  {key}: B\n")
    assert notice.message == f"a key that toctrees do not have: {key!r}"
    assert notice.help == f"did you mean {meant!r}?"
    assert notice.location.line == 2


def test_a_page_is_published_under_its_new_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "old.md").write_text("# The page\n\nWords of it: [itself](old.md).\n")
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n[one](old.md) [two](new.md#the-page)\n")
    (tmp_path / "docs" / "_toctree.yml").write_text(
        "- local: index\n- local: old\n  newlocal: new\n"
    )
    assert "warning" not in run("build", "docs", "-v")[2]
    build = tmp_path / "build"
    assert not (build / "old").exists()
    assert "The page" in (build / "new" / "index.html").read_text()
    home = (build / "index.html").read_text()
    assert 'href="new/">one' in home
    assert 'href="new/#the-page">two' in home


def test_an_entry_may_lead_to_another_site(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\nWords enough for a page of a site.\n")
    (tmp_path / "docs" / "_toctree.yml").write_text(
        "- local: index\n- title: Forum\n  local: https://forum.example.org/?a=1&b=2\n"
        "- title: More\n  sections:\n  - title: Chat\n    url: https://chat.example.org/\n"
        "- title: Bad\n  url: javascript:alert(1)\n"
    )
    run("build", "docs")
    html = (tmp_path / "build" / "index.html").read_text()
    link = '<a href="https://forum.example.org/?a=1&amp;b=2" rel="noopener noreferrer">Forum</a>'
    assert link in html
    assert '<a href="https://chat.example.org/" rel="noopener noreferrer">Chat</a>' in html
    assert "javascript:" not in html
    assert "[Chat](https://chat.example.org/)" in (tmp_path / "build" / "llms.txt").read_text()


def test_a_toctree_that_was_read_before_says_the_same_and_its_edits_are_seen(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    toctree, page = tmp_path / "docs/_toctree.yml", tmp_path / "docs/index.md"
    for text, title in (("Words.", "One"), ("Other words.", "One"), ("More words.", "Two")):
        page.write_text(f"# Home\n\n{text}\n")
        toctree.write_text(f"- local: index\n  title: {title}\n  colour: red\n")
        os.utime(toctree, ns=(10**18, 10**18))  # as after an edit in the same moment
        _, out, _ = run("build", "docs", "--json", "--no-search")
        assert [d["code"] for d in json.loads(out)["diagnostics"]].count("toctree-key") == 1
        assert f"<title>{title}" in (tmp_path / "build/index.html").read_text()


def test_an_entry_whose_page_is_named_already_is_reported(tmp_path: Path) -> None:
    toctree, _ = read(tmp_path, "- local: a\n- title: G\n  sections:\n  - local: a.md\n")
    (notice,) = site("a", toctree=toctree)[1]
    assert notice.code == "toctree-twice"
    assert notice.message == "the toctree names 'a' in line 1 already"
    assert notice.location.line == 4


@pytest.mark.parametrize("title", ["no", "1.10", "404", "2024-01-01", "0x10"])
def test_titles_stay_as_they_are_written(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, f"- local: a\n  title: {title}\n")[0][0].title == title


@pytest.mark.parametrize("local", ["a/b", "a/b.md", "a/b.mdx", "./a/b", "/a/b"])
def test_a_page_may_be_named_with_its_suffix(tmp_path: Path, local: str) -> None:
    assert read(tmp_path, f"- local: {local}\n")[0][0].local == "a/b"


def test_markup_in_titles_is_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "- {local: a, title: 'The `x` <b>y</b>'}")[0][0].title == "The x y"


def test_empty_values_are_as_if_absent(tmp_path: Path) -> None:
    entries, _ = read(
        tmp_path, "- local: a\n  title: ~\n  sections: null\n- title: G\n  sections:\n"
    )
    assert without_places(entries) == (TocEntry("", "a"), TocEntry("G"))
    assert read(tmp_path, "")[0] == ()


def test_an_entry_without_a_title_has_that_of_its_page() -> None:
    (item,) = site("guide/begin", toctree=(TocEntry("", "guide/begin"),))[0].navigation
    assert item.title == "GUIDE/BEGIN"


def test_an_entry_of_several_frameworks_lists_all_of_its_pages(tmp_path: Path) -> None:
    (entry,), found = read(tmp_path, "- title: T\n  local_fw:\n    pt: a/1\n    tf: a/2\n")
    assert (entry.title, entry.local) == ("T", "a/1")
    assert [(each.title, each.local) for each in entry.sections] == [("", "a/2")]
    assert not found


def test_a_fault_in_the_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"yml:3: the toctree is not valid YAML") as caught:
        read(tmp_path, "- local: a\n  title: A\n bad: [\n")
    assert caught.value.location.line == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# mine\na: b\nc: {d: e}\n", "yml:2: a toctree is a list of entries .*names and values"),
        ("- local: a\n- - a: b\n", "yml:2: a toctree entry must be a mapping, not a list"),
        ("- local: a\n- index\n", "yml:2: .*not 'index' - write - local: index"),
        ("- local: a\n- local: [b]\n", "yml:2: local of a toctree entry must be a text"),
        ("- title: x\n  sections:\n    local: a\n", "yml:3: a toctree is a list of entries"),
        ("- ? [a]\n  : b\n", "yml:1: the toctree is not valid YAML: found unhashable key"),
    ],
)
def test_what_is_misshapen_in_a_toctree_is_told_at_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(PlanError, match=said):
        read(tmp_path, text)


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_toctree_and_sections_may_be_empty(tmp_path: Path, nothing: str) -> None:
    assert read(tmp_path, f"{nothing}\n") == ((), [])
    ((entry,), _) = read(tmp_path, f"- local: a\n  sections: {nothing}\n")
    assert entry.sections == ()


def test_a_key_that_an_entry_has_twice_is_told(tmp_path: Path) -> None:
    notices: list[Diagnostic] = []
    path = tmp_path / "_toctree.yml"
    path.write_text("- local: a\n- local: b\n  title: B\n  local: c\n")
    assert [entry.local for entry in read_toctree(path, notices)] == ["a", "c"]
    (notice,) = notices
    assert (notice.code, notice.location.line) == ("toctree-key", 2)
    assert notice.message == "the entry gives 'local' twice, and the last value is taken"


def test_an_entry_of_many_keys_takes_a_time_that_grows_with_them(tmp_path: Path) -> None:
    file = tmp_path / "_toctree.yml"
    file.write_text("- local: a\n" + "".join(f"  k{number}: x\n" for number in range(20_000)))
    with within(3):
        assert read_toctree(file, []) != ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: b", "list of entries"),
        ("- a", "must be a mapping, not 'a'"),
        ("- title: x\n  sections: y", "not 'y'"),
        ("text", "list of entries"),
    ],
)
def test_what_is_no_toctree_is_refused_with_what_was_found(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(PlanError, match=says):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "bomb",
    [
        "- &a {title: x}\n- *a\n",
        "[" * 100_000,
        "- sections:\n" + "".join(" " * n * 2 + "- sections:\n" for n in range(1, 400)),
        "- &a [&b [*a]]",
    ],
)
def test_a_yaml_bomb_is_refused(tmp_path: Path, bomb: str) -> None:
    with pytest.raises(PlanError, match=r":\d"):
        read(tmp_path, bomb)


def test_a_toctree_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read: No such file"):
        read_toctree(tmp_path / "none.yml", [])


@pytest.mark.integration
@pytest.mark.skipif(not CASES.is_file(), reason="the YAML test suite is not here")
def test_no_yaml_makes_the_toctree_crash(tmp_path: Path) -> None:
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        path = tmp_path / "_toctree.yml"
        path.write_bytes(case["payload"].encode("utf-8", "surrogatepass"))
        try:
            entries = read_toctree(path, [])
        except PlanError as error:
            assert "toctree" in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert all(isinstance(entry, TocEntry) for entry in entries)
