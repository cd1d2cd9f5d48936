"""Twins: the page as Markdown that any reader of Markdown knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.model.objects import ApiDoc, ApiField, ApiSection, Documented, Named
from sitegen.render import render
from tests.cases import body

NOWHERE = Section(0, "", "", "page.md", None)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<Tip>\n\nText\n\n</Tip>", "> [!TIP]\n> Text"),
        ("<Tip warning={true}>\nText\n</Tip>\nAfter", "> [!WARNING]\n> Text\n\nAfter"),
        ("<Tip>One line</Tip>", "> [!TIP]\n> One line"),
        ('<Tip title="Mind *this*">\n\nText\n</Tip>', "> [!TIP]\n> **Mind \\*this\\***\n>\n> Text"),
        ("<Tip>\n\n```py\n# </Tip>\n```\n\n</Tip>", "> [!TIP]\n> ```py\n> # </Tip>\n> ```"),
        ("- a\n\n  <Tip>\n\n  b\n\n  </Tip>\n\n- c", "- a\n\n  > [!TIP]\n  > b\n\n- c"),
        ("1. <Tip>b</Tip>\n2. c", "1. > [!TIP]\n   > b\n2. c"),
        ("> <Tip>b</Tip>", "> > [!TIP]\n> > b"),
        ("A <Tip>b</Tip> c", "A **Tip:** b c"),
        (
            '<Deprecated version="2.0">Gone</Deprecated>',
            "> [!WARNING]\n> **Deprecated in 2.0**\n>\n> Gone",
        ),
        (
            '<hfoptions id="i">\n<hfoption id="pip">\n\nA\n\n</hfoption>\n'
            '<hfoption id="uv">\n\nB\n\n</hfoption>\n</hfoptions>',
            "**pip**\n\nA\n\n**uv**\n\nB",
        ),
        ("<frameworkcontent>\n<pt>\nA\n</pt>\n</frameworkcontent>", "**PyTorch**\n\nA"),
        (
            "{#if fw === 'pt'}\nA\n{:else}\nB\n{/if}",
            "**PyTorch**\n\nA\n\n**TensorFlow**\n\nB",
        ),
        (
            '<Youtube id="abcdef123"/>',
            "[Watch the video on YouTube](https://www.youtube.com/watch?v=abcdef123)",
        ),
        ('A <PipelineTag pipeline="text-to-image"/> b', "A Text-to-Image b"),
        ("[[open-in-colab]]\n\nA", "A"),
        (
            '<DocNotebookDropdown options={[{label: "Colab", value: "https://x.org/"}]} />',
            "- [Colab](https://x.org/)",
        ),
        (
            "[[autodoc]] Trainer\n    - train\n    - all",
            "API reference: `Trainer`\n\n- `train`\n- all public methods",
        ),
        ("# Title[[id]]", "# Title"),
        ("Title\n===\n\n# Other", "# Title\n\n## Other"),
        ("See [`Trainer`] and [`~Trainer.train`].", "See `Trainer` and `Trainer.train`."),
        ("Write `<Tip>` or `<pt>`.", "Write `<Tip>` or `<pt>`."),
        ("<!-- a\nb -->\nA <!-- c -->B", "A B"),
        ("A <!-- c -->\n<!-- d --># B", "A \n\\# B"),
        ("- a\n\n<!-- -->\n\n- b", "- a\n\n* b"),
        ("[`Term`]\n: What it [is](./is).", "`Term`\n: What it [is](is.md)."),
        ("```\n<pt>[[open-in-colab]] [`X`]\n```", "```\n<pt>[[open-in-colab]] [`X`]\n```"),
        ("```py runnable:t\n>>> a  # doctest: +SKIP\n```", "```py\n>>> a\n```"),
        ("| a | b |\n|:-:|---|\n| `x\\|y` | z |", "| a | b |\n| :---: | --- |\n| `x\\|y` | z |"),
        ("5) a\n5) b", "5) a\n6) b"),
        ("- [x]   a\n- [ ] b", "- [x] a\n- [ ] b"),
        ("[a][r]\n\n[r]: ./b.mdx 'T'", '[a](b.md "T")'),
        ("[![a](b.png)](./c)", "[![a](b.png)](c.md)"),
        ("[a `](` b](./c) and [d](<./e](f>)", "[a `](` b](c.md) and [d](<e%5D(f.md>)"),
        ("[a [b](./c) d](./e)", "[a [b](c.md) d](./e)"),
        ("a{' '}b </Tip>", "a b"),
        ("A[^n].\n\n[^n]: One\n\n    two", "A[^n].\n\n[^n]: One\n\n    two"),
        ('a <b className={"x"}>b</b>', 'a <b class="x">b</b>'),
        ("<div style={{width: 5}}>\n\na\n\n</div>", '<div style="width:5px">\n\na\n\n</div>'),
        ("## <!-- c -->\n\na", "a"),
        ("*one*  \n__two__ &amp; 1 < 2 \\* $x$", "*one*  \n__two__ &amp; 1 < 2 \\* $x$"),
    ],
)
def test_the_language_becomes_plain_markdown(
    doc: Callable[..., Body], source: str, wanted: str
) -> None:
    assert doc(source).markdown == f"{wanted}\n"


def test_links_lead_to_twins_and_files_and_out(doc: Callable[..., Body]) -> None:
    text = "[a](./other#x) [b](../index) ![c](img.png) [d](https://h/x) [e](#y)\n"
    shown = "[a](other.md#x) [b](../index.md) ![c](img.png) [d](https://h/x) [e](#y)\n"
    assert doc(text).markdown == shown


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('<a href="./other#x">a</a>', '<a href="other.md#x">a</a>'),
        (
            "<div>\n<a class=b href=./index>a</a>\n</div>",
            '<div>\n<a class=b href="index.md">a</a>\n</div>',
        ),
        ("A <a href='/guide/b?q=1&amp;r'>b</a>", 'A <a href="guide/b.md?q=1&amp;r">b</a>'),
        ('<img src="/a.png" alt="/a.png">', '<img src="a.png" alt="/a.png">'),
        ('<img src="a.png" alt="a=1">', '<img src="a.png" alt="a=1">'),
        ('<video src={"/a.mp4"} muted={true} />', '<video src="a.mp4" muted="" />'),
        (
            '<a href="https://h/x">a</a> <a href="#y">b</a>',
            '<a href="https://h/x">a</a> <a href="#y">b</a>',
        ),
    ],
)
def test_addresses_of_html_lead_where_those_of_the_page_do(source: str, wanted: str) -> None:
    document = Document("page", "page.md", source, (NOWHERE,))
    space = LinkSpace(site_roots=("",))
    named = Named(pages=("/guide/b",))
    assert render(document, space, named).markdown == f"{wanted}\n"


def test_a_documented_object_is_shown_with_all_that_is_known_of_it() -> None:
    fit = ApiDoc("p.Model.fit", "method", ("x",), "Fit it.")
    field = ApiField("size", "`int`", "How *large*.")
    sections = (ApiSection("Parameters", (field,)),)
    source = "https://x.org/model.py"
    model = ApiDoc("p.Model", "class", ("size: int = 1",), "A model.", sections, (fit,), source)
    named = Named(package="p", docs=(model,))
    document = Document("page", "page.md", "[[autodoc]] Model\n    - fit", (NOWHERE,))
    assert render(document, LinkSpace(), named).markdown == (
        f"API reference: `class Model(size: int = 1)` ([source]({source}))\n\n"
        "A model.\n\n**Parameters**\n\n- `size` `int`: How *large*.\n\n- `fit(x)`\n\n  Fit it.\n"
    )


def test_a_reference_leads_to_the_twin_of_its_page() -> None:
    target = Documented("p.Model.fit", "api/model", "p.Model.fit", "method")
    named = Named(package="p", references=(("Model.fit", target),))
    document = Document("page", "page.md", "Call [`~Model.fit`].", (NOWHERE,))
    twin = render(document, LinkSpace(), named).markdown
    assert twin == "Call [`fit()`](api/model.md#p.Model.fit).\n"


def test_a_tag_over_several_lines_is_whole_in_the_twin(doc: Callable[..., Body]) -> None:
    made = doc('<figure>\n\n<video\nsrc="a.mp4"\n></video>\n\n</figure>\n')
    assert '<video src="a.mp4" ></video>' in made.markdown


def test_a_twin_escapes_what_only_looks_like_a_tag() -> None:
    text = "A <mask>, `<mask>`, <Foo>, <?php ?> and <b>bold</b>.\n\n<div>a <mask> b</div>\n"
    assert body(text).markdown == (
        "A \\<mask>, `<mask>`, \\<Foo>, \\<?php ?> and <b>bold</b>.\n\n<div>a &lt;mask> b</div>\n"
    )


def test_a_twin_has_the_titles_of_callouts_as_markdown() -> None:
    text = '!!! tip "A *word* and `code`"\n    Body\n\n> [!faq]- Of **two** parts\n> Body\n'
    assert body(text).markdown == (
        "> [!TIP]\n> **A *word* and `code`**\n>\n> Body\n\n"
        "> [!NOTE]\n> Of **two** parts\n>\n> Body\n"
    )


def test_a_single_tab_keeps_its_label_in_a_twin() -> None:
    assert body('=== "Alone"\n\n    Text\n').markdown == "**Alone**\n\nText\n"


def test_a_twin_has_headings_of_html_as_they_are_written() -> None:
    assert body("<h2>Part</h2>\n\nText.\n").markdown == "<h2>Part</h2>\n\nText.\n"


def test_a_twin_escapes_the_tokens_of_models_and_scripts_in_a_sentence(
    doc: Callable[..., Body],
) -> None:
    text = "It begins with <s> and ends, <s>old</s>, <script>x</script>.\n"
    assert doc("Begin <s> here.\n").markdown == "Begin \\<s> here.\n"
    assert "\\<script>x\\</script>" in doc(text).markdown
