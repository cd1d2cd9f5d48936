"""Twins: the page as Markdown that any reader of Markdown knows, made from the page's tokens."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.model.objects import ApiDoc, ApiField, ApiSection, Documented, Named
from sitegen.render import render
from tests.cases import body, needs_shared, real_documents
from tests.render.test_words_kept import PAGES

_BLOCKS = frozenset(
    [
        "aside",
        "blockquote",
        "br",
        "dd",
        "details",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "legend",
        "li",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "ul",
    ]
)
_WORD = re.compile(r"(?<!\[\^)\w+")  # no reference to a note that there is not
NOWHERE = Section(0, "", "", "page.md", None)
LABELS = {"Note", "Tip", "Warning", "Caution", "API", "reference"}
"""What a twin may say besides: kinds of callouts with a title of their own, what a card is."""


class Said(NamedTuple):
    """What a page says to a reader."""

    headings: list[tuple[int, list[str]]]
    code: list[str]
    lists: list[tuple[str, list[str]]]
    words: Counter[str]


def said(page: Body) -> Said:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # html5lib warns of characters that XML has not
        tree = html5lib.parse(f"<main>{page.html}</main>", namespaceHTMLElements=False)
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    unsaid = {id(inner) for each in elements if hidden(each) for inner in each.iter()}
    return Said(
        [
            (int(each.tag[1]), without_labels("".join(text(each))))
            for each in elements
            if re.fullmatch("h[1-6]", each.tag)
        ],
        ["".join(each.itertext()) for each in elements if each.tag == "pre"],
        [
            (parent.tag, without_labels("".join(text(item))))
            for parent in elements
            if parent.tag in {"ol", "ul"} and id(parent) not in unsaid
            for item in parent
        ],
        Counter(_WORD.findall("".join(text(tree)))),
    )


def without_labels(said: str) -> list[str]:
    return [word for word in _WORD.findall(said) if word not in LABELS]


def hidden(element: Element) -> bool:
    if element.tag == "summary":
        return element.text == "Check this answer"
    if element.get("class") == "sg-notebooks":  # of other notebooks the page's author tells
        return "".join(element.itertext()).startswith("Colab: Mixed")
    return element.get("class") in {"footnote-ref", "sg-anchor", "sg-hush"}


def text(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or hidden(element):
        return
    around = " " if element.tag in _BLOCKS else ""
    yield around
    if "alttext" in element.attrib:
        yield f" {element.attrib['alttext']} "
    elif element.tag == "code" and "title" in element.attrib:
        yield element.attrib["title"]  # the whole name of an object, of which a part is shown
    else:
        yield element.attrib.get("alt", "")
        yield element.text or ""
        for child in element:
            yield from text(child)
            yield child.tail or ""
    yield around


def assert_same(page: Body, id: str = "page") -> None:
    again = body(page.markdown, id)
    first, second = said(page), said(again)
    assert second.headings == first.headings
    assert second.code == first.code
    assert second.lists == first.lists
    assert first.words - second.words == Counter()
    assert set(second.words - first.words) <= LABELS


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


@pytest.mark.real
@needs_shared
def test_twins_of_real_pages_built_again_say_the_same() -> None:
    failed = {}
    for document, made in real_documents():
        if "<FileTree>" in document.text:
            continue  # its twin is the list that the tree was made of
        try:
            assert_same(made, document.id)
        except AssertionError as error:
            failed[document.id] = str(error)
    assert failed == {}


FURTHER = st.sampled_from(
    r"""
# Title
%
## Two [[id]]
%
A
===
%
1. one
2. two
%
3) three
4) four
%
***
%
---
%
- a
- b
%
- a

- b
%
* c
%
- [x] done
- [ ] open
%
+ <Tip>In it.</Tip>
+ d
%
Text <!-- c --> more
%
<!-- c -->
%
<!-- c --> # no heading
%
a··
b <!-- c -->··
c
%
[[autodoc]] a.Model
    - fit
    - all
%
See [`~a.b.C`] and [`D()`].
%
[[open-in-colab]]
%
> quote
lazy
===
%
> [!NOTE]
> Said
%
> [!TIP]
%
<Tip title="A *b*">

