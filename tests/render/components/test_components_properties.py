"""Whatever components nest in each other: words in are words out."""

import re
from html import unescape
from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.render import render
from tests.examples import examples

FENCE = "```"
_PAIRS = (
    ("<Tip>", "</Tip>"),
    ("<Tip warning={true}>", "</Tip>"),
    ('<Added version="1.0">', "</Added>"),
    ("<frameworkcontent>\n<pt>", "</pt>\n</frameworkcontent>"),
    ('<hfoptions id="g">\n<hfoption id="a > b">', "</hfoption></hfoptions>"),
    ('<hfoptions id="g"><hfoption id="c">', "</hfoption>\n</hfoptions>"),
    ("<tokenizerslangcontent>\n<python>", "</python>\n</tokenizerslangcontent>"),
    ("{#if fw === 'pt'}", "{/if}"),
    ("{#if fw === 'tf'}\n{:else}", "{/if}"),
    ("<details>\n<summary>", "</summary>\n\n</details>"),
)
_SOUP = (
    *(tag for pair in _PAIRS for tag in pair),
    *("word", "\n", "\n\n", "> ", "- ", "    ", "`", FENCE, f"\n{FENCE}py\n", "| ", "\n|---|\n"),
    *("<hfoption>", "</pt>", "<python>", "<Foo a={1}>", "<Youtube", "{:else}", "<!--", "-->"),
    *("[[open-in-colab]]", ">>> ", "## ", "<div>", "</div>", "<table><tr><td>", "{", "</td>"),
)


def rendered(text: str) -> Body:
    return render(Document("page", "page.md", text, (Section(0, "", "", "f", 0),)), LinkSpace())


def words(body: Body) -> list[str]:
    shown = re.sub(r'<figcaption class="sg-code-label">.*?</figcaption>', "", body.html)
    return sorted(re.findall(r"\bword\d+\b", unescape(re.sub(r"<[^>]*>", " ", shown))))


def _paragraph(_: int) -> list[str]:
    return ["WORD *WORD*", "WORD"]


def _code(_: int) -> list[str]:
    return [f"{FENCE}py", "WORD = 1", "", "    <Tip> # WORD", FENCE]


def _in(lines: list[str], first: str, rest: str) -> list[str]:
    return [(first if number == 0 else rest) + line for number, line in enumerate(lines)]


@st.composite
def _nest(draw: st.DrawFn, inner: st.SearchStrategy[list[str]]) -> list[str]:
    body = draw(inner)
    kind = draw(st.sampled_from(["quote", "list", "number", *range(len(_PAIRS) - 1)]))
    if kind == "quote":
        return _in(body, "> ", "> ")
    if kind == "list":
        return _in(body, "- ", "  ")
    if kind == "number":
        return _in(body, "1. ", "   ")
    opening, closing = _PAIRS[int(kind)]
    space = draw(st.sampled_from([[], [""]]))
    indent = draw(st.sampled_from(["", "  ", "    "]))
    return [*opening.split("\n"), *space, *_in(body, indent, indent), *space, *closing.split("\n")]


def _several(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    return st.lists(_nest(inner), min_size=1, max_size=3).map(
        lambda blocks: [line for block in blocks for line in [*block, ""]][:-1]
    )


_blocks = st.recursive(
    st.sampled_from([_paragraph, _code]).map(lambda make: make(0)), _several, max_leaves=8
)


def _numbered(lines: list[str]) -> str:
    numbers = count(1)
    return re.sub("WORD", lambda _: f"word{next(numbers)}", "\n".join(lines) + "\n")


@pytest.mark.integration
@given(_blocks)
@examples(150)
def test_every_word_of_nested_components_is_shown_once_and_no_tag_is(lines: list[str]):
    text = _numbered(lines)
    body = rendered(text)
    assert words(body) == sorted(re.findall(r"word\d+", text)), text
    assert [finding.code for finding in body.diagnostics] == [], text
    prose = re.sub(r"<pre.*?</pre>", "", body.html, flags=re.DOTALL)
    assert not re.search(r"&lt;/?(?:Tip|hf|Added|pt|frame)|\{[#:/]", prose), text


@pytest.mark.integration
@given(st.lists(st.sampled_from(_SOUP), max_size=25).map("".join))
@example("<Tip>\n- word\nword</Tip>word <Tip>\nword\n</Tip>")
@examples(300)
def test_no_word_is_lost_however_tags_are_mixed(soup: str):
    numbers = count(1)
    text = re.sub("word", lambda _: f" word{next(numbers)} ", soup)
    shown = re.sub(f"{FENCE}.*", "", text)  # a fence's info string is not shown
    expected = set(re.findall(r"word\d+", shown))
    if (
        "<!--" in text
    ):  # where a comment is one depends on the blocks: no word may come from nowhere
        assert set(words(rendered(text))) <= set(re.findall(r"word\d+", text))
    else:
        assert expected <= set(words(rendered(text))), text
