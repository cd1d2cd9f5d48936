"""Marks of other dialects: each is shown right, or reported once for a page."""

from __future__ import annotations

import re

import pytest

from sitegen.errors import Diagnostic
from sitegen.model import Body, Document, LinkSpace, Section
from sitegen.render import render
from tests.cases import seconds


def body(text: str) -> Body:
    document = Document("page", "page.md", text, (Section(0, "", "", "page.md", None),))
    return render(document, LinkSpace())


def dialects(text: str) -> list[Diagnostic]:
    return [found for found in body(text).diagnostics if found.code == "dialect"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A word {#custom-id}", "lists of attributes"),
        ("A word {: .class }", "lists of attributes"),
        ("A button{ .md-button }", "lists of attributes"),
        ('`a`{ width="300" align=left }', "lists of attributes"),
        ("A link{: target=_blank}", "lists of attributes"),
        ("words %%a comment%%", "comments of Obsidian"),
        ('???- note "x"\n    words', "callouts of an unknown name"),
        ('!!! "A title"\n    words', "callouts of an unknown name"),
        ('!!! warning "Begun\n    words', "callouts of an unknown name"),
        ("!!! note that nothing is below", "callouts of an unknown name"),
        ("I :heart: it", "names of icons"),
        (":heart: first", "names of icons"),
        ("{* ../../docs_src/app.py hl[2] *}", "included files"),
        ("{{< hint info >}}", "shortcodes of Hugo"),
        ("{{% notice %}}", "shortcodes of Hugo"),
        ("{% raw %}words{% endraw %}", "tags of Liquid or Jinja"),
        ("It is {{ version }} now", "expressions of templates"),
        ("{{#include ../file.rs}}", "expressions of templates"),
        ("See [[Another page]]", "links of wikis"),
        (":::carousel\n\nwords\n\n:::", "containers of an unknown name"),
        ("!!! recipe\n    words", "callouts of an unknown name"),
        ("See :cite:`Trainer` there", "roles of reStructuredText"),
        (".. a comment", "comments and targets of reStructuredText"),
        ("See `the docs`_ there", "links of reStructuredText"),
        ("[NOTE]\n====\nWords.\n====", "blocks of AsciiDoc"),
        ("== A section", "blocks of AsciiDoc"),
        ("== A section ==", "blocks of AsciiDoc"),
        ("{quote}words{quote}", "blocks of Jira"),
        ('!!! recipe inline end "A title"\n    words', "callouts of an unknown name"),
        ("image::a.png[An image]", "blocks of AsciiDoc"),
        ("[source,python]\n----\nx\n----", "blocks of AsciiDoc"),
        ("{code:python}\nx = 1\n{code}", "blocks of Jira"),
        ("{panel:title=A}words{panel}", "blocks of Jira"),
        ("As [@doe99, p. 3; @lee] says", "citations of Pandoc"),
        ("A paragraph. ^an-id", "ids of blocks"),
        (".. autosummary:: x", "directives of reStructuredText"),
        ("{:toc}", "markers for a table of contents"),
        ("[TOC]", "markers for a table of contents"),
        ("[toc]", "markers for a table of contents"),
        ("[[toc]]", "markers for a table of contents"),
        ("[[_TOC_]]", "markers for a table of contents"),
        ("{# a comment #}", "tags of Liquid or Jinja"),
        ("::include{file=a.md}", "containers of an unknown name"),
        ("{--old--}{>>why<<} is gone", "marks of changes"),
        ("{+ new +} is here", "marks of changes"),
        ("{::nomarkdown}words{:/}", "extensions of kramdown"),
        ("[!INCLUDE [part](a.md)]", "extensions of DocFX"),
        ("[!code-csharp[Main](a.cs)]", "extensions of DocFX"),
        ("+---+---+\n| a | b |", "tables drawn in lines"),
        ("====  ====\na     b", "tables drawn in lines"),
        ("\\begin{align*}\nx\n\\end{align*}", "formulas without dollar signs"),
        ("%%\na block\n%%", "comments of Obsidian"),
        ("{#each x as y}\nwords\n{/each}", "blocks of Svelte"),
        ("Some {@html x} here", "blocks of Svelte"),
        ("{props.children}", "expressions of MDX"),
        ("<>\nwords\n</>", "expressions of MDX"),
        ("% a comment", "comments and breaks of MyST"),
        ('+++ {"a": 1}', "comments and breaks of MyST"),
        ("See @fig-plot there", "citations of Pandoc"),
        ("\\newpage", "commands of TeX"),
        ("See \\ref{a} there", "commands of TeX"),
        ("A <>fragment</> here", "expressions of MDX"),
        ("Since |version| it is so", "texts that Sphinx knows"),
        ("As said [Doe2001]_ once", "links of reStructuredText"),
        ("#. one\n#. two", "lists that number themselves"),
        ("(@good) one", "lists that number themselves"),
        ("{=marked=} and {+new+}", "marks of changes"),
        ("x{^th^}", "marks of changes"),
        ("`<b>`{=html}", "lists of attributes"),
        (":::\nwords\n:::", "containers of an unknown name"),
        ("See link:a.html[there]", "blocks of AsciiDoc"),
        ("See <<anchor,there>>", "blocks of AsciiDoc"),
        (":param x: the x", "fields of reStructuredText"),
        ("A text [1]_ here", "links of reStructuredText"),
        ("Some code::\n\ncode", "directives of reStructuredText"),
        ("h2. A title", "blocks of Jira"),
        ("'''bold''' words", "bold words of wikis"),
        ("#+BEGIN_SRC python\nx\n#+END_SRC", "keywords of Org"),
        ("--8<-- 'a.md'", "snippets of MkDocs"),
        ("As said[^two words] once", "labels of footnotes with blanks"),
        (": A caption below a table", "captions of Pandoc"),
        ("```mdx-code-block\n<b>x</b>\n```", "blocks of MDX"),
        ("<<< @/snippets/a.js{2}", "snippets of VitePress"),
        ("See {numref2}`a label <b>` there", "roles of MyST"),
        ("See {cite:p}`x` and {math}`y`", "roles of MyST"),
        ("/// recipe | Title\n\nwords\n\n///", "blocks of an unknown name"),
    ],
)
def test_a_mark_that_is_shown_as_written_is_reported_once(text: str, name: str) -> None:
    (found,) = dialects(f"# Page\n\n{text}\n\n{text}\n\nWords.\n")
    assert found.message.startswith(name)
    assert found.location.line == 3


