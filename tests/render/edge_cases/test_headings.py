"""The edge cases 84 to 96 of the language's reference: headings and their anchors."""

from __future__ import annotations

import re
from pathlib import Path

from sitegen.assemble import assemble
from sitegen.config import RestoreConfig
from sitegen.model import Chunk
from sitegen.read.inputs import read
from tests.render.edge_cases.linked import body, codes, document
from tests.render.edge_cases.pages import html
from tests.restoring import restore_headings


def anchors(text: str) -> list[str]:
    return [heading.id for heading in body(text).headings]


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


def test_a_heading_that_holds_nothing_but_targets_is_none_and_keeps_them():
    empty = ("## <a id='x'></a>", "### <span></span>", "## &nbsp;", "<h2 id='y'></h2>")
    body = html("# T\n\n" + "\n\na\n\n".join(empty) + "\n\nb\n")
    assert re.findall(r"<h\d", body) == ["<h1"]
    assert 'id="user-content-x"' in body
    assert 'id="user-content-y"' in body


def test_a_heading_of_a_picture_alone_is_one():
    for heading in ("## <img src='a.png' alt='Pump'>", "<h2><img src='a.png'></h2>"):
        assert "<h2" in html(f"# T\n\n{heading}\n\na\n")


def test_a_picture_that_is_described_as_nothing_says_nothing_in_a_heading():
    for heading in ("## <img src='a.png' alt=''> Pumps", '<h2><img src="a.png" alt="">Pumps</h2>'):
        assert body(f"# T\n\n{heading}\n\na\n").headings[-1].text == "Pumps"
