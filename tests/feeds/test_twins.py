"""Twins: the page as Markdown that any reader of Markdown knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.feeds import llms as module
from sitegen.model import Document
from sitegen.render.plain_markdown import plain_markdown
from sitegen.urls import markdown_folders, twin_path


def text(markdown: str, name: str = "guide/page") -> str:
    return plain_markdown(Document(name, f"{name}.md", markdown, ()))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<Tip>\n\nText\n\n</Tip>", "> [!TIP]\n> Text"),
        ("<Tip warning={true}>\nText\n</Tip>\nAfter", "> [!WARNING]\n> Text\n\nAfter"),
        ("<Tip>One line</Tip>", "> [!TIP]\n> One line"),
        ("<Tip>\n\n```py\n# </Tip>\n```\n\n</Tip>", "> [!TIP]\n> ```py\n> # </Tip>\n> ```"),
        (
            '<Deprecated version="2.0">Gone</Deprecated>',
            "> [!WARNING]\n> Deprecated in 2.0.\n> Gone",
        ),
        (
            '<hfoptions id="i">\n<hfoption id="pip">\n\nA\n\n</hfoption>\n</hfoptions>',
            "**pip**\n\nA",
        ),
        ("<frameworkcontent>\n<pt>\nA\n</pt>\n</frameworkcontent>", "**PyTorch**\n\nA"),
        ('<Youtube id="abc123"/>', "[Video](https://www.youtube.com/watch?v=abc123)"),
        ("[[open-in-colab]]\n\nA", "A"),
        ("[[autodoc]] Trainer\n    - train", "API reference: `Trainer`\n    - train"),
        ("# Title[[id]]", "# Title"),
        ("See [`Trainer`] and [`~Trainer.train`].", "See `Trainer` and `Trainer.train`."),
        ("Write `<Tip>` or `<pt>`.", "Write `<Tip>` or `<pt>`."),
        ("<!-- a\nb -->\nA", "A"),
        ("[`Term`]\n: What it [is](./is).", "`Term`\n: What it [is](is.md)."),
        ("```\n<pt>[[open-in-colab]] [`X`]\n```", "```\n<pt>[[open-in-colab]] [`X`]\n```"),
    ],
)
def test_components_are_plain_markdown(source: str, wanted: str) -> None:
    assert text(source).strip() == wanted


def test_links_lead_to_twins_and_files_and_out() -> None:
    shown = text("[a](./other#x) [b](../index) [c](img.png) [d](https://h/x) [e](#y)")
    assert shown == "[a](other.md#x) [b](../index.md) [c](img.png) [d](https://h/x) [e](#y)\n"


def test_a_twin_gives_way_to_a_folder_of_its_name() -> None:
    taken = markdown_folders(["a.md/", "b/"])
    assert twin_path("b/", taken) == "b.md"
    assert twin_path("A/", taken) not in {"A.md", "a.md"}
    assert twin_path("") == "index.md"


def test_every_page_has_its_twin_and_names_it(project: Callable[..., Any]) -> None:
    built = project({"index.md": "# Start", "a/b.md": "# B\n\n<Tip>\nHi\n</Tip>"})
    assert built.read("a/b.md") == "# B\n\n> [!TIP]\n> Hi\n"
    assert '<link rel="alternate" type="text/markdown" href="../b.md">' in built.read(
        "a/b/index.html"
    )


def test_llms_lists_pages_in_the_order_of_the_navigation(project: Callable[..., Any]) -> None:
    toctree = "- title: G\n  sections:\n  - {local: b, title: Bee}\n  - {local: a, title: Ay}\n"
    pages = {"a.md": "# A\n\n" + "What it says. " * 5, "b.md": "# B", "_toctree.yml": toctree}
    built = project(pages, base_url="https://h/d/")
    lines = [line for line in built.read("llms.txt").splitlines() if line]
    assert lines[2] == "## G"
    assert lines[3] == "- [Bee](https://h/d/b.md)"
    assert lines[4].startswith("- [Ay](https://h/d/a.md): What it says.")


def test_the_whole_is_split_where_it_is_too_long(
    project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FULL_LIMIT", 60)
    built = project({"a.md": "# A\n" + "x" * 50, "b.md": "# B\n" + "y" * 50})
    assert "x" * 50 in built.read("llms-full-1.txt")
    assert "y" * 50 in built.read("llms-full-2.txt")
    assert "llms-full-2.txt" in built.read("llms-full.txt")


def test_a_projects_own_llms_txt_stays(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# A", "llms.txt": "ours"})
    assert built.read("llms.txt") == "ours"