def test_verse_that_goes_on_a_paragraph_is_reported_where_it_begins() -> None:
    (found,) = dialects("Words:\n| a\n|    b\n")
    assert found.message.startswith("lines of verse")
    assert found.location.line == 2


@pytest.mark.parametrize(
    "text",
    [
        "`==mark==` and `++key++` and `:heart:` and `{* x *}` and `{{ x }}`",
        "```\n==mark== ++key++ :heart: H~2~O {{ x }} [[wiki]]\n```",
        "In C++ and g++ one writes a == b, or x==y and z==w.",
        "At 10:30:15, as in std::vector::size and http://host:80/a:b:c.",
        "About ~10 or ~20 of them; 2^10 and 2^20.",
        "A ratio 1:2:3, a note: see below: there.",
        "$x^2^y$ and $$a_{#b}$$",
        "{#if fw === 'pt'}\n\nwords\n\n{/if}",
        "[[open-in-colab]]",
        "A list: a, b. Then: c.",
        "`{x}` and {`a`: 1} and f{x}`y` and ${x}`y`",
        "In `::std` and ::std::vector, of \\\\begin{it}, `\\\\begin{a}`",
        "{- a - b} and {+1, -1} and [!] and [toc] inside, +--+ and a == b",
        "50%% or 100%% and {a=1} and {width} and f'{x=}' and *[a](b)*",
        "A path /// x and\n/// or so",
        "The operator\n== compares, then\n.. and so on\n{code} stands for a code",
        "In Foo::image::Bar[0] and std::video::get[i] and crate::include::it[a]",
        "cout << x >> y, kernel<<<grid, block>>>(x), a <> b, f'{a.b}', ''x''",
        "50% of them, \\label and #. or (@a) inside; {model.name} and http link:x; @figure",
        "> | a quote\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "Wait .. then a [@user](https://a.b/c), [@scope/pkg], @user and `[@key]`.",
        "If a == b, x ^2 or a^b; ==\n\nA [NOTE] inside, `image::a[b]`, {code} in words, {`code`}.",
        "- a : b\n\na : b\n: c\n\n[^ab] and [^a]: b and :a",
        "- export with a tool\n\nexport all of it",
        "The package @sec-ant/readable-stream, the folder C:\\newpage and D:\\work\\pagebreak",
        "A heading\n=========\n\n$x ^abc$",
    ],
)
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    assert dialects(f"# Page\n\n{text}\n") == []


@pytest.mark.parametrize(
    "mark", ["{#own}", "{ #own }", "{: #own }", "{ #own .wide }", "{.wide #own}", "{ .a .b #own }"]
)
def test_a_heading_takes_its_id_from_a_list_of_attributes(mark: str) -> None:
    found = body(f"# Page\n\n## Part {mark}\n\nWords.\n")
    assert [heading.id for heading in found.headings] == ["page", "own"]
    assert "{" not in found.html
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<script>\nlet a = 1\n\nlet b\n</script>", "scripts and styles"),
        ("<style>a { b: c }</style>", "scripts and styles"),
        ("<!--@include: ./parts/a.md-->", "what VitePress includes"),
        ("import A from './a'", "imports and exports"),
        ("import {\n  A,\n  B\n} from './a'", "imports and exports"),
        ("export const A = () => {\n  let b\n\n  return b\n}", "imports and exports"),
    ],
)
def test_what_is_left_out_is_said(text: str, what: str) -> None:
    found = body(f"# Page\n\nWords.\n\n{text}\n\nMore.\n")
    assert "<p>Words.</p>\n<p>More.</p>" in found.html
    assert [(d.code, d.message[: len(what)]) for d in found.diagnostics] == [("dialect", what)]


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        (":::note", ["{}{}x", "{x", "x{", "}", "|{}{"]),
        ("///note", ["{x"]),
        (":::note{title=", ["{x"]),
        ("```py\n", ["[!code", "# [!cod"]),
    ],
)
def test_blanks_behind_a_marker_take_time_as_their_number(line: str, ends: list[str]) -> None:
    for end in ends:
        once, four = (min(seconds(f"{line}{' ' * n}{end}") for _ in "abc") for n in (2000, 8000))
        assert four < 9 * max(once, 0.002)