c

</Tip>
%
A <Tip>b</Tip> c
%
<Added version="2.0">

new

</Added>
%
<pt>

x

</pt>
%
| a | b |
|:--|--:|
| `x\|y` | <PipelineTag pipeline="a-b"/> |
%
| a |
|---|
%
```py runnable:t
x = 1  # doctest: +SKIP
```
%
~~~
```
~~~
%
````md
```
````
%
    indented
%
Term
: one
: two
%
Term

: one

  more
%
$$
x
$$
%
a $x$ b
%
x[^1]

[^1]: note

    more
%
[^9]: unused
%
y^[in the text]
%
[r]

[r]: ./p 'T'
%
<div>

Inside

</div>
%
<details>
<summary>S</summary>
X
</details>
%
<br>
%
{#if fw === 'pt'}

P

{:else}

T

{/if}
%
in {#if fw === 'pt'}p{:else}t{/if} it
%
<hfoptions id="g">
<hfoption id="a">

- i

</hfoption>
<hfoption id="a">

1. j

</hfoption>
</hfoptions>
%
<Youtube id="abcdefgh"/>
%
<Foo a="b"/>
%
a{' '}b
%
</Tip>
%
<Question choices={[{text: "<b>x</b>", explain: "y", correct: true}]} />
%
a
## b
%
2. a
%
[a](b.md 'T "q"') ![i](<x y.png>) <https://x.org/>
%
[a](/docs/x)
%
[x]()
%
\- a
%
a
  - b
%
<Docstring name={"class a.C"} anchor={"a.C"} source={"https://x.org/src"} />
%
<frameworkcontent>
<pt>

```py
x
```

</pt>
<tf>

y

</tf>
</frameworkcontent>
""".replace("·", " ")
    .strip("\n")
    .split("\n%\n")
)


def within(page: str, around: str) -> str:
    match around:
        case "list":
            return "- " + page.replace("\n", "\n  ")
        case "numbers":
            return "7. first\n8. " + page.replace("\n", "\n   ")
        case "quote":
            return "> " + page.replace("\n", "\n> ")
        case "tip":
            return f"<Tip>\n\n{page}\n\n</Tip>"
    return page


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(["3) three\n4) four"], "tip", "\n")
@example(["1. one\n2. two", "Term\n: one\n: two"], "list", "\n\n")
@example(["1. one\n2. two", "| a |\n|---|"], "", "\n")
@example(["1. one\n2. two", "A\n===", "    indented"], "", "\n")
@example(["x[^1]\n\n[^1]: note", "[^1]: other"], "", "\n\n")
@given(
    st.lists(FURTHER, min_size=1, max_size=4),
    st.sampled_from(("", "list", "numbers", "quote", "tip")),
    st.sampled_from(("\n\n", "\n")),
)
def test_twins_of_the_language_built_again_say_the_same(
    some: list[str], around: str, between: str
) -> None:
    assert_same(body(within(between.join(some), around)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("ŵ\n\n$$\nŵ $$ ŵ [link](other.md)\n$$")
@given(PAGES)
def test_twins_of_pages_built_again_say_the_same(page: str) -> None:
    assert_same(body(page))


def test_a_twin_escapes_what_only_looks_like_a_tag() -> None:
    text = "A <mask>, `<mask>`, <Foo> and <b>bold</b>.\n\n<div>a <mask> b</div>\n"
    assert body(text).markdown == (
        "A \\<mask>, `<mask>`, \\<Foo> and <b>bold</b>.\n\n<div>a &lt;mask> b</div>\n"
    )


def test_a_twin_has_the_titles_of_callouts_as_markdown() -> None:
    text = '!!! tip "A *word* and `code`"\n    Body\n\n> [!faq]- Of **two** parts\n> Body\n'
    assert body(text).markdown == (
        "> [!TIP]\n> **A *word* and `code`**\n>\n> Body\n\n"
        "> [!NOTE]\n> Of **two** parts\n>\n> Body\n"
    )


def test_a_single_tab_keeps_its_label_in_a_twin() -> None:
    assert body('=== "Alone"\n\n    Text\n').markdown == "**Alone**\n\nText\n"
