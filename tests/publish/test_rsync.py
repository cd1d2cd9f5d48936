from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import PublishError
from sitegen.publish import Outcome

pytestmark = pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed")

DELETING = "--server -sre"  # what of our commands the other machine is shown
Site = Callable[..., Path]
Send = Callable[..., Outcome]
PAGES = {"index.html": "home", "a/index.html": "a", "a b/ü.html": "x", "assets/x.12345678.css": "c"}


@pytest.fixture(autouse=True)
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for ssh: log the command and run it on this machine."""
    script = tmp_path / "shell"
    script.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/log\nshift\nexec "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(script))
    return script


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_another_machines_folder_becomes_the_site(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    target, site = f"rsync+ssh://host{tmp_path}/www", make_site(PAGES)
    send(target, site)
    assert tree(tmp_path / "www") == tree(site)
    (tmp_path / "log").unlink()
    assert send(target, site).plan.is_empty
    assert len((tmp_path / "log").read_text().splitlines()) == 2  # the listing and the manifest


@pytest.mark.integration
def test_a_change_is_sent_and_only_our_files_are_deleted(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    target, www = f"rsync+ssh://host{tmp_path}/www", tmp_path / "www"
    send(target, make_site(PAGES | {"c/[1]x.html": "wild", "d/*.html": "wild"}))
    theirs = ("theirs.txt", "a/theirs.html", "c/1x.html", "index/a/index.html", "d/theirs/x.html")
    for name in theirs:
        (www / name).parent.mkdir(parents=True, exist_ok=True)
        (www / name).write_text("keep")
    new = make_site({"index.html": "hOme", "b/index.html": "b"})
    plan = send(target, new).plan
    assert plan.changed == ("build.json", "index.html")
    assert tree(www) == tree(new) | dict.fromkeys(theirs, b"keep")


@pytest.mark.integration
def test_many_files_are_deleted_in_lots(
    tmp_path: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.publish.rsync._AT_ONCE", 2)
    target, www = f"rsync+ssh://host{tmp_path}/www", tmp_path / "www"
    send(target, make_site(PAGES | {f"many/{n}/index.html": "x" for n in range(7)}))
    new = make_site(PAGES | {"many/3/index.html": "x"})
    (tmp_path / "log").unlink()
    send(target, new)
    assert tree(www) == tree(new)
    assert not (www / "many/6").exists()
    assert (tmp_path / "log").read_text().count(DELETING) == 3  # of six files


@pytest.mark.integration
def test_a_name_that_somebody_took_meanwhile_is_left_alone(
    tmp_path: Path, shell: Path, make_site: Site, send: Send
) -> None:
    target, www = f"rsync+ssh://host{tmp_path}/www", tmp_path / "www"
    send(target, make_site(PAGES | {"c/index.html": "c", "d.html": "d"}))
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "index.html").write_text("keep")
    # Just before the first file is deleted.
    take = f"rm -r {www}/a {www}/c; ln -s {tmp_path}/theirs {www}/a; echo keep > {www}/c"
    take += f"; rm {www}/d.html; mkdir {www}/d.html"
    script = shell.read_text().replace(
        "shift", f'case "$*" in *"{DELETING}"*) [ -h {www}/a ] || {{ {take}; }};; esac\nshift', 1
    )
    shell.write_text(script)
    send(target, make_site({"index.html": "hOme"}))
    assert (www / "a").is_symlink()
    assert (www / "d.html").is_dir()
    assert (www / "c").read_text() == "keep\n"
    assert (tmp_path / "theirs" / "index.html").read_text() == "keep"


@pytest.mark.integration
def test_cut_off_at_any_step_a_rerun_completes(
    tmp_path: Path, shell: Path, make_site: Site, send: Send
) -> None:
    target, www = f"rsync+ssh://host{tmp_path}/www", tmp_path / "www"
    whole = shell.read_text()
    old = make_site(PAGES, "old")
    new = make_site({"index.html": "new", "b/index.html": "b", "assets/y.12345678.css": "c"}, "new")
    send(target, old)
    (www / "theirs.txt").write_text("keep")
    www.rename(tmp_path / "before")
    shutil.copy(tmp_path / "here.json", tmp_path / "before.json")
    steps = 0
    while True:
        shutil.rmtree(www, ignore_errors=True)
        shutil.copytree(tmp_path / "before", www)
        shutil.copy(tmp_path / "before.json", tmp_path / "here.json")
        (tmp_path / "log").unlink()
        cut = f"[ $(wc -l < {tmp_path}/log) -ge {steps} ] && exit 1"
        shell.write_text(whole.replace("echo", f"{cut}\necho", 1))
        (tmp_path / "log").touch()
        try:
            send(target, new)
        except PublishError:
            steps += 1
        else:
            break
        shell.write_text(whole)
        send(target, new)
        assert tree(www) == tree(new) | {"theirs.txt": b"keep"}
    assert steps >= 8


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, make_site: Site, send: Send) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "theirs.txt").write_text("keep")
    with pytest.raises(PublishError, match=r"theirs\.txt"):
        send(f"rsync+ssh://host{tmp_path}/www", make_site(PAGES))
    assert tree(tmp_path / "www") == {"theirs.txt": b"keep"}


def test_a_machine_that_does_not_answer_ends_in_words(
    tmp_path: Path, shell: Path, make_site: Site, send: Send
) -> None:
    shell.write_text("#!/bin/sh\necho 'ssh: no route to host' >&2\nexit 255\n")
    with pytest.raises(PublishError, match="no route to host"):
        send(f"rsync+ssh://host{tmp_path}/www", make_site(PAGES))
