from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import ConfigError, PublishError
from sitegen.publish.verify import verify
from tests.web import Server

Project = Callable[..., Any]
PAGES = {"index.md": "# Home\n", "a b.md": "# A\n\nWords.\n"}


@pytest.fixture
def live(project: Project) -> Iterator[tuple[Path, str]]:
    """A built site and the address at which it is served."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Roomy(Server):
        request_queue_size = 64  # with 5 the requests sent at a time wait for the kernel's retry

    folder = project(PAGES).folder
    server = Roomy(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_site_as_built_is_good(live: tuple[Path, str]) -> None:
    folder, url = live
    verdict = verify(url)
    assert verdict.is_good
    manifest = json.loads((folder / ".sitegen-manifest.json").read_bytes())["files"]
    assert verdict.checked == len(manifest) - 2  # hosts need not serve .nojekyll and _headers
    assert verify(url, folder).is_good


def test_what_is_missing_or_changed_is_named(live: tuple[Path, str]) -> None:
    folder, url = live
    (folder / "a-b" / "index.html").write_text("defaced")
    (folder / "robots.txt").unlink()
    verdict = verify(url)
    assert (verdict.missing, verdict.changed) == (("robots.txt",), ("a-b/index.html",))
    assert verdict.is_whole
    assert not verdict.is_good


def test_a_publish_that_is_not_complete_is_noticed(live: tuple[Path, str]) -> None:
    folder, url = live
    manifest = json.loads((folder / ".sitegen-manifest.json").read_bytes())
    manifest["files"]["robots.txt"]["sha256"] = "0" * 64
    (folder / ".sitegen-manifest.json").write_text(json.dumps(manifest))
    assert not verify(url).is_whole


def test_another_build_than_the_local_one_is_noticed(
    live: tuple[Path, str], tmp_path: Path, project: Project
) -> None:
    other = project(PAGES | {"index.md": "# Other\n"}, output=Path("other")).folder
    verdict = verify(live[1], other)
    assert not verdict.is_ours
    assert verdict.is_whole, "the local list of files says nothing about another build"
    assert "index.html" in verdict.changed


def test_a_server_without_a_site_of_ours_says_so(live: tuple[Path, str]) -> None:
    folder, url = live
    (folder / "build.json").write_text("{}")
    with pytest.raises(PublishError, match="has no digest"):
        verify(url)
    (folder / "build.json").unlink()
    with pytest.raises(PublishError, match=r"no build\.json"):
        verify(url)


def test_what_is_no_address_or_does_not_answer_is_an_error() -> None:
    with pytest.raises(ConfigError, match="not the address of a site"):
        verify("file:///etc")
    with pytest.raises(PublishError, match="does not answer"):
        verify("http://127.0.0.1:9/")


def test_what_may_not_be_read_is_not_said_to_be_missing(
    live: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = live[1]
    send_head = SimpleHTTPRequestHandler.send_head
    closed = {"/robots.txt"}

    def guarded(self: SimpleHTTPRequestHandler) -> Any:
        return self.send_error(403) if self.path in closed else send_head(self)

    monkeypatch.setattr(SimpleHTTPRequestHandler, "send_head", guarded)
    verdict = verify(url)
    assert (verdict.missing, verdict.refused) == ((), ("robots.txt",))
    assert not verdict.is_good
    closed.add("/build.json")
    with pytest.raises(PublishError, match=r"may not be read: the host answers 403"):
        verify(url)
