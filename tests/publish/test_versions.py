"""Versions that are published one after the other into one target, beside what is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.errors import ConfigError, PublishError, SitegenError
from sitegen.limits.hosts import HOSTS, Limits
from sitegen.model.own_names import MANIFEST
from sitegen.publish import Options, Outcome, limits, publish
from sitegen.publish.target import below
from sitegen.publish.versions import publish_versions
from sitegen.write.manifest import load_manifest
from tests.publish.branches import git, somebody_works

pytestmark = pytest.mark.integration

Run = Callable[..., tuple[int, str, str]]


def configured(folder: Path, *names: str) -> Config:
    for name in names:
        (folder / name / "a").mkdir(parents=True, exist_ok=True)
        (folder / name / "index.md").write_text(f"# Start of {name}\n")
        (folder / name / "a/page.md").write_text("# Page\n\nThe same in all.\n")
    listed = "".join(f'[[versions]]\nname = "{n}"\ninput = "{n}"\n' for n in names)
    (folder / "sitegen.toml").write_text(f'search = "headings"\n{listed}')
    return load_config(environ={}, cwd=folder, flags={"jobs": 1})


def sent(target: str, config: Config, records: str = "here") -> dict[str, Outcome]:
    options = Options(config.output.parent / f"{records}.json", replace_newer=records != "here")
    return {each.folder: each for each in publish_versions(target, config, options)}


def touched(outcomes: dict[str, Outcome]) -> set[str]:
    return {name for name, outcome in outcomes.items() if not outcome.plan.is_empty}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(".git/")
    }


def checked_out(remote: Path, folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    git(remote, "clone", "-q", "-b", "gh-pages", str(remote), str(folder))
    return files(folder)


def test_a_third_version_sends_nothing_of_the_first_two(tmp_path: Path) -> None:
    target = f"file://{tmp_path}/www"
    config = configured(tmp_path, "2.0", "1.0")
    build(config)
    assert touched(sent(target, config)) == {"2.0", "1.0", "latest", "build"}
    before = {
        path: (tmp_path / "www" / path).stat().st_mtime_ns for path in files(tmp_path / "www")
    }
    config = configured(tmp_path, "3.0", "2.0", "1.0")
    build(config)
    outcomes = sent(target, config)
    assert touched(outcomes) == {"3.0", "latest", "build"}
    changed = {*outcomes["latest"].plan.changed}
    assert "a/page/index.html" in outcomes["3.0"].plan.added
    assert not outcomes["latest"].plan.added
    assert "index.html" in changed
    www = files(tmp_path / "www")
    assert www == files(config.output)
    for path, time in before.items():
        if path.startswith(("1.0/", "2.0/")):
            assert (tmp_path / "www" / path).stat().st_mtime_ns == time


def test_a_version_that_is_built_alone_joins_the_others_on_a_branch(
    tmp_path: Path, remote: Path
) -> None:
    target = f"git+file://{remote}"
    first = configured(tmp_path / "one", "1.0")
    build(first)
    sent(target, first)
    before = checked_out(remote, tmp_path / "checkout")
    second = configured(tmp_path / "two", "2.0", "1.0")
    build(second, only=["2.0"])
    assert not (second.output / "1.0").exists()
    assert touched(sent(target, second, "elsewhere")) == {"2.0", "latest", "build"}
    after = checked_out(remote, tmp_path / "checkout")
    assert {p: d for p, d in after.items() if p.startswith("1.0/")} == {
        p: d for p, d in before.items() if p.startswith("1.0/")
    }
    assert b"Start of 2.0" in after["latest/index.html"]
    listed = json.loads(after["versions.json"])
    assert [each["name"] for each in listed["versions"]] == ["2.0", "1.0"]


def test_an_alias_moves_with_one_commit(tmp_path: Path, remote: Path) -> None:
    target = f"git+file://{remote}"
    config = configured(tmp_path, "1.0")
    build(config)
    sent(target, config)
    config = configured(tmp_path, "2.0", "1.0")
    build(config)
    sent(target, config)
    moved = git(remote, "log", "--format=", "--name-only", "-1", "gh-pages^").split()
    assert moved
    assert all(path.startswith("latest/") for path in moved)


def test_versions_stand_beside_files_of_others(tmp_path: Path, remote: Path) -> None:
    somebody_works(tmp_path, remote, **{"other/index.html": "theirs"})
    config = configured(tmp_path, "1.0")
    build(config)
    inside = f"git+file://{remote}#gh-pages:docs"
    sent(inside, config)
    after = checked_out(remote, tmp_path / "checkout")
    assert after["other/index.html"] == b"theirs"
    assert b"Start of 1.0" in after["docs/latest/index.html"]
    with pytest.raises(PublishError, match="did not publish: other/index"):
        sent(f"git+file://{remote}", config)


def test_a_preview_stands_in_a_folder_of_the_site_and_goes_again(
    tmp_path: Path, remote: Path
) -> None:
    config = configured(tmp_path, "1.0")
    build(config)
    site = f"git+file://{remote}"
    sent(site, config)
    before = checked_out(remote, tmp_path / "checkout")
    options = Options(tmp_path / "here.json")
    preview = f"{site}#gh-pages:preview/12"
    publish(preview, config.output / "1.0", options)
    during = checked_out(remote, tmp_path / "checkout")
    assert "preview/12/a/page/index.html" in during
    assert touched(sent(site, config)) == set()
    gone = publish(preview, config.output / "1.0", Options(options.records, remove=True))
    assert "a/page/index.html" in gone.plan.deleted
    after = checked_out(remote, tmp_path / "checkout")
    assert after == before


def test_nothing_is_sent_of_any_version_if_one_is_refused(tmp_path: Path, remote: Path) -> None:
    somebody_works(tmp_path, remote, **{"1.0/index.html": "theirs"})
    config = configured(tmp_path, "2.0", "1.0")
    build(config)
    before = checked_out(remote, tmp_path / "checkout")
    with pytest.raises(PublishError, match="did not publish: index"):
        sent(f"git+file://{remote}", config)
    assert checked_out(remote, tmp_path / "checkout") == before
    (config.output / "1.0/a/page/index.html").write_text("edited")
    with pytest.raises(PublishError, match="was changed after the build"):
        sent(f"file://{tmp_path}/www", config)
    assert not (tmp_path / "www").exists()


def test_the_limits_of_a_host_hold_for_all_versions_together(
    tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, target = configured(tmp_path, "2.0", "1.0"), f"git+file://{remote}"
    build(config)
    manifests = config.output.rglob(MANIFEST)
    files_of = {file: len(load_manifest(file.read_bytes())) + 1 for file in manifests}
    room = Limits(files=sum(files_of.values()) - 1)
    monkeypatch.setattr(limits, "HOSTS", {**HOSTS, "narrow": room})
    assert max(files_of.values()) < room.files
    options = Options(tmp_path / "here.json", host="narrow")
    with pytest.raises(PublishError, match="beyond the limits of narrow with 4 sites together"):
        list(publish_versions(target, config, options))
    assert git(remote, "for-each-ref") == ""
    monkeypatch.setattr(limits, "HOSTS", {**HOSTS, "narrow": Limits(files=room.files + 1)})
    assert len(list(publish_versions(target, config, options))) == 4
    preview = f"{target}#gh-pages:preview/12"
    with pytest.raises(PublishError, match=f"with {room.files + 1} files that stay there"):
        publish(preview, config.output / "1.0", options)


def test_versions_that_the_last_build_has_not_listed_are_not_published(tmp_path: Path) -> None:
    build(configured(tmp_path, "1.0"))
    config = configured(tmp_path, "2.0", "1.0")
    shutil.rmtree(tmp_path / "2.0")
    with pytest.raises(SitegenError):
        build(config)
    with pytest.raises(PublishError, match="other versions are built") as error:
        sent(f"file://{tmp_path}/www", config)
    assert "sitegen build" in error.value.help
    assert not (tmp_path / "www").exists()


def test_a_path_for_a_target_is_answered_with_the_address_of_that_folder(tmp_path: Path) -> None:
    config = configured(tmp_path, "1.0")
    build(config)
    with pytest.raises(ConfigError, match=f"no publisher for '{tmp_path}/www'") as error:
        sent(f"{tmp_path}/www", config)
    advised = f"file://{tmp_path}/www"
    assert error.value.help.endswith(advised)
    sent(advised, config)
    assert files(tmp_path / "www") == files(config.output)


def test_a_site_is_not_published_over_one_in_a_folder_of_its_target(tmp_path: Path) -> None:
    config = configured(tmp_path, "1.0")
    build(config)
    options = Options(tmp_path / "here.json", adopt=True)
    www = f"file://{tmp_path}/www"
    publish(f"{www}/a", config.output / "1.0", options)
    before = files(tmp_path / "www")
    with pytest.raises(PublishError, match=r"another site in a/") as error:
        publish(www, config.output / "1.0", options)
    assert error.value.help == "delete a/ there, or name another target"
    assert files(tmp_path / "www") == before
    shutil.rmtree(tmp_path / "www/a")
    publish(www, config.output / "1.0", options)
    assert files(tmp_path / "www") == files(config.output / "1.0")


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("gh-pages:", "gh-pages:#:v1"),
        ("gh-pages:up#pages", "gh-pages:up#pages:v1"),
        ("gh-pages:#pages:docs/", "gh-pages:#pages:docs/v1"),
        ("git+https://h/r.git#b", "git+https://h/r.git#b:v1"),
        ("hf://spaces/o/n", "hf://spaces/o/n#:v1"),
        ("s3://bucket", "s3://bucket/v1"),
        ("s3://bucket/docs/", "s3://bucket/docs/v1"),
        ("file:///srv/www", "file:///srv/www/v1"),
        ("rsync+ssh://h/srv", "rsync+ssh://h/srv/v1"),
    ],
)
def test_a_version_goes_into_a_folder_of_each_kind_of_target(target: str, wanted: str) -> None:
    assert below(target, "v1") == wanted


def test_a_zip_has_room_for_one_site_only() -> None:
    with pytest.raises(ConfigError, match="a zip holds one site"):
        below("zip:a.zip", "v1")


def test_the_command_says_of_each_site_what_it_sent(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(tmp_path, "2.0", "1.0")
    monkeypatch.chdir(tmp_path)
    assert run("publish", f"file://{tmp_path}/www")[0] == 5
    assert run("build", "--jobs", "1")[0] == 0
    code, out, _ = run("publish", f"file://{tmp_path}/www", "--dry-run", "--json")
    plans: list[dict[str, Any]] = json.loads(out)["sites"]
    assert (code, len(plans)) == (0, 4)
    code, _, err = run("publish", f"file://{tmp_path}/www")
    assert [line.split(":")[0] for line in err.splitlines()] == ["2.0", "1.0", "latest", "build"]
    err = run("publish", f"file://{tmp_path}/www")[2]
    assert err.count("nothing to send") == 4
