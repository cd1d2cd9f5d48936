"""Diagrams are drawn while building, as images that do nothing, or shown as their source."""

from __future__ import annotations

import re
import subprocess
import sys
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from sitegen.render.code.diagrams import DiagramError, Picture, draw

pytest.importorskip("merman", reason="the optional extra `diagrams` is not installed")

KINDS = {
    "flowchart": "flowchart LR\n  A[one] --> B{two}\n",
    "graph": "graph TD\n  A-->B\n",
    "sequence": "sequenceDiagram\n  A->>B: asks\n",
    "class": "classDiagram\n  Animal <|-- Duck\n  Duck : +swim()\n",
    "state": "stateDiagram-v2\n  [*] --> Still\n",
    "entities": "erDiagram\n  A ||--o{ B : has\n",
    "gantt": "gantt\n  dateFormat YYYY-MM-DD\n  One :2024-01-01, 3d\n",
    "pie": 'pie\n  "a" : 1\n  "b" : 2\n',
    "commits": "gitGraph\n  commit\n",
    "mindmap": "mindmap\n  root\n    leaf\n",
    "large": "flowchart TD\n" + "".join(f"  a{n // 2}-->a{n}\n" for n in range(1, 200)),
    "scripts": "flowchart LR\n  A[入力] --> B[مدخلات]\n",
}


def fence(text: str) -> str:
    return f"```mermaid\n{text}```\n"


def svg(picture: Picture | None) -> str:
    assert picture
    return unquote(picture.address.removeprefix("data:image/svg+xml,"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_diagram_is_a_picture_of_a_size_of_its_own(kind: str):
    picture = draw(KINDS[kind])
    root = ElementTree.fromstring(svg(picture))  # noqa: S314 - our own
    assert root.tag.endswith("}svg")
    assert picture
    assert root.get("width") == str(picture.width)
    assert root.get("height") == str(picture.height)
    assert picture == draw(KINDS[kind])


def test_a_page_shows_the_picture_and_keeps_its_source_for_readers_and_machines(doc):
    body = doc(fence("flowchart LR\n  accTitle: From A & to B\n  A-->B\n"))
    assert 'alt="From A &amp; to B"' in body.html
    assert re.search(r'<img src="data:image/svg\+xml,[^"<> ]+" alt=', body.html)
    assert "<summary>Source</summary>" in body.html
    assert "A--&gt;B" in body.html
    assert "data:" not in body.sought
    assert body.markdown.startswith("```mermaid\nflowchart LR")
    assert not body.diagnostics


def test_nothing_in_a_diagram_runs_or_leaves_its_picture(doc):
    evil = (
        '%%{init: {"themeCSS": "</style><script>alert(1)</script>"}}%%\nflowchart LR\n'
        '  A["<img src=x onerror=alert(1)>"] --> B["a \'quoted\' name"]\n'
        '  click A href "javascript:alert(1)"\n'
    )
    html = doc(fence(evil)).html
    assert html.count("<img ") == 1
    assert not re.search(r"<script|<[^>]*onerror|href=.javascript", svg(draw(evil)))


@pytest.mark.integration
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("flowchart TD\n  A[open --> B\n", "Unterminated"),
        ("no diagram at all\n", "No Mermaid diagram"),
        ("", "no Mermaid diagram"),
        ("flowchart TD\n" + "".join(f"a{n}-->a{n * 7 % 30000}\n" for n in range(30000)), "limit"),
    ],
)
def test_what_cannot_be_drawn_is_shown_as_its_source_and_said(doc, text: str, reason: str):
    with pytest.raises(DiagramError, match=reason):
        draw(text)
    body = doc(f"# A\n\n{fence(text)}")
    assert [d.code for d in body.diagnostics] == ["bad-diagram"]
    assert reason in body.diagnostics[0].message
    assert body.diagnostics[0].location.line == 3
    assert "<img" not in body.html
    assert 'class="language-mermaid"' in body.html


@pytest.mark.integration
def test_without_the_extra_the_source_is_shown_and_the_remedy_said(tmp_path):
    (tmp_path / "index.md").write_text("# A\n\n" + fence(KINDS["graph"]), encoding="utf-8")
    program = (
        "import sys; sys.modules['merman'] = None\n"
        "from sitegen import build, load_config\n"
        "flags = {'input': ('index.md',), 'output': 'site', 'cache': False}\n"
        "told = build(load_config(flags=flags))\n"
        "print(*(f'{d.code} {d.help}' for d in told.diagnostics))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "diagram-source pip install" in done.stdout
    assert "diagrams]" in done.stdout
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert '<figure class="sg-code sg-mermaid"' in html
    assert "<img src=" not in html


@pytest.mark.parametrize("info", ["{mermaid}", "Mermaid", "mermaid title", "{mermaid}\n:zoom:"])
def test_other_spellings_of_the_fence_are_diagrams_too(doc, info):
    body = doc(f"```{info}\nflowchart LR\n  A-->B\n```\n")
    assert '<div class="sg-diagram"' in body.html
    assert not body.diagnostics
