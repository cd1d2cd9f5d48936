"""Conformance: CommonMark without our rules, listed differences with them, GitHub's additions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown_it import MarkdownIt

from sitegen.render.commonmark import EXTENSIONS, build_parser
from tests.cases import body, cases, needs_shared, seconds
from tests.words import missing_words

NEWLINE_IN_AN_EMPTY_QUOTE = {218, 239, 240}

# What our rules change on purpose, by the examples of CommonMark 0.31.2 that show it.
DIFFERENCES = {
    "what is indented is no code (doc-builder's dialect)": {
        *(
            1,
            2,
            3,
            5,
            6,
            7,
            8,
            18,
            36,
            48,
            69,
            85,
            100,
            107,
            110,
            111,
            112,
            114,
            115,
            116,
            117,
            118,
        ),
        *(134, 183, 184, 191, 211, 225, 231, 236, 238, 252, 253, 254, 257, 264, 270, 271, 272),
        *(273, 274, 278, 286, 287, 288, 289, 290, 309, 313),
    },
    "tags that HTML does not have, or that a page may not hold, are visible text": {
        *(150, 163, 170, 171, 172, 173, 176, 178, 201, 491, 524, 536, 613, 614, 615, 617, 623),
    },
    "declarations, instructions and unfinished tags are visible text": {
        *(156, 157, 158, 180, 181, 182, 627, 628, 629),
    },
    "a doctest that stands in no fence is code": {251},
    "an empty heading is left out": {79},
    "formatting by tags ends with its block": {494},
    "an element that closes itself is empty, as in JSX and Svelte": {616},
    "a link to nowhere is its text": {485, 486, 487, 567},
    "a link without a text shows its address": {484},
    "a comment is dropped and what follows it on the line is Markdown": {177},
    "a stray end tag is the sanitiser's business": {151, 165},
    "bare addresses are links": {602, 608, 611},
    "only http, https and mailto addresses are links": {500, 596, 598, 599, 601},
    "a link that nobody ends is ended": {187, 344, 476, 477, 630, 631, 642, 643},
    "an image without a description says so": {475},
    "a blank line ends a raw table's cell for html5lib, not for us": {148},
}

_UNEVEN = ("gfm-0.29 #203 ", "gfm-ext #7 ")
_KEPT = ("alt", "title", "start", "type", "checked", "align")
_OF_THE_PAGE = {"sg-anchor", "sg-code-label", "sg-hush", "sg-table", "sg-code"}


def outline(html: str) -> str:
    """Write HTML in one way whatever the spacing, without what our pages add and where links go."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return " ".join(re.sub(r"(</?\w)", r" \1", _outline(tree)).split())


