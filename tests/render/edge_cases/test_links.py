"""The edge cases 117 to 136: links, images, references."""

from __future__ import annotations

import re
from functools import partial

from sitegen.errors import Diagnostic, Severity
from sitegen.model import Page, RenderedPage
from sitegen.render import render
from sitegen.urls import permalink
from tests.check.linked import check_links
from tests.render.edge_cases.linked import OLD_SITE, body, codes, document, html


def links(text: str, id: str = "page", **others: str) -> list[str]:
    return re.findall(r'<a(?: class="sg-reference")? href="([^"]*)"', html(text, id, **others))


def test_case_117_balanced_parentheses_belong_to_an_address() -> None:
    url = "https://x.example/a_(LED)_for_b.ipynb"
    assert links(f"[Open]({url})") == [url]


def test_case_118_double_parentheses_leave_the_text_and_a_warning() -> None:
    found = body("on [MJSynth]((http://x.example/~vgg/)) (MJ)")
    assert ">on MJSynth (MJ)</p>" in found.html
    assert codes(found) == ["link-without-target"]


def test_case_119_an_address_that_starts_with_a_parenthesis_is_reported() -> None:
    found = body("see [the metric]((./metric) here")
    assert "see [the metric]((./metric) here" in found.html
    assert codes(found) == ["link-broken"]


def test_case_120_a_link_without_target_is_plain_text() -> None:
    found = body("look at [the technical paper]() (coming soon)")
    assert ">look at the technical paper (coming soon)</p>" in found.html
    assert codes(found) == ["link-without-target"]


def test_case_121_a_space_before_the_address_leaves_brackets_and_a_warning() -> None:
    found = body("the [from_pipe()] (https://x.example/y) method")
    assert "the [from_pipe()] (" in found.html
    assert codes(found) == ["link-broken"]


def test_case_122_a_reference_may_touch_a_link() -> None:
    text = "[`DiffusionPipeline`][检查点](https://x.example/)"
    assert links(text, api="[[autodoc]] DiffusionPipeline") == [
        "../api/#transformers.DiffusionPipeline",
        "https://x.example/",
    ]


def test_case_122_the_label_of_a_definition_makes_a_link_of_it() -> None:
    text = "[`X`][docs] and [`X`]\n\n[docs]: https://x.example/\n[`X`]: https://y.example/\n"
    assert links(text, api="[[autodoc]] X") == ["https://x.example/", "https://y.example/"]


def test_case_123_a_suffix_of_a_source_file_is_taken_off() -> None:
    assert links("[a](../chat_templating.md) [b](agent.mdx#x)", "main_classes/tool") == [
        "../../chat_templating/",
        "../agent/#x",
    ]


def checked(pages: dict[str, str], files: set[str]) -> list[Diagnostic]:
    rendered = []
    for id, text in pages.items():
        given = document(text, id)
        page = Page(given.head(), id, permalink(id))
        rendered.append(
            RenderedPage(page, partial(render, given, OLD_SITE), partial(document, text, id))
        )
    return list(check_links(rendered, files).diagnostics)


def test_case_124_a_page_that_only_another_language_has_is_reported() -> None:
    (finding,) = checked(
        {"de/index": "[R](model_doc/realm.html)", "en/model_doc/realm": "x"}, set()
    )
    assert (finding.code, finding.severity) == ("link-page", Severity.WARNING)
    assert finding.help == "did you mean 'en/model_doc/realm'?"


def test_case_125_a_link_to_another_language_works_if_both_are_built() -> None:
    pages = {"ko/tasks/vqa": "[V](../../en/model_doc/vilt)", "en/model_doc/vilt": "x"}
    assert checked(pages, set()) == []
    assert checked({"ko/tasks/vqa": pages["ko/tasks/vqa"]}, set()) != []


def test_case_126_a_site_absolute_address_of_a_page_leads_there_with_a_warning() -> None:
    text = "[token](/glossary#token) [blog](/blog/x)"
    assert links(text, "tasks/a", glossary="# Glossary") == [
        "../../glossary/#token",
        "https://host.example/blog/x",
    ]
    assert codes(body(text, "tasks/a", glossary="# Glossary")) == ["link-site-absolute"]


def test_case_127_a_stray_final_dot_does_no_harm() -> None:
    pages = {"agents": "[x](./tasks/language_modeling.)", "tasks/language_modeling": "x"}
    assert checked(pages, set()) == []
    assert links(pages["agents"], "agents") == ["../tasks/language_modeling/"]


def test_case_128_an_image_next_to_the_page_is_shown_from_there() -> None:
    assert '<img src="../img/2.jpg"' in html("![a](./img/2.jpg)", "chapter12/3a")
    assert checked({"chapter12/3a": "![a](./img/2.jpg)"}, {"chapter12/img/2.jpg"}) == []


def test_case_129_backticks_of_an_alternative_text_are_no_markup() -> None:
    assert 'alt="the loss of Trainer"' in html("![the loss of `Trainer`](a.png)")


def test_case_130_both_images_of_a_pair_keep_the_classes_that_hide_one() -> None:
    pair = (
        '<div>\n<img\n  class="block dark:hidden"\n  src="a-light.png"\n/>\n'
        "<img class='hidden dark:block' src=a-dark.png>\n</div>\n"
    )
    shown = html(pair)
    assert 'class="block dark:hidden" src="../a-light.png"' in shown
    assert 'class="hidden dark:block" src="../a-dark.png"' in shown


def test_case_131_badges_in_cells_are_lazy_images_in_links() -> None:
    cell = "[![Open](https://x.example/badge.svg)](https://x.example/nb)"
    shown = html(f"| a | b |\n|---|---|\n| x | {cell} |\n")
    assert (
        '<a href="https://x.example/nb" rel="noopener noreferrer">'
        '<img src="https://x.example/badge.svg" alt="Open" loading="lazy"'
    ) in shown


def test_case_132_a_site_absolute_image_is_one_of_the_old_host() -> None:
    assert '<img src="https://host.example/blog/assets/a.png" alt=""' in html(
        "![](/blog/assets/a.png)"
    )


def test_case_133_parentheses_after_a_method_are_no_part_of_its_name() -> None:
    api = "[[autodoc]] ClvpModel\n    - generate\n"
    assert html("[`ClvpModel.generate()`]", api=api) == (
        '<p><a class="sg-reference" href="../api/#transformers.ClvpModel.generate">'
        "<code>ClvpModel.generate()</code></a></p>"
    )


def test_case_134_blanks_around_a_name_are_trimmed() -> None:
    assert html("[` ~models.GemmaForCausalLM `]", api="[[autodoc]] GemmaForCausalLM") == (
        '<p><a class="sg-reference" href="../api/#transformers.GemmaForCausalLM">'
        "<code>GemmaForCausalLM</code></a></p>"
    )


def test_case_135_code_that_holds_brackets_is_no_reference() -> None:
    assert html("`[INST]` and [INST]") == "<p><code>[INST]</code> and [INST]</p>"


def test_case_136_a_reference_in_a_heading_is_code_and_its_text_makes_the_anchor() -> None:
    found = body("# Use [`~trl.experimental.X`] now\n", api="[[autodoc]] X")
    assert found.headings[0].id == "use-x-now"
    assert found.headings[0].text == "Use X now"
