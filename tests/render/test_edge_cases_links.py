"""Edge cases 84-96 (headings), 117-136 (links) and 137-144 (autodoc, navigation) of the syntax."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from sitegen.assemble import assemble
from sitegen.check.links import check_links
from sitegen.config import RestoreConfig
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Body, Chunk, Document, LinkSpace, Page, RenderedPage, Section
from sitegen.plan.nav import plan
from sitegen.plan.object_index import index_objects, package_of
from sitegen.plan.references import References, mentions
from sitegen.plan.toctree import read_toctree
from sitegen.read.inputs import read
from sitegen.render import render
from sitegen.urls import permalink
from tests.restoring import restore_headings

OLD_SITE = LinkSpace(("https://host.example/docs/transformers/en/",))


def document(text: str, id: str = "page", anchor: str = "") -> Document:
    return Document(id, id, text, (Section(0, anchor, "7_0", "docs.parquet", 12),))


def body(text: str, id: str = "page", **others: str) -> Body:
    pages = [document(text, id), *(document(t, i.replace("__", "/")) for i, t in others.items())]
    references = References(index_objects(pages, package_of(OLD_SITE)))
    return render(pages[0], OLD_SITE, references.of(pages[0], mentions(pages[0].text)))


def html(text: str, id: str = "page", **others: str) -> str:
    """Render without the furniture that no case is about."""
    shown = re.sub(r' <a class="sg-anchor".*?</a>', "", body(text, id, **others).html)
    return shown.replace(' data-chunk="7_0"', "").strip()


def anchors(text: str) -> list[str]:
    return [heading.id for heading in body(text).headings]


def codes(body: Body) -> list[str]:
    return [finding.code for finding in body.diagnostics]


def links(text: str, id: str = "page", **others: str) -> list[str]:
    return re.findall(r'<a(?: class="sg-reference")? href="([^"]*)"', html(text, id, **others))


# Headings, table of contents, files


def test_case_84_a_second_h1_is_an_entry_of_the_table_of_contents() -> None:
    found = body("# Mamba\n\n## Overview\n\n# Usage\n\n### A simple example\n")
    assert [(h.level, h.text) for h in found.headings] == [
        (1, "Mamba"),
        (2, "Overview"),
        (2, "Usage"),
        (3, "A simple example"),
    ]
    assert found.html.count("<h1") == 1


def test_case_85_headings_after_many_h1_are_all_shown() -> None:
    text = "".join(f"# Part {n}\n\n## Detail {n}\n\n" for n in range(20))
    assert len(body(text).headings) == 40
    assert body(text).html.count("<h1") == 1


def test_case_86_without_an_h1_the_first_heading_is_the_title() -> None:
    (restored,) = restore_headings(
        [document("## Configuration\n\n### Details\n")], {}, RestoreConfig()
    )
    assert restored.title == "Configuration"
    levels = [(h.level, h.text) for h in body("## Configuration\n\n### Details\n").headings]
    assert levels == [(1, "Configuration"), (3, "Details")]


def test_case_87_lines_of_hyphens_around_text_are_breaks_and_no_front_matter() -> None:
    text = "---\n### Q1: What is an Agent?\nWhich one?\n\n---\n\n### Q2\n"
    chunk = Chunk("quiz.md", text, "f", 0)
    (found,) = assemble([chunk], []).documents
    assert found.title == ""
    assert [h.text for h in body(found.text).headings] == ["Q1: What is an Agent?", "Q2"]
    assert "<hr>" in body(found.text).html


def test_case_88_a_repeated_heading_gets_a_number() -> None:
    assert anchors("# A\n\n### PyTorch\n\n### PyTorch\n") == ["a", "pytorch", "pytorch-1"]


def test_case_89_so_does_the_third() -> None:
    assert anchors("# Caveats\n\n## Caveats\n\n## Caveats\n") == [
        "caveats",
        "caveats-1",
        "caveats-2",
    ]


def test_case_90_a_heading_without_space_is_a_paragraph_with_a_warning() -> None:
    found = body("# T\n\n###Bao gồm một ví dụ\n")
    assert "<p>###Bao gồm một ví dụ</p>" in found.html
    assert codes(found) == ["heading-without-space"]


def test_case_91_a_channel_name_is_a_paragraph() -> None:
    found = body("# T\n\n#audio-study-group kanalına\n")
    assert "<p>#audio-study-group kanalına</p>" in found.html
    assert codes(found) == []


def test_case_92_an_indented_heading_in_a_disclosure_is_in_the_table_of_contents() -> None:
    text = "# T\n\n<details>\n<summary>More</summary>\n\n  ### Example\n\n  words\n\n</details>\n"
    assert anchors(text) == ["t", "example"]


def test_case_93_one_leading_space_makes_no_difference() -> None:
    assert anchors("# T\n\n ## Usage\n") == ["t", "usage"]


def test_case_94_text_after_a_custom_id_disables_it_with_a_warning() -> None:
    found = body("# T\n\n## 标题[[title]] 然后是一整句话\n")
    assert found.headings[1].text == "标题[[title]] 然后是一整句话"
    assert codes(found) == ["heading-custom-id"]


def test_case_95_a_heading_and_an_object_of_one_id_share_it() -> None:
    name = "transformers.audio_utils.hertz_to_mel"
    found = body(f"## hertz_to_mel[[{name}]]\n\n[[autodoc]] audio_utils.hertz_to_mel\n")
    assert found.html.count(f'id="{name}"') == 1
    assert found.headings[0].id == name


def test_case_96_a_byte_order_mark_before_the_licence_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "tutorial.md").write_text("\ufeff<!--Copyright-->\n\n# Title\n", encoding="utf-8")
    (found,) = assemble(read([str(tmp_path)], {}, []), []).documents
    assert "Copyright" not in body(found.text).html
    assert "\ufeff" not in body(found.text).html


def test_case_102_an_empty_target_is_kept_unless_a_heading_has_its_id() -> None:
    text = (
        "# T\n\n<a id='byte-pair-encoding'></a>\n<a id='Overview'></a>\n<a id='overview'></a>\n\n"
    )
    found = body(text + "## Overview\n\n[a](#byte-pair-encoding) [b](#Overview) [c](#overview)\n")
    assert re.findall(r'<a id="(.*?)"', found.html) == [
        "user-content-byte-pair-encoding",
        "user-content-Overview",
    ]
    assert re.findall(r'<a href="(.*?)"', found.html) == [
        "#user-content-byte-pair-encoding",
        "#user-content-Overview",
        "#overview",
    ]


# Links and images


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
        rendered.append(RenderedPage(page, render(given, OLD_SITE), partial(document, text, id)))
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


# Autodoc and navigation


def card(text: str) -> list[str]:
    return re.findall(r'id="(transformers\.[^"]*)"', html(text))


def test_case_137_an_indented_marker_takes_its_more_indented_members() -> None:
    assert card("  [[autodoc]] LevitModel\n    - forward\n") == [
        "transformers.LevitModel",
        "transformers.LevitModel.forward",
    ]


def test_case_138_members_on_the_line_of_the_marker_are_a_list() -> None:
    found = body("[[autodoc]] Trainer - train - all\n")
    assert 'id="transformers.Trainer.train"' in found.html
    assert "all public methods" in found.html
    assert codes(found) == ["autodoc-crowded"]


def test_case_139_three_markers_on_a_line_are_three_objects() -> None:
    assert card("[[autodoc]] A [[autodoc]] B [[autodoc]] C\n    - run\n") == [
        "transformers.A",
        "transformers.B",
        "transformers.C",
        "transformers.C.run",
    ]


def test_case_140_underscores_of_a_member_are_not_emphasis() -> None:
    shown = html("[[autodoc]] Config\n    - all\n    - __call__\n")
    assert "<code>__call__</code>" in shown
    assert "<strong>" not in shown


def test_case_141_a_marker_in_code_is_literal() -> None:
    assert "<code>[[autodoc]]</code>" in html("> Write `[[autodoc]]` on a line.\n")
    assert "[[autodoc]] X" in html("```\n[[autodoc]] X\n```\n")
    assert index_objects([document("```\n[[autodoc]] X\n```\n")], "p").objects == ()


def toctree(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "_toctree.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_case_142_entries_without_a_page_are_left_out_of_the_navigation(tmp_path: Path) -> None:
    notices: list[Diagnostic] = []
    text = (
        "- title: A\n  sections:\n  - local: index\n    title: I\n  - local: gone\n    title: G\n"
    )
    entries = read_toctree(toctree(tmp_path, text), notices)
    site = plan([document("# I", "index").head()], entries, title="", language="", notices=notices)
    assert [page.document.id for page in site.pages] == ["index"]
    assert any("gone" in finding.message for finding in notices)


def test_case_143_an_unknown_key_is_ignored_and_named(tmp_path: Path) -> None:
    notices: list[Diagnostic] = []
    text = "- title: A\n  প্রতিযোগিতা: 1\n  sections:\n  - local: index\n    title: I\n"
    entries = read_toctree(toctree(tmp_path, text), notices)
    assert [entry.local for top in entries for entry in top.walk()] == ["", "index"]
    assert [finding.code for finding in notices] == ["toctree-key"]


def test_case_144_a_node_may_be_a_page_and_a_group(tmp_path: Path) -> None:
    text = "- local: a\n  title: A\n  isExpanded: true\n  new: true\n  sections:\n"
    text += "  - local: b\n    title: B\n"
    notices: list[Diagnostic] = []
    entries = read_toctree(toctree(tmp_path, text), notices)
    pages = [document("# A", "a").head(), document("# B", "b").head()]
    site = plan(pages, entries, title="", language="", notices=notices)
    (item,) = [item for item in site.navigation if item.permalink == "a/"]
    assert [inner.permalink for inner in item.items] == ["b/"]
    assert notices == []
