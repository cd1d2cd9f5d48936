"""A template that fails says where, in words of the docs, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
OURS = '{% extends "sitegen/page.html" %}\n'


@pytest.fixture(autouse=True)
def _project(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\nWords of a page.\n")
    (tmp_path / "theme" / "components").mkdir(parents=True)
    (tmp_path / "sitegen.toml").write_text('input = "docs"\n[theme]\ntemplates = "theme"\n')


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"page.html": '{% extends "page.html" %}'},
            'theme/page.html:1: the template extends or includes itself - write {% extends "sitegen'
            '/page.html" %}',
        ),
        (
            {"page.html": '{% extends "a.html" %}', "a.html": '{% extends "page.html" %}'},
            ".html:1: the template extends or includes itself",
        ),
        (
            {"page.html": f'{OURS}{{% block footer %}}{{% include "no.html" %}}{{% endblock %}}'},
            "theme/page.html:2: no template 'no.html' - sitegen's own are called sitegen/page.html",
        ),
        (
            {"page.html": f"{OURS}{{% blok footer %}}"},
            "theme/page.html:2: Encountered unknown tag 'blok' - did you mean 'block'?",
        ),
        ({"page.html": f"{OURS}é"}, "theme/page.html:2: not UTF-8 - save the file as UTF-8"),
    ],
)
def test_a_template_that_cannot_be_says_where_and_what_to_write(
    run: Run, tmp_path: Path, files: dict[str, str], said: str
) -> None:
    for name, text in files.items():
        (tmp_path / "theme" / name).write_bytes(text.encode("latin-1"))
    code, _, told = run("build")
    assert (code, said in told) == (1, True), told
    assert "recursion" not in told


def test_what_a_template_is_to_extend_in_place_of_itself_works(run: Run, tmp_path: Path) -> None:
    (tmp_path / "theme" / "page.html").write_text('{% extends "page.html" %}')
    said = run("build")[2]
    advised = said[said.index("{%") : said.index("%}") + 2]
    (tmp_path / "theme" / "page.html").write_text(advised)
    assert run("build")[0] == 0


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("component/Steps.html", "did you mean 'components/Steps.html'?"),
        ("page.html.j2", "call it page.html"),
        ("components/Steps.htm", "call it components/Steps.html"),
        ("q.html", "name it like one of sitegen's, or include it"),
    ],
)
def test_a_template_that_nothing_uses_is_told_how_it_may_be_meant(
    run: Run, tmp_path: Path, name: str, help: str
) -> None:
    (tmp_path / "theme" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "theme" / name).write_text("x")
    said = run("build", "-v")[2]
    assert f"  --> theme/{name}\n  help: {help}\n" in said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('[theme]\ntemplates = "thme"', "theme.templates: there is no folder 'thme' - did you"),
        ('[theme]\nstatic = "thme"', "theme.static: there is no folder 'thme' - did you mean"),
        ('files = "dcs"', "sitegen.toml:2: files must be a folder, and 'dcs' is none: did you"),
        ('[api]\nsearch_paths = ["dcs"]', "api.search_paths names no folder: 'dcs', did you mean"),
    ],
)
def test_a_folder_that_is_not_there_is_named_as_it_opens_from_here(
    run: Run, tmp_path: Path, setting: str, said: str
) -> None:
    (tmp_path / "sitegen.toml").write_text(f'input = "docs"\n{setting}\n')
    code, _, told = run("build")
    assert (code, said in told) == (2, True), told
    assert str(tmp_path) not in told
