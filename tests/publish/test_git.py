from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.errors import ConfigError, PublishError
from sitegen.publish import Outcome
from sitegen.publish.verify import verify

Site = Callable[..., Path]
Send = Callable[..., Outcome]
PAGES = {".nojekyll": "", "index.html": "home", "a/index.html": "a", "assets/x.12345678.css": "c"}


def git(folder: Path, *arguments: str) -> str:
    identity = {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@localhost"}
    identity |= {"GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@localhost"}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **identity},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository on this disk."""
    folder = tmp_path / "remote.git"
    folder.mkdir()
    git(folder, "init", "-q", "--bare")
    git(folder, "config", "uploadpack.allowFilter", "true")
    return folder


def commits(remote: Path) -> int:
    return int(git(remote, "rev-list", "--count", "gh-pages"))


def paths(remote: Path) -> set[str]:
    return set(git(remote, "ls-tree", "-r", "--name-only", "gh-pages").splitlines())


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on this machine and say where."""
    servers = []

    def served(folder: Path) -> str:
        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

        handler = partial(Quiet, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_clean_push_is_one_commit_that_can_be_cloned_and_served(
    tmp_path: Path, remote: Path, make_site: Site, send: Send, serve: Callable[[Path], str]
) -> None:
    site = make_site(PAGES)
    send(f"git+file://{remote}", site)
    assert commits(remote) == 1
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(remote), "clone")
    assert (tmp_path / "clone" / ".nojekyll").exists()
    verdict = verify(serve(tmp_path / "clone"), site)
    assert verdict.is_good
    assert verdict.checked == 4  # all but .nojekyll


def test_a_second_publish_is_one_commit_more_with_only_what_changed(
    remote: Path, make_site: Site, send: Send
) -> None:
    target = f"git+file://{remote}"
    send(target, make_site(PAGES))
    plan = send(target, make_site(PAGES | {"a/index.html": "changed"})).plan
    assert plan.changed == ("a/index.html", "build.json")
    assert commits(remote) == 2
    names = git(remote, "diff", "--name-only", "gh-pages~1", "gh-pages").splitlines()
    assert names == [".sitegen-manifest.json", "a/index.html", "build.json"]
    assert send(target, make_site(PAGES | {"a/index.html": "changed"})).plan.is_empty
    assert commits(remote) == 2


def test_cname_is_kept_and_what_the_site_lost_is_deleted(
    tmp_path: Path, remote: Path, make_site: Site, send: Send
) -> None:
    work = tmp_path / "work"
    git(tmp_path, "clone", "-q", str(remote), "work")
    git(work, "checkout", "-q", "-b", "gh-pages")
    (work / "CNAME").write_text("docs.example.org")
    git(work, "add", "CNAME")
    git(work, "commit", "-q", "-m", "name")
    git(work, "push", "-q", "origin", "gh-pages")
    send(f"git+file://{remote}", make_site(PAGES))
    send(f"git+file://{remote}", make_site({"index.html": "home"}))
    assert paths(remote) == {"CNAME", "index.html", "build.json", ".sitegen-manifest.json"}


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


def test_a_push_in_between_is_not_forced_away(
    remote: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.publish.git import Branch  # noqa: PLC0415 - beside its only use

    target = f"git+file://{remote}"
    send(target, make_site(PAGES))
    look = Branch.look

    def slow_look(branch: Branch) -> object:
        found = look(branch)
        tree = git(remote, "rev-parse", "gh-pages^{tree}")
        other = git(remote, "commit-tree", tree, "-p", "gh-pages", "-m", "meanwhile")
        git(remote, "update-ref", "refs/heads/gh-pages", other)
        return found

    monkeypatch.setattr(Branch, "look", slow_look)
    with pytest.raises(PublishError, match="somebody published meanwhile"):
        send(target, make_site({"index.html": "mine"}))
    assert git(remote, "log", "-1", "--format=%s", "gh-pages") == "meanwhile"


def test_a_branch_of_somebody_else_is_refused(
    tmp_path: Path, remote: Path, make_site: Site, send: Send
) -> None:
    git(tmp_path, "clone", "-q", str(remote), "work")
    work = tmp_path / "work"
    git(work, "checkout", "-q", "-b", "gh-pages")
    (work / "thesis.tex").write_text("years of work")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "x")
    git(work, "push", "-q", "origin", "gh-pages")
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


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that we stand in, without a remote; the user's own settings are not read."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "-q")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    return folder


def test_a_folder_of_a_branch_changes_and_what_is_beside_it_stays(
    tmp_path: Path, remote: Path, make_site: Site, send: Send
) -> None:
    git(tmp_path, "clone", "-q", str(remote), "work")
    work = tmp_path / "work"
    git(work, "checkout", "-q", "-b", "gh-pages")
    (work / "thesis.tex").write_text("years of work")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "x")
    git(work, "push", "-q", "origin", "gh-pages")
    target = f"git+file://{remote}#gh-pages:sites/docs"
    assert send(target, make_site(PAGES)).place.endswith("(gh-pages, sites/docs/)")
    assert send(target, make_site(PAGES)).plan.is_empty
    plan = send(target, make_site({"index.html": "changed"})).plan
    assert plan.deleted == (".nojekyll", "a/index.html", "assets/x.12345678.css")
    names = ("index.html", "build.json", ".sitegen-manifest.json")
    assert paths(remote) == {"thesis.tex", *(f"sites/docs/{name}" for name in names)}
    assert git(remote, "show", "gh-pages:sites/docs/index.html") == "changed"


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


def test_a_commit_is_of_whom_git_says_and_says_what_is_wanted(
    remote: Path, checkout: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def last() -> list[str]:
        return git(remote, "log", "-1", "--format=%an|%ae|%cn|%ce|%s", "gh-pages").split("|")

    target, ours = f"git+file://{remote}", ["sitegen", "sitegen@localhost"]
    send(target, make_site({"index.html": "1"}))
    assert last() == [*ours, *ours, "Publish the site"]
    git(checkout, "config", "user.name", "Ada L")
    git(checkout, "config", "user.email", "ada@example.org")
    git(checkout, "config", "author.name", "Grace")
    send(target, make_site({"index.html": "2"}), message="Release 2")
    assert last() == ["Grace", "ada@example.org", "Ada L", "ada@example.org", "Release 2"]
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Emmy")
    send(target, make_site({"index.html": "3"}))
    assert last()[0] == "Emmy"


def test_a_repository_of_sha256_is_published_to_empty_and_again(
    tmp_path: Path, make_site: Site, send: Send
) -> None:
    remote = tmp_path / "new.git"
    git(tmp_path, "init", "-q", "--bare", "--object-format=sha256", str(remote))
    send(f"git+file://{remote}", make_site(PAGES))
    send(f"git+file://{remote}", make_site({"index.html": "changed"}))
    send(f"git+file://{remote}#other", make_site(PAGES))
    assert commits(remote) == 2
    assert len(git(remote, "rev-parse", "gh-pages")) == 64
    assert paths(remote) == {"index.html", "build.json", ".sitegen-manifest.json"}


@pytest.mark.parametrize("address", ["../a b%20.git", "{}/a b%20.git", "file://{}/a b%2520.git"])
def test_a_remote_may_be_relative_and_hold_blanks(
    address: str, checkout: Path, make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = checkout.parent / "a b%20.git"
    git(checkout, "init", "-q", "--bare", str(remote))
    git(checkout, "remote", "add", "origin", address.format(checkout.parent))
    (checkout / "docs").mkdir()
    monkeypatch.chdir(checkout / "docs")
    send("gh-pages:", make_site(PAGES))
    assert commits(remote) == 1


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
