"""What the preview server answers to requests of every kind, sent byte by byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.integration

CASES = Path(__file__).parents[2].parent / "shared" / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    if not (CASES / name).is_file():
        pytest.skip(f"{name} is not here")
    found: list[dict[str, Any]] = json.loads((CASES / name).read_text())
    return found


def request_of(case: dict[str, Any], port: int) -> bytes:
    if "raw" in case:
        return str(case["raw"]).encode("latin-1").replace(b":8000", b":%d" % port)
    lines = [f"{case['method']} {case['target']} HTTP/1.1"]
    lines += [f"{k}: {v}".replace(":8000", f":{port}") for k, v in case["headers"].items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def status(answer: bytes) -> int:
    return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/1.") else 0


def judge(case: dict[str, Any], answer: bytes) -> bool:  # noqa: PLR0911 - one line a family
    name, code = str(case["name"]), status(answer)
    head = answer.partition(b"\r\n\r\n")[0].lower()
    family = name.partition("-")[0]
    if b"access-control-allow" in head or b"traceback" in answer.lower():
        return False
    if family == "path":
        return code in {400, 403, 404, 0} or (code == 200 and b"root:" not in answer)
    if family == "open":
        return b"location" not in head
    if family == "host":
        wanted = str(case["expect"])
        if wanted == "200":
            return code == 200
        return code in ({400} if wanted == "400" else {400, 403}) and b"Hello" not in answer
    if family == "livereload":
        ok = str(case["expect"]).startswith("200")
        return (code == 200 and b"text/event-stream" in head) if ok else code == 403
    if name == "page-cross-site-script":
        return code == 403 or b"cross-origin-resource-policy: same-origin" in head
    if family in {"page", "cors"}:
        return code == (405 if name == "cors-preflight" else 200)
    if family == "method":
        return code in {405, 501, 400}
    if family == "raw":
        return code == 0 or code >= 400
    return code in {200, 206, 304, 400, 413, 414, 416, 431, 0}


def test_every_hostile_request_is_answered_as_it_must_be(served: Preview) -> None:
    failed = []
    for case in cases("devserver_requests.json"):
        answer = served.raw(request_of(case, served.port), wait=3)
        if not judge(case, answer):
            failed.append((case["name"], case["expect"], answer[:200]))
        assert status(served.get()) == 200, case["name"]
    assert failed == []


def test_no_traversal_leaves_the_site(served: Preview) -> None:
    for case in cases("path_traversal.json"):
        target = str(case["payload"])
        target = target if target.startswith("/") else f"/{target}"
        line = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nConnection: close\r\n"
        answer = served.raw((line + "\r\n").encode("utf-8", "replace"), wait=3)
        start_page = target.partition("?")[0] == "/"
        assert status(answer) in ({200} if start_page else {0, 400, 403, 404}), (target, answer)
        assert b"root:" not in answer


def test_pages_come_with_the_headers_of_production_and_the_reload_script(served: Preview) -> None:
    answer = served.get()
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert b"content-security-policy: default-src 'none'" in head
    assert b"cross-origin-resource-policy: same-origin" in head
    assert b"cache-control: no-store" in head
    assert answer.count(b"/__livereload.js") == 1


def test_an_unknown_page_is_the_sites_own_404(served: Preview) -> None:
    answer = served.get("/nowhere/")
    assert status(answer) == 404
    assert b"Page not found" in answer


def test_a_folder_without_its_slash_leads_to_the_folder(serve: Callable[..., Preview]) -> None:
    preview = serve(pages={"index.md": "# A\n", "b/c.md": "# C\n"})
    answer = preview.get("/b/c")
    assert status(answer) == 308
    assert b"\r\nlocation: /b/c/\r\n" in answer


def test_the_stream_says_an_opaque_number_and_nothing_else(served: Preview) -> None:
    answer = served.get("/__livereload")
    body = answer.partition(b"\r\n\r\n")[2]
    lines = [line for line in body.splitlines() if line.startswith(b"data")]
    assert all(re.fullmatch(rb"data: [0-9a-f]+", line) for line in lines)


def test_a_page_that_the_browser_has_is_not_sent_again(served: Preview) -> None:
    head = served.get().partition(b"\r\n\r\n")[0].decode()
    etag = next(line[6:] for line in head.split("\r\n") if line.startswith("etag: "))
    assert status(served.get(If_None_Match=etag)) == 304


def test_a_page_says_of_which_state_it_is_also_when_it_is_not_sent_again(served: Preview) -> None:
    first = served.get().partition(b"\r\n\r\n")[0].decode()
    etag = next(line[6:] for line in first.split("\r\n") if line.startswith("etag: "))
    again = served.get(If_None_Match=etag).decode()
    states = [
        re.findall(r"sitegen-preview: ([0-9a-f]+ 0 [0-9]+ 0)\r", text) for text in (first, again)
    ]
    assert len(states[0]) == 1
    assert states[0] == states[1]
