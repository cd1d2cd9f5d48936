"""Branches, checkouts and remotes that are not published to, and why."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import ConfigError, PublishError
from tests.publish.branches import PAGES, Send, Site, commits, git, paths, somebody_works


@pytest.mark.integration
def test_a_rejecting_hook_is_quoted_and_changes_nothing(
    remote: Path, make_site: Site, send: Send
) -> None:
    target = f"git+file://{remote}"
    send(target, make_site(PAGES))
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'quota is exceeded' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PublishError, match=r"refused by the remote.*quota is exceeded") as caught:
        send(target, make_site(PAGES | {"b.html": "b"}))
    assert caught.value.exit_code == 5
    assert commits(remote) == 1
    hook.unlink()
    send(target, make_site(PAGES | {"b.html": "b"}))
    assert "b.html" in paths(remote)


def test_a_newer_remote_is_not_overwritten(remote: Path, make_site: Site, send: Send) -> None:
    target = f"git+file://{remote}"
    send(target, make_site(PAGES), "first")
    send(target, make_site({"index.html": "newer"}, "b"), "second", replace_newer=True)
    with pytest.raises(PublishError, match="may be newer"):
        send(target, make_site(PAGES | {"index.html": "stale"}), "first")
    assert commits(remote) == 2


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, remote: Path, times: int, path: str
) -> Callable[[], None]:
    """Have somebody change a file of the branch each time that it was fetched."""
    from sitegen.publish.git import Branch  # noqa: PLC0415 - beside its only use

    fetch, left = Branch._fetch, list(range(times))

    def slow_fetch(branch: Branch) -> str:
        found = fetch(branch)
        if left:
            blob = git(remote, "rev-parse", "gh-pages:index.html")
            git(remote, "read-tree", "gh-pages")
            git(remote, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
            tree = git(remote, "write-tree")
            other = git(remote, "commit-tree", tree, "-p", "gh-pages", "-m", f"theirs {left.pop()}")
            git(remote, "update-ref", "refs/heads/gh-pages", other)
        return found

    monkeypatch.setattr(Branch, "_fetch", slow_fetch)
    return left.clear


def test_a_push_in_between_is_not_forced_away(
    remote: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"git+file://{remote}"
    send(target, make_site(PAGES))
    meanwhile(monkeypatch, remote, 1, "a/index.html")
    with pytest.raises(PublishError, match="somebody published meanwhile"):
        send(target, make_site({"index.html": "mine"}))
    assert git(remote, "log", "-1", "--format=%s", "gh-pages") == "theirs 0"


@pytest.mark.parametrize("inside", ["", ":docs"])
def test_what_others_push_beside_the_site_is_no_hindrance(
    inside: str, remote: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"git+file://{remote}#gh-pages{inside}"
    send(f"git+file://{remote}#gh-pages:preview", make_site(PAGES))
    send(f"git+file://{remote}", make_site(PAGES))
    send(target, make_site(PAGES))
    meanwhile(monkeypatch, remote, 2, "preview/more.html")
    send(target, make_site({"index.html": "mine"}))
    assert git(remote, "log", "-3", "--format=%s", "gh-pages").splitlines() == [
        "Publish the site",
        "theirs 0",
        "theirs 1",
    ]
    assert "preview/more.html" in paths(remote)
    assert f"{inside[1:]}/assets/x.12345678.css".strip("/") not in paths(remote)


def test_a_branch_that_never_rests_is_given_up(
    remote: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"git+file://{remote}#gh-pages:docs"
    send(f"git+file://{remote}", make_site(PAGES))
    rest = meanwhile(monkeypatch, remote, 1_000, "a/index.html")
    with pytest.raises(PublishError, match="somebody published meanwhile"):
        send(target, make_site(PAGES))
    rest()
    assert len(send(target, make_site(PAGES)).plan.added) == len(PAGES) + 1


def test_a_branch_of_somebody_else_is_refused(
    tmp_path: Path, remote: Path, make_site: Site, send: Send
) -> None:
    somebody_works(tmp_path, remote, **{"thesis.tex": "years of work"})
    with pytest.raises(PublishError, match=r"thesis\.tex"):
        send(f"git+file://{remote}", make_site(PAGES))
    send(f"git+file://{remote}", make_site(PAGES), adopt=True)
    assert "thesis.tex" in paths(remote)


def test_a_hostile_checkout_runs_nothing(
    tmp_path: Path,
    remote: Path,
    make_site: Site,
    send: Send,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checkout, canary = tmp_path / "checkout", tmp_path / "canary"
    checkout.mkdir()
    git(checkout, "init", "-q")
    git(checkout, "config", "core.fsmonitor", f"touch {canary}")
    git(checkout, "config", "core.hooksPath", str(checkout / "hooks"))
    (checkout / "hooks").mkdir()
    for name in ("pre-push", "pre-commit", "reference-transaction"):
        (checkout / "hooks" / name).write_text(f"#!/bin/sh\ntouch {canary}\n")
        (checkout / "hooks" / name).chmod(0o755)
    git(checkout, "remote", "add", "origin", str(remote))
    canary.unlink(missing_ok=True)
    monkeypatch.chdir(checkout)
    send("gh-pages:", make_site(PAGES))
    assert commits(remote) == 1
    git(checkout, "remote", "set-url", "origin", f"ext::touch {canary}")
    with pytest.raises(ConfigError, match="not a remote to push to"):
        send("gh-pages:", make_site(PAGES))
    assert not canary.exists()


def test_a_checkout_without_that_remote_says_so(
    tmp_path: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="no remote 'upstream'"):
        send("gh-pages:upstream", make_site(PAGES))


def test_a_remote_that_is_not_there_ends_with_its_words(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    with pytest.raises(PublishError, match="git ls-remote"):
        send(f"git+file://{tmp_path}/none.git", make_site(PAGES))


def test_a_folder_that_is_a_file_on_the_branch_is_refused(
    remote: Path, make_site: Site, send: Send
) -> None:
    send(f"git+file://{remote}", make_site(PAGES))
    with pytest.raises(PublishError, match=r"index\.html is a file on the branch"):
        send(f"git+file://{remote}#gh-pages:index.html/docs", make_site(PAGES))
    assert commits(remote) == 1


@pytest.mark.parametrize("folder", ["..", "a/../b", "a//b", ".git", "a/.GIT/hooks"])
def test_a_folder_that_leads_elsewhere_is_refused(
    folder: str, remote: Path, make_site: Site, send: Send
) -> None:
    with pytest.raises(ConfigError, match="not a folder of a branch"):
        send(f"git+file://{remote}#gh-pages:{folder}", make_site(PAGES))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_checkout_of_somebody_else_is_named_with_what_to_do(
    checkout: Path, make_site: Site, send: Send
) -> None:
    git(checkout, "remote", "add", "origin", "/nowhere")
    for path in (checkout, checkout / ".git"):
        os.chown(path, 1234, 1234)
    with pytest.raises(ConfigError, match="dubious ownership") as caught:
        send("gh-pages:", make_site(PAGES))
    assert f"git config --global --add safe.directory {checkout}" in caught.value.help
    assert "\n" not in str(caught.value)


def test_who_waits_for_a_remote_is_told_for_which_and_how_long_at_most(
    tmp_path: Path, remote: Path, make_site: Site
) -> None:
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nsleep 0.1\n")
    hook.chmod(0o755)
    site, (terminal, end) = make_site(PAGES), os.openpty()
    url = f"git+{remote.as_uri()}#gh-pages"
    command = [sys.executable, "-m", "sitegen", "publish", url, "--site", str(site)]
    subprocess.run(command, cwd=tmp_path, stderr=end, check=True)
    os.close(end)
    said = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert f"waiting for {remote.as_uri()} to take it, 600 s at most" in said
