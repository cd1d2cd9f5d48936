"""A site that goes from its target, of which nothing is left there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.model.own_names import MANIFEST
from sitegen.publish import Options, Outcome
from sitegen.publish.versions import publish_versions
from sitegen.write.manifest import dump_manifest
from tests.publish.branches import PAGES, git, paths, somebody_works
from tests.publish.test_versions import configured
from tests.s3 import S3

Site = Callable[..., Path]
Send = Callable[..., Outcome]


def left(folder: Path) -> set[str]:
    """All files and empty folders of a folder, hidden ones included."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() or not any(path.iterdir())
    }


def test_a_folder_goes_whole_unless_somebody_has_files_there(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    target, www, site = f"file://{tmp_path}/srv/www", tmp_path / "srv/www", make_site(PAGES)
    send(target, site)
    assert send(target, site, remove=True).plan.deleted
    assert not www.exists()
    assert not left(tmp_path / "srv")
    send(target, site)
    (www / "a/theirs.txt").write_text("keep")
    (www / "index.html").write_text("edited there")
    place = send(target, site, remove=True).place
    assert place == f"{www} (somebody's work there was left: index.html)"
    assert left(tmp_path / "srv") == {"www/a/theirs.txt", "www/index.html"}
    assert send(target, site, remove=True).plan.is_empty


def test_an_empty_manifest_that_was_left_goes_too(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (www / MANIFEST).write_bytes(dump_manifest({}))
    send(f"file://{www}", make_site(PAGES), remove=True, replace_newer=True)
    assert not www.exists()


def test_what_a_killed_removal_left_beside_the_folder_goes_with_the_next(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    stage = tmp_path / "srv/.www.sitegen-stage-01234567"
    stage.mkdir(parents=True)
    (stage / "index.html").write_text("home")
    send(f"file://{tmp_path}/srv/www", make_site(PAGES), remove=True)
    assert not left(tmp_path / "srv")


def test_a_zip_goes(tmp_path: Path, make_site: Site, send: Send) -> None:
    target, site = f"zip:{tmp_path}/srv/site.zip", make_site(PAGES)
    (tmp_path / "srv").mkdir()
    send(target, site)
    send(target, site, remove=True)
    assert not left(tmp_path / "srv")
    assert send(target, site, remove=True).plan.is_empty


@pytest.mark.parametrize("inside", ["", ":preview/12"])
def test_a_branch_keeps_what_others_have_on_it(
    inside: str, tmp_path: Path, remote: Path, make_site: Site, send: Send
) -> None:
    somebody_works(tmp_path, remote, **{"other/index.html": "theirs"})
    target, site = f"git+file://{remote}#gh-pages{inside}", make_site(PAGES)
    send(target, site, adopt=True)
    send(target, site, remove=True)
    assert paths(remote) == {"other/index.html"}
    again = send(target, site, remove=True)
    assert again.plan.is_empty
    assert send(target, site, adopt=True).plan.added


def test_a_branch_of_nothing_else_is_empty_and_keeps_its_history(
    remote: Path, make_site: Site, send: Send
) -> None:
    target, site = f"git+file://{remote}", make_site(PAGES)
    send(target, site)
    send(target, site, remove=True)
    assert paths(remote) == set()
    assert git(remote, "rev-list", "--count", "gh-pages") == "2"
    assert send(target, site).plan.added


@pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed")
def test_another_machines_folder_keeps_what_others_have_in_it(
    tmp_path: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = tmp_path / "shell"
    shell.write_text('#!/bin/sh\nshift\nexec "$@"\n')
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    target, site = f"rsync+ssh://host{tmp_path}/www", make_site(PAGES)
    send(target, site)
    (tmp_path / "www/a/theirs.txt").write_text("keep")
    send(target, site, remove=True)
    assert left(tmp_path / "www") == {"a/theirs.txt"}
    assert send(target, site, remove=True).plan.is_empty


def test_a_bucket_keeps_what_others_have_in_it(s3: S3, make_site: Site, send: Send) -> None:
    s3.make("gone")
    site = make_site(PAGES)
    s3.ask("PUT", "gone/docs/a/theirs.txt", b"keep").close()
    send("s3://gone/docs", site, adopt=True)
    send("s3://gone/docs", site, remove=True)
    assert s3.objects("gone") == {"docs/a/theirs.txt": b"keep"}
    assert send("s3://gone/docs", site, remove=True).plan.is_empty


def test_a_folder_of_a_bucket_is_not_left_as_an_empty_object(
    s3: S3, make_site: Site, send: Send
) -> None:
    s3.make("empty")
    site = make_site(PAGES)
    send("s3://empty/docs", make_site(PAGES | {"b/c/index.html": "c"}, "before"))
    send("s3://empty/docs", site)
    assert not [key for key in s3.keys("empty") if key.startswith("docs/b/")]
    send("s3://empty/docs", site, remove=True)
    assert s3.keys("empty") == []


def test_versions_go_as_they_came_and_need_not_be_built_for_that(tmp_path: Path) -> None:
    config, target = configured(tmp_path, "2.0", "1.0"), f"file://{tmp_path}/srv/www"
    build(config)
    options = Options(tmp_path / "here.json")
    list(publish_versions(target, config, options))
    (tmp_path / "srv/www/theirs.txt").write_text("keep")
    shutil.rmtree(config.output)
    gone = list(publish_versions(target, config, Options(options.records, remove=True)))
    assert [outcome.folder for outcome in gone] == ["build", "latest", "1.0", "2.0"]
    assert all(outcome.plan.deleted for outcome in gone)
    assert left(tmp_path / "srv") == {"www/theirs.txt"}
