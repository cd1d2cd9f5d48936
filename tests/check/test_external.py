"""Addresses are asked of a server on this machine; no other host is asked."""

from __future__ import annotations

import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sitegen.check import Examined, external, judge
from sitegen.check.external import Asked
from sitegen.check.external import external as ask_all
from sitegen.check.fetch import ask
from sitegen.config import CheckConfig, ExternalConfig
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Document, LinkSpace, Page, RenderedPage, Section
from sitegen.read.remote.hosts import RefusedError
from sitegen.render import render
from sitegen.store.recall import NOTHING_KEPT, Store
from tests.check.asked import Host


def site(*urls: str) -> Examined:
    """Make one page with a line and a link per address."""
    text = "".join(f"[it]({url})\n" for url in urls)
    sections = tuple(Section(n, "", f"0_{n}", "docs.parquet", n) for n in range(len(urls)))
    document = Document("a", "a.md", text, sections)
    page = Page(document.head(), "A", "a/")
    rendered = RenderedPage(page, partial(render, document, LinkSpace()), lambda: document)
    return Examined((rendered,), ())


def asked(
    examined: Examined, cache: Path | None = None, **options: Any
) -> tuple[list[Diagnostic], Asked]:
    given: dict[str, Any] = {"allow": ("127.0.0.1",), "timeout": 1} | options
    with Store(cache) as store:
        return ask_all(examined, ExternalConfig(**given), store, lambda _: None)


def test_an_address_that_fails_is_found_at_its_row(host: Host) -> None:
    urls = [host.url(path) for path in ("/fine", "/404", "/500", "/403", "/moved")]
    findings, _ = asked(site(*urls))
    assert [(f.severity, f.location.row, f.location.line, f.message) for f in findings] == [
        (Severity.WARNING, 1, 2, f"{urls[1]} answers 404 Not Found"),
        (Severity.WARNING, 2, 3, f"{urls[2]} answers 500 Internal Server Error"),
        (Severity.INFO, 3, 4, f"{urls[3]} answers programs with 403 Forbidden"),
        (Severity.INFO, 4, 5, f"{urls[4]} has moved to {host.url('/fine')}"),
    ]
    assert {f.code for f in findings} == {"link-external"}
    assert all(f.help for f in judge(site(*urls), CheckConfig(), findings))
    assert host.agents == {"sitegen-check"}


def test_a_redirect_for_now_is_fine_and_a_ring_is_not(host: Host) -> None:
    findings, _ = asked(site(host.url("/elsewhere"), host.url("/ring")))
    assert [f.message for f in findings] == [
        f"{host.url('/ring')} does not answer: more than 5 redirects"
    ]


def test_each_address_is_asked_once_whatever_its_fragment_and_one_at_a_time(host: Host) -> None:
    urls = [host.url(f"/page-{n}#part-{m}") for n in range(10) for m in range(3)]
    asked(site(*urls))
    assert Counter(host.log) == Counter(f"HEAD /page-{n}" for n in range(10))
    assert host.most == 1


def test_a_server_that_does_not_know_head_is_asked_with_get(host: Host) -> None:
    findings, _ = asked(site(host.url("/headless")))
    assert findings == []
    assert host.log == ["HEAD /headless", "GET /headless"]


def test_a_host_that_fails_is_asked_three_times(host: Host) -> None:
    (finding,), _ = asked(site(host.url("/500")))
    assert finding.message.endswith("answers 500 Internal Server Error")
    assert len(host.log) == 3


def test_a_busy_host_is_asked_again_after_the_wait_that_it_asks_for(host: Host) -> None:
    assert asked(site(host.url("/busy-1")))[0] == []
    before, after = host.times
    assert after - before >= 1


def test_a_host_that_wants_to_be_left_alone_for_long_is(host: Host) -> None:
    _, result = asked(site(host.url("/later"), host.url("/fine")))
    assert host.log == ["HEAD /later"]
    assert result.left_out == 1


def test_an_answer_that_drips_in_is_cut(host: Host) -> None:
    answer = ask(host.url("/drip"), 0.2, lambda _: True)
    assert answer.status in {0, 200}
    assert time.time() - answer.asked < 5


def test_answers_are_remembered_for_a_while(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examined, cache = site(host.url("/fine"), host.url("/404")), tmp_path / "answers"
    first, _ = asked(examined, cache)
    again, result = asked(examined, cache)
    assert again == first
    assert (result.known, len(host.log)) == (2, 3)  # HEAD for both, GET for the missing one
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 86_400)
    assert asked(examined, cache)[1].known == 1, "a bad answer holds for a day"
    monkeypatch.setattr(time, "time", lambda: now + 8 * 86_400)
    assert asked(examined, cache)[1].known == 0


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ({}, {"/a", "/b"}),
        ({"ignore": ("http://127.0.0.1:*/a*",)}, {"/b"}),
        ({"allow": ("*.example.org",)}, set()),
        ({"allow": ()}, set()),
    ],
)
def test_what_is_asked_can_be_bounded(host: Host, options: dict[str, Any], paths: set[str]) -> None:
    _, result = asked(site(host.url("/a"), host.url("/b")), **options)
    assert {entry.split()[1] for entry in host.log} == paths
    assert result.left_out == 2 - len(paths)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://[::1]:9/", "http://10.0.0.1/", "http://169.254.169.254/latest"],
)
def test_a_private_network_is_not_asked_unless_it_is_named(url: str) -> None:
    with pytest.raises(RefusedError, match="private"):
        ask(url, 1, lambda _: False)


@pytest.mark.parametrize(
    "url", ["http://[", "http://a:99999999/", "http://" + "a" * 80, "ftp://a/"]
)
def test_what_is_no_address_is_not_asked(url: str) -> None:
    with pytest.raises(RefusedError, match="no address"):
        ask(url, 1, lambda _: True)


def test_a_redirect_into_a_private_network_is_not_followed(host: Host) -> None:
    findings, result = asked(site(host.url("/inward")))
    assert (findings, result.left_out) == ([], 1)


def test_a_silent_host_is_left_alone_after_a_few_addresses(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "FIRST_WAIT", 0.0)
    closed = [f"http://127.0.0.1:1/{n}" for n in range(50)]
    findings, result = asked(site(*closed))
    assert [f.message for f in findings] == [
        f"{url} does not answer: Connection refused" for url in closed[:3]
    ]
    assert result.left_out == 47


def test_an_interrupted_check_stops_asking(host: Host) -> None:
    urls = [host.url(f"/page-{n}") for n in range(200)]

    def interrupt(count: int) -> None:
        if count and len(host.log) > 3:
            raise KeyboardInterrupt

    config = ExternalConfig(allow=("127.0.0.1",), timeout=1)
    with pytest.raises(KeyboardInterrupt):
        ask_all(site(*urls), config, NOTHING_KEPT, interrupt)
    assert len(host.log) < 20