def _outline(element: Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    inner = (element.text or "") + "".join(
        _outline(child) + (child.tail or "") for child in element
    )
    added = set(element.get("class", "").split()) & _OF_THE_PAGE
    if added & {"sg-anchor", "sg-code-label", "sg-hush"}:
        return ""
    if added or element.tag in {"DOCUMENT_FRAGMENT", "span"}:
        return inner
    # A page has one heading of level 1, so the levels of single examples shift.
    tag = {"del": "s"}.get(element.tag, re.sub(r"h[1-6]", "h", element.tag))
    kept = [f' {name}="{element.get(name)}"' for name in _KEPT if name in element.attrib]
    if aligned := re.search(r"text-align:\s?(\w+)", element.get("style", "")):
        kept.append(f' align="{aligned[1]}"')
    return f"<{tag}{''.join(kept)}>{inner}</{tag}>"


@needs_shared
def test_without_our_rules_the_parser_is_commonmark() -> None:
    md = build_parser()
    specification = cases("commonmark_spec")
    wrong = {c["example"] for c in specification if md.render(c["payload"]) != c["expected"]}
    assert len(specification) == 652
    assert wrong == NEWLINE_IN_AN_EMPTY_QUOTE
    for case in (c for c in specification if c["example"] in wrong):
        assert outline(md.render(case["payload"])) == outline(case["expected"])


@pytest.mark.integration
@needs_shared
def test_with_our_rules_only_the_listed_examples_differ() -> None:
    differing = {
        case["example"]
        for case in cases("commonmark_spec")
        if outline(body(case["payload"]).html) != outline(case["expected"])
    }
    listed = set().union(*DIFFERENCES.values())
    assert differing - listed == set()
    assert listed - differing == set()


def _github_cases() -> list[dict[str, Any]]:
    ours = re.compile(
        r"table|task list|strike|embedded|oddly|escaping|reference|sequential|emphasis"
    )
    return [c for c in cases("gfm_extensions") if ours.search(c["section"].lower())]


@needs_shared
@pytest.mark.parametrize("whole", [False, True], ids=["extensions", "all-rules"])
def test_tables_task_lists_and_strikethrough_are_those_of_github(whole: bool) -> None:
    md = build_parser(EXTENSIONS)
    render: Callable[[str], str] = (lambda text: body(text).html) if whole else md.render
    chosen = _github_cases()
    assert len(chosen) >= 30
    if whole:  # doc-builder's parser takes a header that is longer or shorter than what is below
        chosen = [case for case in chosen if not case["name"].startswith(_UNEVEN)]
    for case in chosen:
        assert (case["name"], outline(render(case["payload"]))) == (
            case["name"],
            outline(case["expected"]),
        )


@needs_shared
def test_cmark_regressions_come_out_as_in_cmark() -> None:
    """Otherwise: a byte order mark (readers take it off) and noncharacters."""
    md = build_parser(EXTENSIONS)
    wrong = [
        case["name"].removesuffix(" Regression tests")
        for case in cases("cmark_regression")
        if "footnotes" not in case["ext"]
        and outline(md.render(case["payload"])) != outline(case["expected"])
    ]
    assert wrong == ["cmark-regression #13", "cmark-regression #23"]


def _plain(md: MarkdownIt, text: str) -> str:
    return outline(md.render(text))


@needs_shared
def test_the_fixtures_of_markdown_it_py_come_out_as_there() -> None:
    """Those of features that we use; `~foo~bar` is no pair for us: a tilde in a word is a range."""
    used = {"tables", "strikethrough_single_tilde", "commonmark_extras", "disable_code_block"}
    used |= {"issue-fixes", "normalize", "proto", "xss", "tasklists"}
    parsers = build_parser(), build_parser(EXTENSIONS), build_parser(EXTENSIONS).disable("code")
    wrong = [
        case["name"].partition("@")[0].strip()
        for case in cases("markdown_it_py_fixtures")
        if case["fixture"] in used
        and all(_plain(md, case["payload"]) != outline(case["expected"]) for md in parsers)
    ]
    assert wrong == [
        "strikethrough_single_tilde: Single tilde with punctuation",
    ]


# Where a word of the source is no text of the page by CommonMark's own rules.
_NO_TEXT = {
    "labels of references, where links lead and what they are titled": [
        "commonmark_extras: Escape character in link reference title doesn't escape newlines @67",
        "commonmark_extras: Should unescape only needed things in link destinations/titles: @96",
        "commonmark_extras: Link title cannot contain '(' when opened with it @338",
        "commonmark_extras: Coverage. Image @452",
        "cmark-regression #22 Regression tests",
    ],
    "addresses are shown decoded": [
        "issue-fixes: Fix parsing of incorrect numeric character references @50",
        "linkify: emphasis with '*', real link: @135",
        "normalize: Encode link destination, decode text inside it: @4",
        "normalize: Keep %25 as is because decoding it may break urls, #720 @18",
        "punycode: Should decode punycode: @3",
        "punycode: Should support IDN in autolinks: @49",
        "linkify: backticks inside raw links @57",  # the measure takes them for code
    ],
    "cells without a column: reported": [
        "tables: Pipes inside backticks DO split cells, unless `\\` escaped: @313",
        "tables: An amount of rows might be different across table (issue #171), "
        "but header and a @443",
        "tables: GFM 4.10 Tables (extension), Example 204 @844",
        "gfm-0.29 #204 Tables (extension)",
        "gfm-ext #8 Table cell count mismatches",
    ],
}


@needs_shared
@pytest.mark.parametrize("name", ["markdown_it_py_fixtures", "gfm_extensions", "cmark_regression"])
def test_only_the_listed_cases_show_fewer_words_than_their_source(name: str) -> None:
    listed = {case for reason in _NO_TEXT.values() for case in reason}
    losing = {
        case["name"]
        for case in cases(name)
        if missing_words(case["payload"], body(case["payload"]).html)
    }
    assert losing - listed == set()


def test_cells_without_a_column_are_reported_with_their_text() -> None:
    page = body("> | a |\n> |---|\n> | b | *lost* |\n")
    (finding,) = page.diagnostics
    assert finding.code == "table-extra-cells"
    assert "'*lost*'" in finding.message
    assert finding.location is not None
    assert finding.location.line == 3


def test_a_footnote_inside_another_keeps_its_words_and_those_of_the_other() -> None:
    page = body("Text[^a] and[^b].\n\n[^a]: [^b]: inner words\n\n    outer words\n")
    assert page.html.index("outer words") != page.html.index("inner words")
    assert page.html.count("footnote-item") == 2


def test_a_footnote_that_nothing_refers_to_is_shown_where_it_is_written() -> None:
    page = body("Text.\n\n[^a]: The *note*.\n\nMore.")
    assert page.html.index("Text") < page.html.index("The <em>note</em>") < page.html.index("More")
    assert [finding.code for finding in page.diagnostics] == ["footnote-unused"]


def _sized(case: dict[str, Any], size: float) -> str:
    return "".join(unit * max(1, round(count * size)) for unit, count in case["parts"])


@pytest.mark.integration
@needs_shared
@pytest.mark.parametrize("case", cases("pathological"), ids=lambda case: case["name"])
def test_four_times_the_size_takes_nowhere_near_sixteen_times_the_time(
    case: dict[str, Any],
) -> None:
    size = 0.01
    while seconds(text := _sized(case, size)) < 0.02 and size < 0.2:
        size *= 2
    larger = _sized(case, size * 4)
    once = four = float("inf")
    for _ in range(4):  # as often as a busy machine needs
        once, four = min(once, seconds(text)), min(four, seconds(larger))
        if once < 0.01 or four < 9 * once:  # too quick to be measured, or good
            return
    raise AssertionError(f"{four:.3f} s instead of {once:.3f} s")


def test_nothing_is_lost_however_deep_it_stands() -> None:
    deep = {
        "quotes": ">" * 3000 + " deepest\n\nafter",
        "lists": "".join("  " * depth + f"- word{depth}\n" for depth in range(300)) + "\nafter",
        "bullets": "- " * 2000 + "deepest\n\nafter",
        "both": "> - " * 300 + "deepest\n\nafter",
        "components": "<Tip>\n\n" * 250 + "deepest\n\n" + "</Tip>\n\n" * 250 + "after",
    }
    for name, text in deep.items():
        page = body(text)
        lost = [
            word for word in re.findall(r"deepest|word\d+|after", text) if word not in page.html
        ]
        assert (name, lost) == (name, [])
        assert {finding.code for finding in page.diagnostics} == {"nesting-too-deep"}
        assert "after" not in re.findall(r"<pre[^>]*>(.*?)</pre>", page.html, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("text", "struck"),
    [("~a~", True), ("~~a~~", True), ("3~5 or 7~9", False), ("~5 to ~10", False), ("a~b~c", False)],
)
def test_a_tilde_strikes_but_not_within_a_word(text: str, struck: bool) -> None:
    assert ("<s>" in body(text).html) is struck
