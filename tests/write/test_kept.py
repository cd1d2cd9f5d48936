"""What is not ours in an output folder: it stays, is named, or the folder is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import OutputRefusedError, WriteError
from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST
from sitegen.store.stat import Stat
from sitegen.write.manifest import Entry, dump_manifest
from sitegen.write.output import open_output
from sitegen.write.place import Place
from sitegen.write.tree import Tree
from tests.write.sites import NEW, OLD, build, identities, signatures, tree, without_foreign


def test_dangerous_folders_are_refused_and_nothing_in_them_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "home" / "project"
    (project / "docs").mkdir(parents=True)
    (project / "docs" / "page.md").write_text("precious")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    (tmp_path / "file").write_text("precious")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(project)
    before = identities(tmp_path)
    for folder, reason in {
        Path("/"): "root of the file system",
        tmp_path: "home",
        tmp_path / "home": "home",
        Path(): "the folder you are in",
        Path(".."): "home",
        tmp_path / "empty" / "..": "home",
        project / "docs": "page.md",
        project / "docs" / "page.md": "not a folder",
        tmp_path / "repository": "git repository",
        tmp_path / "link": "symbolic link",
        tmp_path / "file": "not a folder",
    }.items():
        with pytest.raises(OutputRefusedError, match=reason) as caught:
            build(folder, OLD, protect=[project / "docs" / "page.md"], clean=True)
        assert caught.value.exit_code == 2
        assert "--output" in caught.value.help
    assert identities(tmp_path) == before


def test_a_folder_with_files_but_without_manifest_is_refused_with_some_named(out: Path) -> None:
    out.mkdir(parents=True)
    for name in "abcde":
        (out / name).write_text("theirs")
    with pytest.raises(OutputRefusedError, match="a, b, c and 2 more"):
        build(out, OLD)
    assert set(tree(out)) == set("abcde")


def test_foreign_files_survive_with_their_inodes(out: Path) -> None:
    build(out, OLD)
    (out / "a/b/notes.txt").write_text("theirs")
    (out / "link").symlink_to("/nonexistent")
    before = identities(out / "a/b")[out / "a/b/notes.txt"]
    build(out, NEW)
    assert identities(out / "a/b")[out / "a/b/notes.txt"] == before
    assert tree(out) == NEW | {"a/b/notes.txt": "theirs"}
    assert (out / "link").is_symlink()


@pytest.mark.parametrize("foreign", ["page.html", "page.html/x", "docs", "PAGE.html"])
def test_a_foreign_file_in_the_way_is_named_and_wins(out: Path, foreign: str) -> None:
    build(out, OLD)
    (out / foreign).parent.mkdir(exist_ok=True)
    (out / foreign).write_text("theirs")
    with pytest.raises(WriteError, match="not a file of sitegen") as caught:
        build(out, {"page.html": "new", "docs/index.html": "new"})
    assert caught.value.location.file.endswith(foreign)
    assert tree(out) == OLD | {foreign: "theirs"}


@pytest.mark.parametrize("pages", [1, 300])
@pytest.mark.parametrize(
    ("foreign", "said"),
    [
        ("docs", "not a file of sitegen"),
        ("page.html/x/y", "not a file of sitegen"),
        (f"docs/v1/{MANIFEST}", "not of this site but another one"),
    ],
)
def test_what_comes_into_the_way_while_a_site_is_built_is_named_and_wins(
    out: Path, foreign: str, said: str, pages: int
) -> None:
    old = OLD | {f"old/{number}.html": "same" for number in range(pages)}
    new = old | {"index.html": "new", "docs/v1/index.html": "new", "page.html": "new"}
    build(out, old)
    with open_output(out) as output:
        for path, text in new.items():
            output.write(OutputFile(path, text.encode()))
        (out / foreign).parent.mkdir(parents=True, exist_ok=True)
        (out / foreign).write_text("theirs")
        with pytest.raises(WriteError, match=said):
            output.publish()
    assert (out / foreign).read_text() == "theirs"
    (out / foreign).unlink()
    assert tree(out) == old
    assert build(out, new).added == 2
    assert tree(out) == new


def test_a_site_in_the_way_of_another_is_named_and_stays_whole(out: Path) -> None:
    build(out, {"index.html": "above"})
    build(out / "docs/v1", {"index.html": "below"})
    before = tree(out)
    for path in ("docs/v1/index.html", "docs/V1", "docs"):
        with pytest.raises(WriteError, match="not of this site but another one") as caught:
            build(out, {"index.html": "new", path: "new"})
        assert caught.value.location.file.endswith("docs/v1")
    assert tree(out) == before


def test_an_edited_page_is_kept_beside_its_new_version(old_site: Path) -> None:
    for turn, kept in enumerate(["index.html.sitegen-kept", "index.html.sitegen-kept-2"]):
        (old_site / "index.html").write_text(f"edit {turn}")
        assert build(old_site, {"index.html": f"new {turn}"}).kept == (kept,)
        assert (old_site / kept).read_text() == f"edit {turn}"
        assert (old_site / "index.html").read_text() == f"new {turn}"
    assert build(old_site, {"index.html": "new 1"}).kept == ()


def test_an_edited_page_that_is_stale_stays(old_site: Path) -> None:
    (old_site / "a/b/page.html").write_text("edit")
    written = build(old_site, NEW)
    assert (written.removed, written.kept) == (0, ("a/b/page.html",))
    assert without_foreign(old_site) == NEW | {"a/b/page.html": "edit"}


def test_an_edited_page_that_gives_way_to_a_folder_is_set_aside(old_site: Path) -> None:
    build(old_site, {"a": "old"})
    (old_site / "a").write_text("edit")
    assert build(old_site, {"a/index.html": "new"}).kept == ("a.sitegen-kept",)
    assert (old_site / "a.sitegen-kept").read_text() == "edit"


def test_a_page_that_was_replaced_by_a_link_is_foreign(old_site: Path) -> None:
    for path in ("index.html", "a/b/page.html"):
        (old_site / path).unlink()
        (old_site / path).symlink_to("/nonexistent")
    with pytest.raises(WriteError, match="not a file of sitegen"):
        build(old_site, NEW)
    (old_site / "index.html").unlink()
    build(old_site, NEW)
    assert without_foreign(old_site) == NEW
    assert (old_site / "a/b/page.html").is_symlink()


def test_an_edit_that_the_new_site_agrees_with_is_no_edit(old_site: Path) -> None:
    (old_site / "index.html").write_text("new")
    assert build(old_site, NEW).kept == ()
    assert without_foreign(old_site) == NEW


@pytest.mark.parametrize("path", ["index.html", "style.css", "a/b/page.html"])
def test_an_edit_during_the_build_is_not_overwritten(old_site: Path, path: str) -> None:
    def edited_meanwhile() -> None:
        with open_output(old_site) as output:
            for name, text in NEW.items():
                output.write(OutputFile(name, text.encode()))
            (old_site / path).write_text("edit during the build")
            output.publish()

    with pytest.raises(WriteError, match="build again"):
        edited_meanwhile()
    assert without_foreign(old_site) == OLD | {path: "edit during the build"}


def test_an_edit_of_a_file_that_is_kept_is_found_by_the_next_build(old_site: Path) -> None:
    with open_output(old_site) as output:
        seen = {"style.css": Stat.from_info((old_site / "style.css").lstat())}
        assert output.keep_all(seen)
        output.write(OutputFile("index.html", b"new"))
        (old_site / "style.css").write_text("edit during the build")
        output.publish()
    assert (old_site / "style.css").read_text() == "edit during the build"
    with open_output(old_site) as output:
        assert not output.keep_all(seen)
        for name, text in NEW.items():
            output.write(OutputFile(name, text.encode()))
        assert output.publish().kept == ("style.css.sitegen-kept",)
    assert (old_site / "style.css").read_text() == "same"


def test_a_change_of_few_files_looks_once_at_those_that_stay(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looks(pages: int) -> int:
        files = {f"{number % 9}/{number}.html": "same" for number in range(pages)}
        build(out, files)
        seen = signatures(out)
        looked: list[str] = []
        scan, look = Place.scan, Tree.look
        with monkeypatch.context() as watched:
            watched.setattr(
                Place, "scan", lambda place: looked.extend(found := scan(place)) or found
            )
            watched.setattr(
                Tree, "look", lambda tree, path: looked.append(path) or look(tree, path)
            )
            with open_output(out) as output:
                output.keep_all({path: seen[path] for path in files if path != "1/1.html"})
                output.write(OutputFile("1/1.html", b"new"))
                output.publish()
        assert (out / "1/1.html").read_text() == "new"
        return len(looked) - pages

    assert looks(400) == looks(800) == 2, "at it, and whether its folder is another site by now"


def test_an_edit_while_the_site_goes_live_is_looked_at_by_the_next_build(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(out, OLD)
    link = Tree.link

    def edited(self: Tree, path: str, target: Tree) -> None:
        link(self, path, target)
        (out / path).write_text("edited by hand")

    monkeypatch.setattr(Tree, "link", edited)
    with open_output(out) as output:
        for name, text in NEW.items():
            output.write(OutputFile(name, text.encode()))
        output.publish()
        assert output.signatures() == {}


@pytest.mark.parametrize(
    "path", ["../canary", "/canary", "a/../../canary", "..\\canary", "a//canary", MANIFEST]
)
def test_a_manifest_that_leads_outside_is_refused(out: Path, path: str) -> None:
    build(out, OLD)
    canary = out.parent.parent / "canary"
    canary.write_text("alive")
    (out / MANIFEST).write_bytes(dump_manifest({path: Entry.of(b"alive")}))
    with pytest.raises(OutputRefusedError, match="damaged"):
        build(out, NEW)
    assert canary.read_text() == "alive"
    assert tree(out) == OLD


@pytest.mark.parametrize(
    "text",
    [
        *("[]", "{}", '{"version":1,"files":[]}', '{"version":2,"files":{}}', "\xff"),
        *("[" * 10**5, '{"version":1,"files":{"a":{"sha256":1,"size":1}}}'),
    ],
    ids=range(7),
)
def test_a_damaged_manifest_is_refused(out: Path, text: str) -> None:
    build(out, OLD)
    (out / MANIFEST).write_text(text, encoding="latin-1")
    with pytest.raises(OutputRefusedError, match="damaged"):
        build(out, NEW)
    assert tree(out) == OLD


def test_a_listed_folder_that_became_a_link_is_not_entered(out: Path, tmp_path: Path) -> None:
    build(out, OLD)
    (out / "a/b").rename(tmp_path / "victim")
    (out / "a/b").symlink_to(tmp_path / "victim")
    build(out, NEW)
    assert tree(tmp_path / "victim") == {"page.html": "old"}
    with pytest.raises(WriteError, match="a/b"):
        build(out, OLD)


def test_only_hash_equal_files_are_deleted_whatever_the_manifest_lists(out: Path) -> None:
    build(out, OLD)
    (out / "diary.txt").write_text("theirs")
    (out / MANIFEST).write_bytes(dump_manifest({"diary.txt": Entry.of(b"other")}))
    with pytest.raises(WriteError):
        build(out, NEW)
    build(out, {"x.html": "new"})
    assert (out / "diary.txt").read_text() == "theirs"
