"""A site that is built and served, and a browser that reads it."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from tests.browser.searching import build_site
from tests.web import Server

CHECKOUT = Path(__file__).parents[2]
SHARED = CHECKOUT.parent / "shared"
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as static hosts do: with its own page for what is not there."""

    def log_message(self, *_: Any) -> None:
        pass

    def send_error(self, code: int, *args: Any, **more: Any) -> None:
        if code != http.HTTPStatus.NOT_FOUND:
            super().send_error(code, *args, **more)
            return
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def serving() -> Any:
    """Give a context manager that serves a folder and yields its address."""
    return _serving


@pytest.fixture(scope="session")
def docs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("docs") / "site"
    build(
        load_config(flags={"output": output, "jobs": 1, "search": True}, environ={}, cwd=CHECKOUT)
    )
    return output


@pytest.fixture(scope="session")
def docs(docs_folder: Path) -> Iterator[str]:
    """Sitegen's own documentation, built from its sample dataset."""
    with _serving(docs_folder) as address:
        yield address


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = SHARED / "data" / "transformers-docs.parquet"
    if not data.is_file():
        pytest.skip("the sample datasets are not here")
    output = tmp_path_factory.mktemp("real") / "site"
    toctree = SHARED / "data" / "transformers-docs-toctree.yml"
    flags = {"input": (str(data),), "toctree": toctree, "output": output, "search": True}
    build(load_config(flags=flags, environ={}, cwd=output.parent))
    return output


@pytest.fixture(scope="session")
def real(real_folder: Path) -> Iterator[str]:
    """The 470 pages of a real library."""
    with _serving(real_folder) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the system's Chromium; none is downloaded, and it reaches no other machine."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("there is no chromium here")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    flags.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page of a fresh reader; an error in a script or of the policy fails the test."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "console",
        lambda said: (
            said.type == "error" and "Failed to load" not in said.text and faults.append(said.text)
        ),
    )
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def site(tmp_path: Path, serving: Any) -> Iterator[Callable[..., Any]]:
    """Build pages given by name and serve them; gives their address and their folder."""
    with ExitStack() as held:

        def made(pages: Mapping[str, str], **options: Any) -> tuple[str, Path]:
            for name, text in pages.items():
                path = tmp_path / "docs" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            flags = {"input": ("docs",), "output": Path("site"), "jobs": 1} | options
            output = build_site(flags, tmp_path)
            return held.enter_context(serving(output)), output

        yield made
