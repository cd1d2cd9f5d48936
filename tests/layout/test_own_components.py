from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
STEPS = """<div class="steps"{{ marks }}>
<h4>{{ attributes.title or "Recipe" }}</h4>
{{ body }}</div>
"""
PAGE = """# Home

Words.

<Recipe title="Do <b>& go">

1. One *thing*.

   <Recipe title="inner">Deep.</Recipe>

</Recipe>

<Badge text="new" />
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "docs/index.md": PAGE,
        "theme/components/Recipe.html": STEPS,
        "theme/components/Badge.html": '<p class="badge">{{ attributes.text }}</p>',
        "sitegen.toml": 'input = "docs"\nsearch = false\ntheme.templates = "theme"\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def page(folder: Path) -> str:
    return (folder / "build" / "index.html").read_text("utf-8")


def test_a_template_is_a_component(run: Run, folder: Path) -> None:
    assert run("build", "--strict")[0] == 0
    html = page(folder)
    assert '<div class="steps">\n<h4>Do &lt;b&gt;&amp; go</h4>\n<ol>' in html
    assert "<em>thing</em>" in html
    assert "<h4>inner</h4>" in html
    assert '<p class="badge">new</p>' in html
    assert "1. One *thing*." in (folder / "build" / "index.md").read_text()


def test_an_edited_template_makes_its_pages_anew_and_others_equal_a_clean_build(
    run: Run, folder: Path
) -> None:
    assert run("build")[0] == 0
    (folder / "theme/components/Recipe.html").write_text(STEPS.replace("h4", "h5"))
    assert run("build")[0] == 0
    warm = page(folder)
    assert run("build", "--no-cache", "--clean")[0] == 0
    assert page(folder) == warm
    assert "<h5>inner</h5>" in warm


@pytest.mark.parametrize("name", ["theme/parts/deep.html", "theme/mark.svg"])
def test_an_edited_file_that_a_template_takes_in_makes_its_pages_anew(
    run: Run, folder: Path, name: str
) -> None:
    taken, part = folder / name, folder / "theme/parts/part.html"
    part.parent.mkdir()
    part.write_text(f"{{% include '{name.removeprefix('theme/')}' %}}")
    (folder / "theme/components/Recipe.html").write_text(
        "{% include 'parts/part.html' %}{{ body }}"
    )
    assert run("build")[0] == 1  # it is not there yet
    for word in ("first", "second"):
        taken.write_text(f"<p>{word}</p>")
        assert run("build")[0] == 0
        assert f"<p>{word}</p>" in page(folder)


def test_a_check_knows_the_component_too(run: Run, folder: Path) -> None:
    assert "component-unknown" not in run("check")[1]


def test_what_a_template_writes_is_sanitised(run: Run, folder: Path) -> None:
    bad = '<script>alert(1)</script><a href="javascript:alert(1)" onclick="x()">{{ body }}</a>'
    (folder / "theme/components/Recipe.html").write_text(bad)
    run("build")
    assert "<script>alert" not in page(folder)
    assert "javascript:" not in page(folder)
    assert "onclick" not in page(folder)


def test_a_template_reaches_nothing_that_acts_and_what_fails_is_a_finding(
    run: Run, folder: Path
) -> None:
    for text in ("{{ body.__class__.__mro__ }}", "{{ nothing }}", "{% for %}", "{{ 1 / 0 }}"):
        (folder / "theme/components/Recipe.html").write_text(text + "{{ body }}")
        code, _, err = run("build")
        assert (code, "[extension-failed]" in err) == (1, True), text
        assert "error: <Recipe> fails: components/Recipe.html:1: " in err
        assert "tell those who wrote" not in err
        assert "One <em>thing</em>" in page(folder)


@pytest.mark.parametrize(
    ("name", "better"),
    [("steps-two", "StepsTwo"), ("Étape", "Etape"), ("9-lives", "Lives"), ("步骤", "Name")],
)
def test_names_that_no_component_can_have_are_refused(
    run: Run, folder: Path, name: str, better: str
) -> None:
    (folder / f"theme/components/{name}.html").write_text("x")
    code, _, err = run("build")
    assert (code, f"components/{name}.html: a component is called" in err) == (2, True)
    assert f"rename it: {better}.html" in err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Tip", "<Tip>\n\nDo *it*.\n\n</Tip>\n", ("<p>Do <em>it</em>.</p>", "> [!TIP]")),
        ("Steps", "<Steps>\n\n1. One\n\n</Steps>\n", ("<li>One</li>", "1. One")),
        ("Step", '<Steps>\n<Step title="First">\n\nGo.\n\n</Step>\n</Steps>\n', ("First", "First")),
        ("Tabs", '<Tabs>\n<Tab title="Mac">\n\nBrew.\n\n</Tab>\n</Tabs>\n', ("Brew.", "**Mac**")),
        ("LinkCard", '<LinkCard title="On" href="other" />\n', ("On", "On")),
    ],
)
def test_a_template_stands_for_the_component_of_its_name_that_is_built_in(
    folder: Path, run: Run, name: str, text: str, said: tuple[str, str]
) -> None:
    words, twin = said
    (folder / "docs/index.md").write_text(f"# Home\n\n{text}")
    (folder / "docs/other.md").write_text("# Other\n\nWords.\n")
    mine = '<div class="mine">{{ attributes.title }} {{ body }}</div>'
    (folder / f"theme/components/{name}.html").write_text(mine)
    assert run("build", "--strict")[0] == 0
    html = page(folder).partition('<div class="mine"')[2]
    assert words in html
    assert twin in (folder / "build" / "index.md").read_text()
    (folder / f"theme/components/{name}.html").unlink()
    assert run("build", "--strict")[0] == 0
    assert "mine" not in page(folder)


def test_a_template_reads_what_the_tag_is_and_what_it_does_not_say_is_empty(
    run: Run, folder: Path
) -> None:
    reads = (
        "{{ node.name }}, {{ node.attributes.title }}, {{ attributes.none or 'no' }}, {{ body }}"
    )
    (folder / "theme/components/Recipe.html").write_text(reads)
    assert run("build", "--strict")[0] == 0
    assert "Recipe, Do &lt;b&gt;&amp; go, no, " in page(folder)
    assert "<em>thing</em>" in page(folder)


def test_the_place_of_a_chunk_stays_when_a_template_forgets_it(run: Run, folder: Path) -> None:
    (folder / "docs.jsonl").write_text(
        '{"text": "Words.", "source": "a.md", "id": "0_0"}\n'
        '{"text": "<Recipe>\\n\\nText.\\n\\n</Recipe>", "source": "a.md", '
        '"source_section": "#b", "id": "0_1"}\n'
    )
    (folder / "theme/components/Recipe.html").write_text('<div class="steps">{{ body }}</div>')
    run("build", "docs.jsonl")
    assert 'data-chunk="0_1"' in (folder / "build" / "a" / "index.html").read_text()
