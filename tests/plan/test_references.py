"""The index of documented objects: names become addresses only when they mean one thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.model import Document, LinkSpace, Section
from sitegen.model.objects import ApiDoc, ApiField, ApiSection, Documented, Named
from sitegen.plan.mentions import mentions
from sitegen.plan.object_index import package_of
from sitegen.plan.references import References
from sitegen.render import render
from tests.plan.planned import references_of

SHARED = Path(__file__).parents[2].parent / "shared"


def document(id: str, text: str, *anchors: str, language: str = "") -> Document:
    sections = (Section(0, "", "0_0", "f", 0), *(Section(0, a, "0_1", "f", 1) for a in anchors))
    return Document(id, id, text, sections, language=language)


def index(*documents: Document) -> References:
    return references_of(documents, "lib")


def named(references: References, document: Document) -> Named:
    return references.of(document, mentions(document.text))


def found(references: References, name: str, page: str = "elsewhere") -> str | None:
    entry = references.resolve(name, document(page, ""))
    return f"{entry.page}#{entry.anchor}" if entry else None


API = document(
    "api",
    "[[autodoc]] Trainer\n    - train\n    - save\n\n[[autodoc]] generation.Mixin\n    - generate\n"
    "\n[[autodoc]] utils.logging.set_level\n\n[[autodoc]] Model\n    - save\n",
)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Trainer", "api#lib.Trainer"),
        ("lib.Trainer", "api#lib.Trainer"),
        ("Trainer.train", "api#lib.Trainer.train"),
        ("train", "api#lib.Trainer.train"),
        ("Trainer.evaluate", "api#lib.Trainer"),
        ("Mixin.generate", "api#lib.generation.Mixin.generate"),
        ("generation.utils.Mixin", "api#lib.generation.Mixin"),
        ("other.module.Trainer.train", "api#lib.Trainer.train"),
        ("set_level", "api#lib.utils.logging.set_level"),
        ("Trainer#size", "api#lib.Trainer"),
    ],
)
def test_a_name_leads_to_the_place_of_its_longest_suffix(name: str, address: str) -> None:
    assert found(index(API), name) == address


@pytest.mark.parametrize(
    "name", ["save", "module.train", "Other.train", "Unknown", "torch.Model", "accelerate.Trainer"]
)
def test_what_could_mean_something_else_stays_unresolved(name: str) -> None:
    assert found(index(API), name) is None


def test_a_page_prefers_what_it_documents_itself() -> None:
    references = index(API, document("model", "[[autodoc]] Model\n    - save\n"))
    assert found(references, "save", "model") == "model#lib.Model.save"


def test_of_two_pages_the_one_with_the_shorter_address_is_linked() -> None:
    references = index(document("llama2", "[[autodoc]] X"), document("llama", "[[autodoc]] X"))
    assert found(references, "X") == "llama#lib.X"


def test_a_page_prefers_its_language() -> None:
    pages = [document(f"{tongue}/api", "[[autodoc]] X", language=tongue) for tongue in ("de", "en")]
    entry = index(*pages).resolve("X", document("en/start", "", language="en"))
    assert entry is not None
    assert entry.page == "en/api"


def test_anchors_of_the_dataset_document_objects_too() -> None:
    assert found(index(document("api", "", "lib.Trainer.train", "usage")), "Trainer.train") == (
        "api#lib.Trainer.train"
    )


def test_objects_of_docstring_markup_are_known() -> None:
    page = document("api", "<docstring><name>class lib.X</name><anchor>lib.X</anchor></docstring>")
    assert found(index(page), "X") == "api#lib.X"


def test_markers_in_code_document_nothing() -> None:
    assert index(document("a", "```\n[[autodoc]] X\n```\n")).objects == ()


def test_lines_that_lost_their_indent_are_members_all_the_same() -> None:
    names = [entry.name for entry in index(document("a", "[[autodoc]] X\n- run\n- all\n")).objects]
    assert names == ["lib.X", "lib.X.run"]


def test_a_marker_right_below_raw_html_is_a_card_all_the_same() -> None:
    page = document(
        "page", '<img src="a.png">\n[[autodoc]] X\n- run\n<pre>\n[[autodoc]] Y\n</pre>\n'
    )
    shown = render(page, LinkSpace(), named(index(page), page)).html
    assert 'id="lib.X.run"' in shown
    assert shown.count("[[autodoc]] Y") == 1
    assert shown.count("[[autodoc]]") == 1


def test_a_document_takes_along_only_what_it_names() -> None:
    page = document("page", "[`Trainer`] [`~lib.Model`] [`Nope`] `Mixin`")
    said = named(index(API), page)
    assert [name for name, _ in said.references] == ["Trainer", "lib.Model"]


def test_links_to_ids_that_another_page_writes_by_hand_follow_them() -> None:
    other = document("b", "<a id='hand'></a>\n\n<a id='usage'></a>\n\n## Usage\n")
    page = document("a", "[x](b.md#hand) [y](./b#usage) <a href=b#hand>z</a>")
    body = render(page, LinkSpace(), named(index(page, other), page))
    assert [(link.target, link.fragment) for link in body.links] == [
        ("b", "user-content-hand"),
        ("b", "usage"),
        ("b", "user-content-hand"),
    ]
    assert 'href="../b/#user-content-hand"' in body.html


def test_names_of_other_libraries_are_looked_up_in_their_inventories() -> None:
    prepare = Documented("accelerate.A.prepare", "", "", "method", "https://x.example/a/#y")
    references = index(API).with_docs({}, {prepare.name: prepare})
    page = document("page", "[`~accelerate.A.prepare`]")
    shown = render(page, LinkSpace(), named(references, page)).html
    assert (
        '<a class="sg-reference" href="https://x.example/a/#y" rel="noopener noreferrer">'
        "<code>prepare()</code></a>"
    ) in shown


def test_an_inventory_cannot_smuggle_in_a_script() -> None:
    evil = Documented("accelerate.A", "", "", "class", "javascript:alert(1)")
    references = index(API).with_docs({}, {evil.name: evil})
    page = document("page", "[`accelerate.A`]")
    assert "javascript" not in render(page, LinkSpace(), named(references, page)).html


def test_docstrings_are_shown_in_the_card_and_give_anchors() -> None:
    size = ApiSection("Parameters", (ApiField("size", "`int`", "How *large*."),))
    run = ApiDoc("lib.X.run", "property", None, "Runs [`X`].")
    doc = ApiDoc("lib.X", "class", ("size: int = 1",), "An **X**.", (size,), (run,))
    page = document("page", "# T\n\n[[autodoc]] X\n\n[`X#size`] [`X.run`]\n")
    references = index(page).with_docs({"lib.X": doc}, {})
    shown = render(page, LinkSpace(), named(references, page)).html
    assert "<b>X</b>(" in shown
    assert "<p>An <strong>X</strong>.</p>" in shown
    assert '<dt id="lib.X.size"><code>size</code> ' in shown
    assert '<a class="sg-reference" href="#lib.X.size"><code>X</code></a>' in shown
    assert '<a class="sg-reference" href="#lib.X.run"><code>X.run</code></a>' in shown
    assert '<li id="lib.X.run">' in shown


def test_many_parameters_are_folded() -> None:
    fields = tuple(ApiField(f"p{n}") for n in range(16))
    doc = ApiDoc("lib.X", "class", (), "", (ApiSection("Parameters", fields),))
    page = document("page", "[[autodoc]] X\n")
    shown = render(page, LinkSpace(), named(index(page).with_docs({"lib.X": doc}, {}), page)).html
    assert "<details" in shown
    assert "<summary>Parameters (16)</summary>" in shown


def test_a_docstring_is_as_untrusted_as_the_dataset() -> None:
    doc = ApiDoc("lib.X", "", None, "<script>alert(1)</script>\n\n[[autodoc]] X\n\n<your_model>")
    page = document("page", "[[autodoc]] X\n")
    shown = render(page, LinkSpace(), named(index(page).with_docs({"lib.X": doc}, {}), page)).html
    assert "<script" not in shown
    assert "&lt;your_model&gt;" in shown


def test_no_anchor_of_the_content_is_one_of_the_theme() -> None:
    text = (
        "# sg sidebar\n\n## Menu[[sg-toc]]\n\n<docstring><name>X</name><anchor>sg-live</anchor>"
        '</docstring>\n\n<ExampleCodeBlock anchor="sg-live">\n\nx\n\n</ExampleCodeBlock>\n'
        '<a id="sg-live"></a>\n'
    )
    shown = render(document("page", text), LinkSpace()).html
    assert not re.findall(r'\bid="sg-(?:live|toc|sidebar)"', shown)


def test_hostile_names_and_sources_of_a_docstring_are_only_text() -> None:
    text = (
        '<docstring><name>X"><img src=x onerror=alert(1)></name><anchor>a"b</anchor>'
        "<source>https://a@b.example/</source></docstring>\n\n"
        '<Docstring name="</code><script>alert(1)</script>" anchor="x" source="javascript:1"/>\n'
    )
    shown = render(document("page", text), LinkSpace()).html
    assert "<script" not in shown
    assert "<img" not in shown
    assert "a@b.example" not in shown
    assert "javascript" not in shown


def test_the_package_is_read_from_the_old_address() -> None:
    assert package_of(LinkSpace(("https://x.example/docs/peft/v1.0/en/",))) == "peft"
    assert package_of(LinkSpace(("https://x.example/guide/",))) == ""


def test_most_references_of_real_pages_are_resolved() -> None:
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared data is not here")
    import pyarrow.parquet as pq  # noqa: PLC0415 - only here

    rows = pq.read_table(SHARED / "data/transformers-docs.parquet").to_pylist()
    texts: dict[str, str] = {}
    for row in rows:
        texts[row["source"]] = texts.get(row["source"], "") + "\n\n" + row["text"]
    documents = [document(source, text) for source, text in texts.items()]
    references = references_of(documents, "transformers")
    assert len(references.objects) > 5000
    resolved = sum(len(named(references, document).references) for document in documents)
    assert resolved > 900


def test_an_inline_tag_of_another_language_is_a_reference() -> None:
    page = document("page", "See {@link Trainer#train}, {@linkcode Trainer | it}, {@link none}.\n")
    made = render(page, LinkSpace(), named(index(API, page), page))
    assert 'href="../api/#lib.Trainer.train"><code>Trainer#train</code></a>' in made.html
    assert 'href="../api/#lib.Trainer"><code>it</code></a>' in made.html
    assert [each.code for each in made.diagnostics] == ["reference-unresolved"]
