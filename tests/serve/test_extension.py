"""Extensions in a preview: what they add is shown, and what fails is named beside the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.serve.conftest import Preview

Serve = Callable[..., "Preview"]
FILE = str(Path(__file__).parents[1] / "extension/package/sitegen_steps.py")
PAGE = "# {title}\n\n<Recipe title='Do'>\n\n1. One *thing*.\n\n</Recipe>\n"


def failures(preview: Preview) -> list[str]:
    """The parts of an extension that the error over the page names."""
    body = preview.get("/__livereload/state").partition(b"\r\n\r\n")[2]
    return re.findall(r"error: (.*) of the extension 'steps' failed", json.loads(body)["error"])


@pytest.mark.integration
def test_a_preview_has_the_parts_of_an_extension_and_names_those_that_fail(serve: Serve) -> None:
    pages = {"index.md": PAGE.format(title="Home")}
    preview = serve("docs", "--extension", FILE, pages=pages)
    assert b'<div class="steps"' in preview.get()
    assert b"One *thing*." in preview.get()  # a rule of the parser
    preview.until_there("/titles.txt")
    assert failures(preview) == []
    home = preview.folder / "docs/index.md"
    for _ in range(2):
        home.write_text("# NO FEED\n\n<Recipe title='raise'>\n\n1. *Shown*.\n\n</Recipe>\n")
        preview.until(lambda: failures(preview) == ["<Recipe>", "the feed 'titles'"])
        assert b"*Shown*." in preview.get()
        home.write_text(PAGE.format(title="Home again"))
        preview.until(lambda: failures(preview) == [])
