"""The Hub on this machine: commits of a Space, and revisions of datasets with their files."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from tests.web import Handler, Web, served


@dataclass
class Dataset:
    """A dataset: its revisions by name, each with the files of a commit, and its card's data."""

    revisions: dict[str, dict[str, bytes]] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)
    token: str = ""
    is_gated: bool = False

    def commit(self, revision: str) -> str:
        """The commit that a revision is; a commit is one itself."""
        for name, files in self.revisions.items():
            known = repr(sorted(files.items())).encode()
            commit = hashlib.sha1(known, usedforsecurity=False).hexdigest()
            if revision in {name, commit}:
                return commit
        return ""

    def files(self, revision: str) -> dict[str, bytes]:
        """The files of a revision or a commit."""
        named = {self.commit(name): files for name, files in self.revisions.items()}
        return named[self.commit(revision)]


class Hub(Web):
    """One Space: its commits as mappings of files, and what they changed. Datasets by names."""

    def __init__(self) -> None:
        super().__init__()
        self.datasets: dict[str, Dataset] = {}
        self.store = ""
        self.commits: list[dict[str, bytes]] = [{"README.md": b"---\nsdk: static\n---\n"}]
        self.changes: list[list[str]] = []  # of each commit
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
        self.changes.append(sent)
        url = f"/spaces/owner/docs/commit/{self.head}"
        return 200, {"commitUrl": url, "commitOid": self.head, "pullRequestUrl": None}


class HubHandler(Handler):
    """Speaks the Hub's API for a `Hub`; files of datasets come from where they are stored."""

    web: Hub

    def missing(self, path: str) -> None:
        if path.startswith(("/api/datasets/", "/datasets/")):
            return self.dataset(path)
        return self.answer(*self.web.get(path))

    def dataset(self, path: str) -> None:
        parts = path.removeprefix("/api").split("/")
        name, dataset = "/".join(parts[2:4]), self.web.datasets.get("/".join(parts[2:4]))
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if dataset is None or (dataset.token and given != dataset.token):
            code = "GatedRepo" if dataset and dataset.is_gated else "RepoNotFound"
            status = 403 if code == "GatedRepo" else (404 if given else 401)
            return self.plain(status, {"X-Error-Code": code})
        revision = unquote(parts[5])
        if not (commit := dataset.commit(revision)):
            return self.plain(404, {"X-Error-Code": "RevisionNotFound"})
        if path.startswith("/api/"):
            siblings = [
                {"rfilename": path, "size": len(data), "blobId": hashlib.sha256(data).hexdigest()}
                for path, data in dataset.files(revision).items()
            ]
            found = {"id": name, "sha": commit, "siblings": siblings, "cardData": dataset.card}
            return self.answer(200, found)
        file = unquote("/".join(parts[6:]))
        if file not in dataset.files(commit):
            return self.plain(404, {"X-Error-Code": "EntryNotFound"})
        stored = f"/stored/{name}/{commit}/{file}"
        self.web.files[stored] = dataset.files(commit)[file]
        at = f"{self.web.store}{quote(stored)}"
        return self.plain(302, {"Location": f"{at}?Signature=secret-of-the-store"})

    def answer(self, status: int, body: Any) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Type", "application/json")
        self.send_header("ETag", '"0123456789"')
        self.send_header("X-Repo-Commit", self.web.head)
        if status == 404:
            self.send_header("X-Error-Code", "RepoNotFound")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_HEAD(self) -> None:  # noqa: N802
        self.do_GET()

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(*self.web.post(self.path.split("?")[0], body))


@contextmanager
def hub_served() -> Iterator[Hub]:
    """Run a Hub for the block."""
    hub = Hub()
    with served(hub, HubHandler):
        yield hub
