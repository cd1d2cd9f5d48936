"""Fifty edits of all that a build reads, as whoever has the page open in Chromium sees them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serve.test_inputs import SOON, TEXTS, project, soonest, write

if TYPE_CHECKING:
    from tests.serve.chromium import Chromium
    from tests.serve.conftest import Preview

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

Serve = Callable[..., "Preview"]
IN_PAGE = "document.documentElement.outerHTML.includes('WORD')"
FETCHED = "fetch({0}, {{cache: 'no-store'}}).then((a) => a.text()).then((t) => t.includes('WORD'))"
SEEN = {
    "docs/_redirects.yml": "fetch('/WORD/', {cache: 'no-store'}).then((a) => a.ok)",
    "docs/p.svg": FETCHED.format("'/p.svg'"),
    "../theme/logo.svg": FETCHED.format("document.querySelector('header img').src"),
    "../theme/static/extra.css": "[...document.styleSheets].some((sheet) =>"
    "  [...sheet.cssRules].some((rule) => rule.selectorText === '.WORD'))",
}
"""What is true in the open page once it shows an edit of a file, where that is not in its text."""
ROUNDS = 5  # of edits of each of the eleven kinds


@pytest.mark.parametrize("through_links", [False, True])
def test_each_of_fifty_edits_is_seen_at_once(
    serve: Serve, browser: Chromium, tmp_path: Path, *, through_links: bool
) -> None:
    pytest.importorskip("griffe")
    real = tmp_path / ("elsewhere" if through_links else "project")
    project(real)
    if through_links:
        (tmp_path / "project").mkdir()
        for place in real.iterdir():
            (tmp_path / "project" / place.name).symlink_to(place)
    preview = serve("--config", "sitegen.toml", pages={})
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/")
    tab.until("document.body.textContent.includes('zebra0')")

    def shown(name: str, word: str) -> float:
        began = time.monotonic()
        write(real, name, word)
        tab.until(SEEN.get(name, IN_PAGE).replace("WORD", word))
        return time.monotonic() - began

    taken = {
        (name, number): soonest(partial(shown, name), f"zebra{number}{chr(97 + place)}")
        for number in range(1, ROUNDS + 1)
        for place, name in enumerate(TEXTS)
    }
    assert len(taken) > 50
    assert {edit: round(time, 2) for edit, time in taken.items() if time > SOON} == {}