@pytest.mark.parametrize("mark", ["{{", "{{ a ", "{% ", "{* ", "{{< ", "{#a "])
def test_marks_that_never_end_take_time_as_their_number(mark: str) -> None:
    once, four = (min(seconds(mark * number) for _ in "abc") for number in (2000, 8000))
    assert four < 9 * once


@pytest.mark.parametrize(
    ("marker", "title"),
    [
        (':::note{.wide title="A {b} c"}', "A {b} c"),
        (":::note[A `{b}` c]", "A <code>{b}</code> c"),
        ("::: details A title {open}", "A title"),
        ("/// note |   A title  ", "A title"),
        (":::note   A | title", "A | title"),
        ('::: {.callout-tip title="A title" collapse="true"}', "A title"),
        ('::: {#nte-x .note title="A title"}', "A title"),
    ],
)
def test_the_title_of_a_container_is_read_wherever_it_stands(marker: str, title: str) -> None:
    mark = marker[:3]
    assert f'class="sg-callout-title">{title}<' in body(f"{marker}\nWords.\n{mark}").html


def test_indented_callouts_that_are_called_tabs_are_tabs() -> None:
    html = body('!!! tab "One *a*"\n    first\n\n!!! tab examples "Two"\n    second\n').html
    assert html.count('class="sg-tabs"') == 1
    assert html.count('class="sg-tab"') == 2
    assert 'data-tab="Two"' in html


@pytest.mark.parametrize("marker", ["!!! tab", "==="])
def test_the_label_of_a_tab_needs_no_quotes_where_a_body_stands_below(marker: str) -> None:
    html = body(f'{marker} One\n    first\n\n{marker} "Two"\n    second\n\n{marker} No more\n').html
    assert re.findall('data-tab="(.*?)"', html) == ["One", "Two"]
    assert f"{marker} No more" in html


@pytest.mark.parametrize(
    ("marker", "title"),
    [
        ("!!! note Be careful, please!", "Be careful, please!"),
        ("!!! note inline end Aside", "Aside"),
        ("??? tip My `title`", "My <code>title</code>"),
        ("!!! note inline end", "Note"),
    ],
)
def test_words_behind_the_name_of_a_callout_are_its_title(marker: str, title: str) -> None:
    assert f'class="sg-callout-title">{title}<' in body(f"{marker}\n    Words.\n").html


@pytest.mark.parametrize("name", ["tab", "tabs", "tab-set", "code-group", "tab-item"])
def test_an_indented_callout_that_names_a_group_is_text(name: str) -> None:
    html = body(f"!!! {name}\n    words\n").html
    assert f"!!! {name}" in html
    assert "words" in html


@pytest.mark.integration
def test_containers_that_nobody_ends_take_time_as_their_number() -> None:
    text = ":::note\n## a\n"
    once, four = (min(seconds(text * number) for _ in "abc") for number in (300, 1200))
    assert four < 9 * once


def test_imports_in_what_holds_them_are_left_out_too() -> None:
    text = "<Tip>\n\nimport A from 'a'\n\nOne.\n</Tip>\n\n- two\n\n  import B from 'b'\n"
    found = body(f"# Page\n\n{text}")
    assert "import" not in found.html
    assert "<p>One.</p>" in found.html
    assert "import B" in body("> import B from 'b'\n").html
    assert "import" in body("import" + " " * 30_000 + "\nfrom\n").html
    prose = body("# Page\n\n- import it from 'there'\n\n  import the rest 'later'\n")
    assert prose.html.count("import") == 2
