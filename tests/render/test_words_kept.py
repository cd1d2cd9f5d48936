"""Words in, words out: what the chunks say is on the page, whatever surrounds it.

What counts as a word of the source, and what does not, is said in `tests.words`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.assemble import assemble
from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.read.inputs import read
from sitegen.render import render
from sitegen.restore import restore_whitespace
from tests.cases import SHARED, body, needs_shared
from tests.examples import examples
from tests.restoring import restore_headings
from tests.words import missing_words, page_text, source_text, words

_AUTODOC = re.compile(r"(?:\[\[autodoc\]\] |^\s*- )((?<=\] )\S+|all$)", re.MULTILINE)


@pytest.mark.real
@needs_shared
@pytest.mark.parametrize("form", ["transformers-docs", "transformers-docs-collapsed"])
def test_every_word_of_the_chunks_is_on_the_page(form: str) -> None:
    config = Config(input=(str(SHARED / "data" / f"{form}.parquet"),))
    notices: list[Diagnostic] = []
    chunks = list(read(config.input, config.columns, notices))
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for chunk in chunks:
        said[chunk.source] += words(source_text(chunk.text))
        # The heading above says the name of an object of which nothing else is known, `all`
        # members included.
        named[chunk.source] += words(" ".join(_AUTODOC.findall(chunk.text)))
    assembled = assemble(iter(chunks), notices)
    lost: dict[str, Counter[str]] = {}
    documents = list(restore_whitespace(assembled.documents, config.restore.whitespace))
    for document in restore_headings(documents, {}, config.restore):
        page = render(document, assembled.space)
        wanted = said.pop(document.source) - named[document.source]
        if missing := wanted - words(page_text(page.html)):
            lost[document.id] = missing
    assert not said  # every source became a page
    assert lost == {}


SNIPPETS = r"""
    plain *em* **bold** `code` `a|b` <mask> <unk> a<b x_{<i} $x_1$ $5 [link](other.md) &lt; &#124;
    ![alt](a.png) <b>raw</b> <br> ~one~ <Youtube/> \\(y\\) $$z$$ http://e.org/a < > | * _ ` `` $
    $$ \ </Tip> [^1] {{x}} [[y]] <div>
"""
WORDS = st.sampled_from(SNIPPETS.split())
HERE = "\N{LATIN SMALL LETTER W WITH CIRCUMFLEX}"  # a place for a word that can be looked for
LINES = st.lists(WORDS, min_size=1, max_size=5).map(lambda some: f" {HERE} ".join([HERE, *some]))
BLOCKS = st.one_of(
    LINES,
    LINES.map("- {}".format),
    LINES.map("> {}".format),
    LINES.map("Term\n: {}".format),
    LINES.map("{}\n\n: definition".format),
    LINES.map("## {}".format),
    LINES.map("    {}".format),
    LINES.map("> [!NOTE]\n> {}".format),
    LINES.map("| a | b |\n|---|---|\n| {} |".format),
    LINES.map("```py\n{}\n```".format),
    LINES.map("$$\n{}\n$$".format),
    LINES.map("[^1]: {}".format),
)
PAGES = st.recursive(
    BLOCKS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("\n\n".join),
        st.lists(inner, min_size=2, max_size=3).map("\n".join),
        inner.map("<Tip>\n\n{}\n\n</Tip>".format),
        inner.map("<Tip warning={{true}}>\n{}\n</Tip>".format),
        inner.map(
            '<hfoptions id="g">\n<hfoption id="one">\n\n{}\n\n</hfoption>\n</hfoptions>'.format
        ),
        inner.map("<frameworkcontent>\n<pt>\n{}\n</pt>\n</frameworkcontent>".format),
        inner.map("<details><summary>more</summary>\n\n{}\n\n</details>".format),
        inner.map(lambda text: "> " + text.replace("\n", "\n> ")),
        inner.map(lambda text: "- " + text.replace("\n", "\n  ")),
        inner.map("<Tip>\n\n{}".format),
    ),
    max_leaves=6,
)


def _numbered(page: str) -> tuple[str, list[str]]:
    """Put a word of its own in each place for one."""
    pieces = page.split(HERE)
    marks = [f"mark{number}m" for number in range(len(pieces) - 1)]
    return "".join(itertools.chain(*zip(pieces, [*marks, ""], strict=True))), marks


@pytest.mark.integration
@examples(150)
@example(f"> <Tip>\n> {HERE} <mask> {HERE}\n\n</Tip> {HERE}")
@example(f"{HERE} <!-- b --> {HERE} --> {HERE}")
@example(f"- <Tip>\n  {HERE}\n\n{HERE} </Tip> {HERE}")
@example(f"[^1]\n\n[^1]: {HERE}\n\n[^1]: {HERE}")
@example(f"<Tip>\n\n[^1]: {HERE}\n\n</Tip>")
@example(f"## {HERE} [[y]] {HERE} [[y]]")
@given(PAGES)
def test_no_text_between_markup_is_ever_lost(page: str) -> None:
    text, marks = _numbered(page)
    rendered = body(text)
    said, shown = words(source_text(text)), words(page_text(rendered.html))
    excused = " ".join(f.message for f in rendered.diagnostics if f.code == "table-extra-cells")
    lost = [mark for mark in marks if said[mark] > shown[mark] and mark not in excused]
    assert lost == []


def test_the_measure_itself_sees_a_lost_word() -> None:
    assert missing_words("one *two* three", "<p>one <em>two</em></p>") == ["three"]
    assert missing_words("two two", "<p>two</p>") == ["two"]
    assert missing_words("```py\na b\n```\n`c`", "<pre>a</pre>") == ["b", "c"]


def test_many_links_without_words_take_time_as_their_number() -> None:
    assert body("[](#none)\n" * 6_000).html.count("<a ") == 6_000
