"""Extensions that give what is no HTML, finding or file: named, and the build goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.extension.steps import Run, read, write

_OWN = """
from sitegen.errors import Diagnostic, Severity
from sitegen.extension import Check, Extension
from sitegen.feeds import Feed
from sitegen.model import OutputFile
from sitegen.render.components import Component

def feed(path, data=b""):
    return {"feeds": (Feed("mine", lambda _: True, lambda *_: [OutputFile(path, data)]),)}

def component(render=lambda node, page: node.body, **more):
    return {"components": (Component("Mine", render, **more),)}

def leave(*_):
    raise SystemExit(9)

extension = Extension("odd", "1", **{given})
"""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("component(lambda *_: None)", "<Mine> of the extension 'odd' failed: TypeError: str is"),
        ("component(leave)", "<Mine> of the extension 'odd' failed: SystemExit: 9"),
        ("component(markdown=lambda *_: 3)", "<Mine> of the extension 'odd' failed: TypeError"),
        ("component(label=lambda *_: 1 / 0)", "<Mine> of the extension 'odd' failed: ZeroDivision"),
        ("feed('../out')", "'mine' of the extension 'odd' failed: ValueError: not a path inside"),
        ("feed('index.html')", "ValueError: the site has a file 'index.html' already"),
        ("feed('a.txt', 'text')", "TypeError: bytes is wanted, and str was given"),
    ],
)
def test_a_part_that_gives_what_is_none_is_named_and_the_build_goes_on(
    given: str, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "own.py").write_text(_OWN.replace("{given}", given))
    write(tmp_path, index="# Home\n\nA <Mine>*word*</Mine> here.\n\n<Mine>\n\nWords.\n\n</Mine>\n")
    code, out, _ = run("build", "docs", "--extension", "own.py", "--json", "--no-search")
    found = [d for d in json.loads(out)["diagnostics"] if d["code"] == "extension-failed"]
    assert code == 1
    assert said in found[0]["message"]
    html = read(tmp_path, "index.html")
    assert "<em>word</em>" in html
    assert "<p>Words.</p>" in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{'checks': (Check('mine', 'M', 'm', lambda _: [3]),)}", "Diagnostic is wanted, and int"),
        (
            "{'checks': (Check('mine', 'M', 'm', lambda _: "
            "[Diagnostic('other', Severity.WARNING, 'seen')]),)}",
            "warning: seen [other]",
        ),
        ("component(lambda node, page: page.report('other', 'seen') or '')", "seen [other]"),
    ],
)
def test_whatever_a_check_finds_is_listed_with_a_remedy(
    given: str, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "own.py").write_text(_OWN.replace("{given}", given))
    write(tmp_path, index="# Home\n\n<Mine>\n\nWords.\n\n</Mine>\n")
    _, out, err = run("check", "docs", "--extension", "own.py")
    assert said in out, err
    assert "help: tell those who wrote the extension" in out
