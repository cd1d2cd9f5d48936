"""The edge cases 97 to 103: what is true of a whole page."""

from __future__ import annotations

from html import unescape

from sitegen.read.text import Repairs, clean
from tests.render.edge_cases.pages import FENCE, html, page, words


def test_case_97_line_ends_of_windows_are_normalised_when_read():
    text, _ = clean("<Tip>\r\n\r\nText.\r\n\r\n</Tip>\r\n", None, Repairs("a.md"))
    assert text == "<Tip>\n\nText.\n\n</Tip>\n"


def test_case_98_an_empty_file_is_a_page_without_words():
    assert words(html("")) == ""


def test_case_99_a_page_inside_a_directed_div_is_markdown():
    result = page('<div dir="rtl" lang="ar">\n\n# عنوان\n\nنص *مهم*.\n\n</div>\n')
    assert 'dir="rtl"' in result.html
    assert [heading.level for heading in result.headings] == [1]
    assert "<em>مهم</em>" in result.html


def test_case_100_the_comment_that_hides_the_table_of_contents_marks_the_page():
    result = page("<!-- DISABLE-FRONTMATTER-SECTIONS -->\n\n# Title\n\n## Part\n")
    assert result.html.startswith('<div class="sg-no-toc">')


def test_case_101_the_comments_about_tables_and_code_mark_the_page():
    assert '<div class="sg-stretch-tables">' in html("# T\n\n<!-- STRETCH TABLES -->\n\nx\n")
    assert '<div class="sg-wrap-code">' in html("# T\n\nx <!-- WRAP CODE BLOCKS -->\n")
    assert "sg-wrap-code" not in html(f"{FENCE}\n<!-- WRAP CODE BLOCKS -->\n{FENCE}\n")


def test_case_102_an_anchor_by_hand_stays_as_an_empty_target():
    body = html("<a id='byte-pair-encoding'></a>\n\n### Byte-Pair Encoding (BPE)\n")
    assert "byte-pair-encoding" in body
    assert 'id="byte-pair-encoding-bpe"' in body


def test_case_103_unusual_spaces_stay_in_the_text():
    body = html("a\u00a0b \u200bc\u200f\n")
    assert "a\u00a0b" in unescape(body)
    assert "\u200bc\u200f" in body
