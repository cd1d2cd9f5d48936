"""The Hub's client against a server on this machine that speaks the Hub's commit API."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import ConfigError, PublishError
from sitegen.publish import Outcome
from sitegen.publish.local_site import open_site

pytest.importorskip("huggingface_hub", reason="needs the extra `hub`")

Site = Callable[..., Path]
Send = Callable[..., Outcome]
PAGES = {"index.html": "home", "a/index.html": "a", "assets/x.12345678.css": "css"}
TARGET = "hf://spaces/owner/docs"


class Hub:
    """One Space: its commits as mappings of files, and what was sent."""

    def __init__(self) -> None:
        self.commits: list[dict[str, bytes]] = [{"README.md": b"---\nsdk: static\n---\n"}]
        self.sent: list[list[str]] = []
        self.refuses = 0

    @property
    def head(self) -> str:
        return f"{len(self.commits):040x}"

    def get(self, path: str) -> tuple[int, Any]:
        files = self.commits[-1]
        if path.startswith("/api/spaces/owner/docs/revision/"):
            return 200, {"id": "owner/docs", "sha": self.head, "private": False, "siblings": []}
        if path.startswith("/api/spaces/owner/docs/tree/"):
            entries = [{"path": p, "size": len(d), "oid": "0" * 40} for p, d in files.items()]
            return 200, [{"type": "file", **entry} for entry in entries]
        if path.startswith("/spaces/owner/docs/resolve/"):
            return 200, files[path.split("/", 6)[6]]
        return 404, {"error": "Repository not found"}

    def post(self, path: str, body: bytes) -> tuple[int, Any]:
        if path.startswith("/api/spaces/owner/docs/preupload/"):
            names = [file["path"] for file in json.loads(body)["files"]]
            modes = [{"path": n, "uploadMode": "regular", "shouldIgnore": False} for n in names]
            return 200, {"files": modes}
        if self.refuses:
            return self.refuses, {"error": "no"}
        files, sent = dict(self.commits[-1]), []
        for line in map(json.loads, body.splitlines()):
            key, value = line["key"], line["value"]
            if key == "header" and value["parentCommit"] != self.head:
                return 412, {"error": "the branch has moved on"}
            if key == "file":
                files[value["path"]] = base64.b64decode(value["content"])
                sent.append(f"+{value['path']}")
            if key == "deletedFile":
                del files[value["path"]]
                sent.append(f"-{value['path']}")
        self.commits.append(files)
        self.sent.append(sent)
        url = f"/spaces/owner/docs/commit/{self.head}"
        return 200, {"commitUrl": url, "commitOid": self.head, "pullRequestUrl": None}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status: int, body: Any) -> None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response_only(status)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Content-Type", "application/json")
            self.send_header("ETag", '"0123456789"')
            self.send_header("X-Repo-Commit", state.head)
            if status == 404:
                self.send_header("X-Error-Code", "RepoNotFound")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def do_GET(self) -> None:
            self.answer(*state.get(self.path.split("?")[0]))

        do_HEAD = do_GET  # noqa: N815

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(*state.post(self.path.split("?")[0], body))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("HF_TOKEN", "hf_secret_of_the_test")
    yield state
    server.shutdown()
    server.server_close()


def test_a_space_changes_with_one_commit_and_keeps_its_card(
    hub: Hub, make_site: Site, send: Send
) -> None:
    site = make_site(PAGES)
    send(TARGET, site)
    files = {path: (site / path).read_bytes() for path in open_site(site).files}
    manifest = {".sitegen-manifest.json": open_site(site).manifest}
    assert hub.commits[1:] == [{"README.md": hub.commits[0]["README.md"], **files, **manifest}]


def test_a_second_commit_holds_only_what_changed(hub: Hub, make_site: Site, send: Send) -> None:
    send(TARGET, make_site(PAGES))
    send(TARGET, make_site({"index.html": "home", "a/index.html": "new"}))
    assert hub.sent[1] == [
        "+a/index.html",
        "+build.json",
        "+.sitegen-manifest.json",
        "-assets/x.12345678.css",
    ]
    assert send(TARGET, make_site({"index.html": "home", "a/index.html": "new"})).plan.is_empty
    assert len(hub.commits) == 3


def test_a_refusal_changes_nothing_and_shows_no_token(
    hub: Hub, make_site: Site, send: Send
) -> None:
    for status, words in ((403, "HF_TOKEN"), (412, "publish again")):
        hub.refuses = status
        with pytest.raises(PublishError, match=words) as caught:
            send(TARGET, make_site(PAGES))
        assert "hf_secret" not in str(caught.value)
    assert len(hub.commits) == 1


def test_a_repository_that_is_not_there_is_named(hub: Hub, make_site: Site, send: Send) -> None:
    with pytest.raises(PublishError, match="create the repository first"):
        send("hf://spaces/owner/none", make_site(PAGES))


def test_what_is_no_repository_is_refused(make_site: Site, send: Send) -> None:
    for target in ("hf://spaces/owner", "hf://things/owner/name", "hf://spaces/a/b/c"):
        with pytest.raises(ConfigError, match="not a repository of the Hub"):
            send(target, make_site(PAGES))
