"""Search in a preview: in the texts too, where their indexer is installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.serve.chromium import Chromium
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.integration

pytest.importorskip("pagefind_bin", reason="the optional extra `search` is not installed")

Serve = Callable[..., "Preview"]
ENTRY = "/pagefind/pagefind-entry.json"


def is_full(preview: Preview) -> bool:
    return b'"full":true' in preview.get("/search/headings.js")


def pages_of(preview: Preview) -> str:
    found = re.search(r'"hash":"([^"]+)"', preview.get(ENTRY).decode())
    return found[1] if found else ""


def test_the_texts_are_indexed_in_peace_and_again_after_an_edit(serve: Serve) -> None:
    preview = serve()
    preview.until(lambda: is_full(preview))
    first = pages_of(preview)
    assert first
    (preview.folder / "docs/index.md").write_text("# Start\n\nZebra.\n")
    preview.until(lambda: b"Zebra" in preview.get())
    preview.until(lambda: pages_of(preview) not in {"", first})
    preview.until(lambda: is_full(preview))


def test_headings_are_enough_where_the_project_says_so(serve: Serve) -> None:
    toml = 'input = "docs"\nsearch = "headings"\n'
    preview = serve(
        "--config", "sitegen.toml", pages={"index.md": "# A\n", "../sitegen.toml": toml}
    )
    preview.until(lambda: b'"full":false' in preview.get("/search/headings.js"))
    assert preview.get(ENTRY).startswith(b"HTTP/1.1 404")


@pytest.mark.browser
def test_a_word_of_the_text_is_found_after_an_edit(serve: Serve, browser: Chromium) -> None:
    preview = serve()
    preview.until(lambda: is_full(preview))
    first = pages_of(preview)
    (preview.folder / "docs/index.md").write_text("# Start\n\nA quagga grazes.\n")
    preview.until(lambda: pages_of(preview) not in {"", first})
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/search/?q=quagga")
    tab.until("document.querySelector('main').textContent.includes('grazes')")
