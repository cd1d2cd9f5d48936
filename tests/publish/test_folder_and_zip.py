from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import ConfigError, PublishError, SitegenError
from sitegen.model.own_names import MANIFEST
from sitegen.publish import Outcome

Site = Callable[..., Path]
Send = Callable[..., Outcome]
PAGES = {"index.html": "home", "a/index.html": "a", "assets/x.12345678.css": "css"}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_becomes_the_site_and_a_second_publish_sends_nothing(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    site, target = make_site(PAGES), f"file://{tmp_path}/www"
    assert len(send(target, site).plan.added) == 4
    assert tree(tmp_path / "www") == tree(site)
    assert send(target, site).plan.is_empty


def test_a_change_sends_the_difference_and_keeps_foreign_files(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    target, www = f"file://{tmp_path}/www", tmp_path / "www"
    send(target, make_site(PAGES))
    (www / "theirs.txt").write_text("keep me")
    plan = send(target, make_site({"index.html": "new home", "b/index.html": "b"})).plan
    assert plan.added == ("b/index.html",)
    assert plan.changed == ("build.json", "index.html")
    assert plan.deleted == ("a/index.html", "assets/x.12345678.css")
    assert (www / "theirs.txt").read_text() == "keep me"
    assert not (www / "a" / "index.html").exists()


def test_a_dry_run_changes_nothing(tmp_path: Path, make_site: Site, send: Send) -> None:
    plan = send(f"file://{tmp_path}/www", make_site(PAGES), dry_run=True).plan
    assert len(plan.added) == 4
    assert not (tmp_path / "www").exists()


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, make_site: Site, send: Send) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "photo.jpg").write_text("x")
    for options in ({}, {"adopt": True}):
        with pytest.raises(SitegenError, match=r"photo\.jpg"):
            send(f"file://{tmp_path}/www", make_site(PAGES), **options)
    assert tree(tmp_path / "www") == {"photo.jpg": b"x"}


@pytest.mark.parametrize("target", ["file://{}/www", "zip:{}/www/site.zip"])
def test_what_is_advised_where_files_of_others_are_works(
    tmp_path: Path, make_site: Site, send: Send, target: str
) -> None:
    place = tmp_path / "www" / "photo.jpg"
    place.parent.mkdir()
    place.write_text("x")
    if target.startswith("zip"):
        with zipfile.ZipFile(place.with_name("site.zip"), "w") as archive:
            archive.write(place, "photo.jpg")
        place = place.with_name("site.zip")
    with pytest.raises(PublishError) as error:
        send(target.format(tmp_path), make_site(PAGES))
    assert error.value.help == "name another target, or move them away"
    place.rename(tmp_path / "away")
    assert send(target.format(tmp_path), make_site(PAGES)).place


def test_a_site_published_from_elsewhere_is_replaced_only_when_asked(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    target = f"file://{tmp_path}/www"
    send(target, make_site(PAGES), "here")
    send(target, make_site(PAGES | {"index.html": "newer"}, "other"), "there", replace_newer=True)
    with pytest.raises(PublishError, match=r"not published from here.*--replace-newer"):
        send(target, make_site(PAGES), "here")
    assert (tmp_path / "www" / "index.html").read_text() == "newer"
    send(target, make_site(PAGES), "here", replace_newer=True)
    assert (tmp_path / "www" / "index.html").read_text() == "home"


def test_a_relative_or_a_foreign_folder_is_no_target(make_site: Site, send: Send) -> None:
    for target in ("file://host/www", "file:www"):
        with pytest.raises(ConfigError, match="not a folder of this machine"):
            send(target, make_site(PAGES))


def test_a_zip_has_the_same_bytes_for_the_same_site(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    site = make_site(PAGES)
    send(f"zip:{tmp_path}/one.zip", site)
    for path in site.rglob("*"):
        path.touch()
    send(f"zip:{tmp_path}/two.zip", site)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == tree(site)
        assert archive.testzip() is None


def test_a_zip_that_is_none_of_ours_is_not_replaced(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    path = tmp_path / "x.zip"
    path.write_text("not a zip")
    with pytest.raises(PublishError, match="is not an archive of a site"):
        send(f"zip:{path}", make_site(PAGES))
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("theirs.txt", "x")
    with pytest.raises(PublishError, match="did not publish"):
        send(f"zip:{path}", make_site(PAGES))


def test_a_changed_site_replaces_its_zip(tmp_path: Path, make_site: Site, send: Send) -> None:
    target = f"zip:{tmp_path}/x.zip"
    send(target, make_site(PAGES))
    plan = send(target, make_site({"index.html": "home"})).plan
    assert plan.deleted == ("a/index.html", "assets/x.12345678.css")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert set(archive.namelist()) == {"index.html", "build.json", MANIFEST}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here.json", "site", "x.zip"]


def test_a_target_that_is_a_link_is_refused_with_what_a_publish_can_do(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "www").symlink_to("release")
    with pytest.raises(SitegenError, match="is a symbolic link") as caught:
        send(f"file://{tmp_path}/www", make_site(PAGES))
    assert "the target of a publish" in caught.value.help
