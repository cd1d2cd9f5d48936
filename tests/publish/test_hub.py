"""The Hub's client against a server on this machine that speaks the Hub's commit API."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.errors import ConfigError, PublishError
from sitegen.publish import Outcome
from sitegen.publish.local_site import open_site
from tests.hub import Hub, hub_served

pytest.importorskip("huggingface_hub", reason="needs the extra `hub`")

Site = Callable[..., Path]
Send = Callable[..., Outcome]
PAGES = {"index.html": "home", "a/index.html": "a", "assets/x.12345678.css": "css"}
TARGET = "hf://spaces/owner/docs"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub_served() as state:
        monkeypatch.setenv("HF_ENDPOINT", state.url(""))
        monkeypatch.setenv("HF_TOKEN", "hf_secret_of_the_test")
        yield state


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
    assert hub.changes[1] == [
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


def test_a_hub_that_cannot_be_reached_is_an_error_of_one_line(
    monkeypatch: pytest.MonkeyPatch, make_site: Site, send: Send
) -> None:
    monkeypatch.setattr("sitegen.publish.retries.FIRST_WAIT", 0.01)
    with socket.socket() as closed:  # taken, and nobody listens
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(PublishError, match="asking the Hub failed: no answer comes") as said:
            send("hf://spaces/me/docs", make_site(PAGES))
    assert "\n" not in str(said.value)


def test_a_folder_of_a_repository_holds_a_site_beside_others(
    hub: Hub, make_site: Site, send: Send
) -> None:
    send(f"{TARGET}#main:v1", make_site({"index.html": "one", "a/index.html": "a"}))
    send(f"{TARGET}#main:v2", make_site({"index.html": "two"}))
    send(TARGET, make_site({"index.html": "leads to v2"}))
    send(f"{TARGET}#main:v1", make_site({"index.html": "one, again"}))
    assert [{path.lstrip("+-").partition("/")[0] for path in sent} for sent in hub.changes] == [
        {"v1"},
        {"v2"},
        {"build.json", "index.html", ".sitegen-manifest.json"},
        {"v1"},
    ]
    assert "-v1/a/index.html" in hub.changes[3]
    held = hub.commits[-1]
    assert {path: held[path] for path in held if path.endswith("index.html")} == {
        "index.html": b"leads to v2",
        "v1/index.html": b"one, again",
        "v2/index.html": b"two",
    }
    send(f"{TARGET}#main:v2", make_site({}), remove=True)
    assert sorted(path for path in hub.commits[-1] if path.endswith(".html")) == [
        *("index.html", "v1/index.html")
    ]
