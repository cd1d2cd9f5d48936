"""Source that reaches a reader is shown right, or it is reported."""

from __future__ import annotations

import pytest

from tests.cases import body


def codes(text: str) -> list[str]:
    return [finding.code for finding in body(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("**Bold **text.", "markup-shown"),
        ("~~Old ~~text.", "markup-shown"),
        ("A note[^nowhere].", "markup-shown"),
        ("[words][nowhere] and more", "markup-shown"),
        ("See [words][].", "markup-shown"),
        ("| a | b |\n| c | d |", "markup-shown"),
        ('See <a href="https://a.b>this</a>.', "markup-shown"),
        ('<?xml version="1.0"?>', "markup-shown"),
        ("Some <?php echo 1 ?> code", "markup-shown"),
        ("<!DOCTYPE html>", "markup-shown"),
        ("<![CDATA[\na < b\n]]>", "markup-shown"),
        ("$$\na\n\nb\n$$", "markup-shown"),
        ("$$ a", "markup-shown"),
        ("An <!-- end.", "comment-unclosed"),
        ("[a](my file.md)", "link-broken"),
        ("![a](my picture.png)", "link-broken"),
        ("[a](https://a.b/c d)", "link-broken"),
        ("[a](guide/my page)", "link-broken"),
        ("[a] (https://a.b)", "link-broken"),
        ("-->", "markup-shown"),
        ("Licensed to nobody\n--->", "markup-shown"),
        ("[a](inv:name)", "link-broken"),
        ("[a]: my file.md", "markup-shown"),
        ('[a]: img/my file.png#x "Title"', "markup-shown"),
        ("text\n###\u00a0Local", "heading-without-space"),
        ("- text\n  ##Local", "heading-without-space"),
        ("[a](tel:1)", "link-without-target"),
        ("[a](skype:x?call)", "link-without-target"),
        ("[a](geo:1,2)", "link-without-target"),
        ("<ftp://a.b>", "link-without-target"),
        ('<form action="x">\n<label>Name</label>\n</form>', "markup-shown"),
        ("Press <button>Go</button> now", "markup-shown"),
        ('<meta charset="utf-8">', "markup-shown"),
        ("<main>\n\nwords\n\n</main>", "markup-shown"),
        ("<div>\n<button>Go</button>\n</div>", "markup-shown"),
        ('<div>\n<object data="a.pdf">words</object>\n</div>', "markup-shown"),
        ('<div\n  class="x"\n\n  id="y">\nwords\n</div>', "markup-shown"),
        ("\\[\na = \\frac{1}{2}\n\\]", "markup-shown"),
        ("The \\(x_1\\) there", "markup-shown"),
        ("** words **", "markup-shown"),
        ("[a](git+https://a.b/c)", "link-without-target"),
        ("![a](s3://bucket/a.png)", "link-without-target"),
        ("[a][b]\n\n[b]: slack://open", "link-without-target"),
        ("**a\U0001f389**b", "markup-shown"),
        ("**Հայերեն։**ն", "markup-shown"),
        ("__मोटा__में", "markup-shown"),
        ("__強調__です", "markup-shown"),
        ("<Files.Folder name='a'>words</Files.Folder>", "component-unknown"),
        ("<lite-youtube videoid='x'></lite-youtube>", "component-unknown"),
        ("[](guide/my-page.md)", "link-without-text"),
        ("[](#part)", "link-without-text"),
        ("[ ](guide.md)", "link-without-text"),
        ("> [!my-own] Title", "alert-unknown"),
        ("![a](data:image/png;base64,AA)", "link-without-target"),
        ("![a]()", "link-without-target"),
        ('<img src="data:image/png;base64,AA" alt="a">', "link-without-target"),
        ('<p><img src="" alt="a"></p>', "link-without-target"),
        ("[a][b]\n\n[b]: javascript:alert(1)", "link-without-target"),
        ("<img src={logo} alt='a'>", "expression-unsupported"),
        ("###\u00a0Local", "heading-without-space"),
        ("#\u3000Local", "heading-without-space"),
        ("##Local", "heading-without-space"),
    ],
)
def test_what_cannot_be_shown_as_meant_is_reported(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        r"\*\*not bold\*\* and `**kwargs **`",
        "f(**one, **two) and 2 ** 3 ** 4",
        "a[i](b, c) and [1](see below)",
        "x[i][j] and [1][2] and (x)[a][b] and `[a][b]`",
        "an <unk> and <your_model a='b'> and a < b, <your-model> and <name-or path>",
        "a <label> and <output>, <title>; \\[a_b\\] \\(a\\) and \\\\(x_1\\\\) `</form>` \\</form>",
        "call\\(x=1\\), **call**\\(a^b\\), \\(my_name\\) and snake_case \\(or that_name\\)",
        '<p align="center">\n<svg width="3"><path d="x"/></svg>\n</p>',
        "_a_ and snake_変数_x and 変数_a",
        "| alone |",
        "#hashtag",
        "`[^nowhere]` and \\[^1]",
        "x <!-- y --> z",
        '<img src={"a.png"} alt="" style={{border: 0}}>',
    ],
)
def test_what_is_meant_as_it_is_written_is_not_reported(text: str) -> None:
    assert set(codes(text)) <= {"image-undescribed"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('<p align="center">\n  **bold**\n</p>', 4),
        ("<div>See [this](https://a.b/c).\n</div>", 3),
        ("<details><summary>A</summary>\n- an item\n</details>", 4),
        ("<table><tr><td>`code`</td></tr></table>", 3),
        ("<div>\n\nwords\n\n<div>\n## A heading\n</div>\n</div>", 8),
    ],
)
def test_markdown_in_html_without_a_blank_line_is_reported_at_its_line(
    text: str, line: int
) -> None:
    (found,) = body(f"# A\n\n{text}\n").diagnostics
    assert (found.message[:17], found.location.line) == ("Markdown in HTML,", line)


