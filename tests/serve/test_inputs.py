"""An edit of whatever a build reads is shown at once, also through links."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.model.inventory import write_inventory
from sitegen.serve.watch import RESCAN
from tests.examples import times

if TYPE_CHECKING:
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.integration

Serve = Callable[..., "Preview"]
SOON = float(os.environ.get("SITEGEN_SOON", RESCAN / 2))  # at rest it is some 50 ms
CONFIG = """\
input = ["docs"]
[inventories]
"https://other.example/" = "other.inv"
[api]
packages = ["steps"]
search_paths = ["src"]
[theme]
footer = "WORD"
logo = "../theme/logo.svg"
templates = "../theme/templates"
static = "../theme/static"
"""
PAGE = """\
# Start

<include>{"path": "part.txt"}</include>

[`other.Far`]

[[autodoc]] steps.walk

WORD
"""
TEMPLATE = '{% extends "sitegen/page.html" %}{% block article %}{{ body }}<p>WORD</p>{% endblock %}'
TEXTS = {
    "docs/index.md": PAGE,
    "docs/part.txt": "WORD",
    "docs/_toctree.yml": "- local: index\n  title: WORD\n",
    "docs/_redirects.yml": "WORD: index\n",
    "docs/p.svg": "<svg><!--WORD--></svg>",
    "other.inv": "WORD",
    "src/steps/__init__.py": 'def walk():\n    """WORD."""\n',
    "../theme/logo.svg": "<svg><!--WORD--></svg>",
    "../theme/templates/page.html": TEMPLATE,
    "../theme/static/extra.css": ".WORD {}",
    "sitegen.toml": CONFIG,
}
"""A file of each kind that a build reads; a theme must not be reached by links."""


def write(folder: Path, name: str, word: str) -> None:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    data = TEXTS[name].replace("WORD", word).encode()
    if name == "other.inv":
        data = write_inventory("Other", [("other.Far", "py:class", f"{word}.html", "")])
    place.write_bytes(data)


def answer(preview: Preview, name: str, word: str) -> bytes:
    """What shows a file: itself, its redirect, or a page that names or includes it."""
    paths = {"docs/p.svg": "/p.svg", "docs/_redirects.yml": f"/{word}/"}
    return preview.get(paths.get(name, "/")).partition(b"\r\n\r\n")[2]


def assert_edits_are_shown(preview: Preview, folder: Path, rounds: int) -> None:
    """Edit each file in turn, and see that what shows it changes soon."""

    def shown(name: str, word: str) -> float:
        before = answer(preview, name, word)
        written = time.monotonic()
        write(folder, name, word)
        preview.until(lambda: answer(preview, name, word) != before)
        taken = time.monotonic() - written
        after = answer(preview, name, word)
        assert word.encode() in after or name.endswith(("logo.svg", "extra.css"))
        return taken

    for number in range(1, rounds + 1):
        for name in TEXTS:
            taken = soonest(partial(shown, name), f"zebra{number}")
            assert taken < SOON, f"{name} after {taken:.1f} s\n{preview.lines()}"


def soonest(shown: Callable[[str], float], word: str) -> float:
    """The seconds until a word is shown; tried again with others where a busy machine is late."""
    taken = shown(f"{word}a")
    for letter in "bc":
        taken = taken if taken < SOON else shown(f"{word}{letter}")
    return taken


def project(folder: Path) -> None:
    for name in TEXTS:
        write(folder, name, "zebra0")


def test_an_edit_of_any_input_is_shown_at_once(serve: Serve, tmp_path: Path) -> None:
    pytest.importorskip("griffe")
    project(tmp_path / "project")
    preview = serve("--config", "sitegen.toml", pages={})
    assert_edits_are_shown(preview, tmp_path / "project", rounds=3)


@pytest.mark.heavy
def test_each_of_many_edits_behind_links_is_shown_at_once(serve: Serve, tmp_path: Path) -> None:
    pytest.importorskip("griffe")
    project(tmp_path / "elsewhere")
    (tmp_path / "project").mkdir()
    for place in (tmp_path / "elsewhere").iterdir():
        (tmp_path / "project" / place.name).symlink_to(place)
    preview = serve("--config", "sitegen.toml", pages={})
    assert_edits_are_shown(preview, tmp_path / "elsewhere", rounds=times(5))


@pytest.mark.parametrize("chain", [1, 2])
def test_an_edit_behind_links_is_shown_at_once(serve: Serve, tmp_path: Path, chain: int) -> None:
    pytest.importorskip("griffe")
    real = tmp_path / "elsewhere"
    project(real)
    (tmp_path / "project").mkdir()
    for place in real.iterdir():
        at = place
        for number in range(chain - 1):
            between = tmp_path / f"between{number}" / place.name
            between.parent.mkdir(exist_ok=True)
            between.symlink_to(at)
            at = between
        (tmp_path / "project" / place.name).symlink_to(at)
    preview = serve("--config", "sitegen.toml", pages={})
    assert_edits_are_shown(preview, real, rounds=2)


def test_a_link_that_leads_elsewhere_is_followed(serve: Serve, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.md").write_text(f"# In {name}\n")
    docs = tmp_path / "project" / "docs"
    docs.parent.mkdir()
    docs.symlink_to(tmp_path / "one")
    preview = serve(pages={})
    for number, name in enumerate(("two", "one", "two")):
        draft = docs.with_name("draft")
        draft.symlink_to(tmp_path / name)
        draft.replace(docs)
        preview.until(lambda name=name: f"In {name}".encode() in preview.get(), SOON)  # type: ignore[misc]
        (tmp_path / name / "index.md").write_text(f"# In {name}\n\nEdit {number}.\n")
        preview.until(lambda n=number: b"Edit %d." % n in preview.get(), SOON)  # type: ignore[misc]


@pytest.mark.parametrize("pause", [0, 0.05, 0.3, 2])
def test_the_first_edit_of_other_sources_is_shown(
    serve: Serve, tmp_path: Path, pause: float
) -> None:
    config = tmp_path / "project" / "sitegen.toml"
    other = tmp_path / "project" / "other" / "index.md"
    other.parent.mkdir(parents=True)
    other.write_text("# Other\n")
    config.write_text('input = ["docs"]\n')
    preview = serve("--config", "sitegen.toml")
    config.write_text('input = ["other"]\n')
    preview.until(lambda: b"Other" in preview.get())
    time.sleep(pause)
    other.write_text("# Other\n\nZebra.\n")
    preview.until(lambda: b"Zebra" in preview.get(), SOON)


def test_the_first_edit_after_the_configuration_was_away_is_shown(
    serve: Serve, tmp_path: Path
) -> None:
    config = tmp_path / "project" / "sitegen.toml"
    config.parent.mkdir()
    config.write_text('input = ["docs"]\n')
    preview = serve("--config", "sitegen.toml")
    config.unlink()
    preview.until(lambda: b"error" in preview.lines().encode())
    config.write_text('input = ["docs"]\ntitle = "Back"\n')
    preview.until(lambda: b"Back" in preview.get())
    time.sleep(0.5)
    (tmp_path / "project/docs/index.md").write_text("# Start\n\nZebra.\n")
    preview.until(lambda: b"Zebra" in preview.get(), SOON)


def test_a_folder_that_goes_and_comes_back_is_followed(serve: Serve, tmp_path: Path) -> None:
    preview = serve()
    docs = tmp_path / "project" / "docs"
    for number in range(2):
        shutil.rmtree(docs)
        preview.until(lambda: "no such file or folder" in preview.lines())
        docs.mkdir()
        (docs / "index.md").write_text(f"# Back {number}\n")
        preview.until(lambda n=number: b"Back %d" % n in preview.get(), SOON)  # type: ignore[misc]
        (docs / "index.md").write_text(f"# Edited {number}\n")
        preview.until(lambda n=number: b"Edited %d" % n in preview.get(), SOON)  # type: ignore[misc]


def test_looking_at_files_finds_an_edited_configuration(serve: Serve, tmp_path: Path) -> None:
    config = tmp_path / "project" / "sitegen.toml"
    config.parent.mkdir()
    config.write_text('input = ["docs"]\n')
    preview = serve("--config", "sitegen.toml", "--poll")
    config.write_text('input = ["docs"]\ntitle = "Zebra"\n')
    preview.until(lambda: b"Zebra" in preview.get())
