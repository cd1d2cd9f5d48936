"""Publishing to a branch: one commit with what changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from sitegen.publish.verify import verify
from tests.publish.branches import PAGES, Send, Site, commits, git, paths, somebody_works
from tests.web import Server


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on this machine and say where."""
    servers = []

    def served(folder: Path) -> str:
        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

        handler = partial(Quiet, directory=str(folder))
        server = Server(("127.0.0.1", 0), handler)
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
    somebody_works(tmp_path, remote, CNAME="docs.example.org")
    send(f"git+file://{remote}", make_site(PAGES))
    send(f"git+file://{remote}", make_site({"index.html": "home"}))
    assert paths(remote) == {"CNAME", "index.html", "build.json", ".sitegen-manifest.json"}


@pytest.mark.integration
def test_a_folder_of_a_branch_changes_and_what_is_beside_it_stays(
    tmp_path: Path, remote: Path, make_site: Site, send: Send
) -> None:
    somebody_works(tmp_path, remote, **{"thesis.tex": "years of work"})
    target = f"git+file://{remote}#gh-pages:sites/docs"
    assert send(target, make_site(PAGES)).place.endswith("(gh-pages, sites/docs/)")
    assert send(target, make_site(PAGES)).plan.is_empty
    plan = send(target, make_site({"index.html": "changed"})).plan
    assert plan.deleted == (".nojekyll", "a/index.html", "assets/x.12345678.css")
    names = ("index.html", "build.json", ".sitegen-manifest.json")
    assert paths(remote) == {"thesis.tex", *(f"sites/docs/{name}" for name in names)}
    assert git(remote, "show", "gh-pages:sites/docs/index.html") == "changed"


@pytest.mark.integration
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