@pytest.mark.parametrize(
    "text",
    [
        "<pre>\n**a** `b`\n- c\n</pre>",
        "<div><code>a[b](c)</code> and 2 ** 3 ** 4\n</div>",
        '<img alt="**a** `b`"\nsrc="a.png">',
        "<div>\n\n**bold** and `code`\n\n</div>",
        "<p>a - b\n* <b>c</b></p>",
    ],
)
def test_what_is_no_markdown_in_html_is_not_reported(text: str) -> None:
    assert codes(f"# A\n\n{text}\n") == []


def test_a_paragraph_whose_last_star_has_a_blank_before_it_is_reported() -> None:
    found = body("# A\n\n*All of a paragraph with `code` and [a link](a), which\nends so. *\n")
    assert [each.code for each in found.diagnostics] == ["markup-shown"]
    assert "blank before it" in found.diagnostics[0].message
    assert body("# A\n\n*All of it.*\n\n* an item\n\n*a* and b\n").diagnostics == ()


def test_the_address_of_a_card_is_looked_at_once() -> None:
    found = body('# A\n\n<Card title="T" href="/far/away">Words.</Card>\n\n<LinkCard href="b"/>\n')
    assert [each.code for each in found.diagnostics] == ["link-site-absolute"]
    assert [link.target for link in found.links] == ["b"]


@pytest.mark.parametrize(
    "text",
    [
        "[b](tel:1)",
        "[b] (https://a.b)",
        "{{< figure >}} it",
        "<Tipp/>",
        "[b]()",
        "$\\nothing$",
        "[](b.md)",
    ],
)
def test_a_finding_names_its_line_of_a_paragraph(text: str) -> None:
    for written in (f"One\n**two**  \n`three`\n{text}\nfive\n", f"- a\n  b\n  c\n  {text}\n"):
        assert [found.location.line for found in body(f"# A\n\n{written}").diagnostics] == [6]


def test_a_link_has_the_line_in_which_it_stands() -> None:
    found = body("# A\n\nOne\n[two](b.md), three\\\n![four](c.png)\n")
    assert [(link.target, link.line) for link in found.links] == [("b", 3), ("c.png", 4)]
