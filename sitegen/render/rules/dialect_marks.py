"""The marks of other dialects that a page may hold, to be looked for in its sentences."""

from __future__ import annotations

import re
from typing import NamedTuple


class Dialect(NamedTuple):
    """Marks of another dialect: without one of the ``signs`` in a page's sentences there are none.

    One character is found at once, more take longer. Where signs are common, ``near`` finds
    quickly what may be such a mark. No mark goes on beyond where another begins, so that looking
    takes no longer than the text is. A pattern that begins with a character, and looks back behind
    it, is found several times as fast as one that looks back first. Between two texts of a page is
    a blank line, in none is any.
    """

    name: str
    signs: tuple[str, ...]
    marks: re.Pattern[str]
    near: re.Pattern[str] | None = None
    in_headings: bool = True
    in_html: bool = False  # they are run before HTML is seen as HTML


DIALECTS = (
    Dialect(
        "tags of Liquid or Jinja ({% ... %})",
        ("{",),
        re.compile(r"\{(?<!\{\{)(?:%(?:(?!\{%).)*?%|#\s(?:(?!\{#).)*?\s#)\}"),
        in_html=True,
    ),
    Dialect(
        "shortcodes of Hugo ({{< ... >}})",
        ("{", "<--"),
        re.compile(r"\{\{[<%](?:(?!\{\{).)*?[>%]\}\}|^<-{2,3}>$", re.MULTILINE),
    ),
    Dialect(
        "expressions of templates ({{ ... }})",
        ("{",),
        re.compile(r"\{\{(?![<%])(?:(?!\{\{).)*?\}\}"),
        in_html=True,
    ),
    Dialect("included files ({* ... *})", ("{",), re.compile(r"\{\*(?:(?!\{\*).)*?\*\}")),
    Dialect(
        "lists of attributes ({#id .class})",
        ("{",),
        re.compile(
            r"\{(?:(?<!\{\{)(?<!:::\{)(?<!::: \{):? ?[#.]"
            r"(?!if\b|each\b|await\b|key\b|snippet\b)[A-Za-z][^{}\n]*\}|=[a-z]+\}"
            r"|:? ?(?:(?:align|class|height|loading|rel|style|target|title|width)="
            r"(?:\"[^\"\n]*\"|[^\s{}\"]+) ?)+\})"
        ),
    ),
    Dialect(
        "comments of Obsidian (%%words%%)",
        ("%%",),
        re.compile(r"%%(?<![\w%]%%)[^%\n]+%%(?!%)|^%%[ \t]*$", re.MULTILINE),
    ),
    Dialect(
        "markers for a table of contents ([TOC])",
        ("[TOC", "[toc", "[[_", "{:toc"),
        re.compile(
            r"\[(?:TOC|\[_?(?:TOC|toc)_?\])\]$|\{(?<![^\n]\{):toc\}$|\[(?<![^\n]\[)toc\]$",
            re.MULTILINE,
        ),
    ),
    Dialect(
        "links of wikis ([[page]])",
        ("[[",),
        re.compile(r"\[\[(?!(?:TOC|toc)\]|autodoc\b|open-in-colab)[^\W\d_][^\[\]\n]*\]\]"),
        in_headings=False,  # there it is an id in a wrong place, and reported as that
    ),
    Dialect(
        "directives of reStructuredText (.. x::)",
        ("::",),
        re.compile(r"\.\. [a-z-]+::(?:\s|$)|::(?<=\w::)(?![^\n])(?!\n[^\n])|^::$", re.MULTILINE),
    ),
    Dialect(
        "comments and targets of reStructuredText (.. x)",
        (".. ",),
        re.compile(r"\.(?<![^\n]\.)(?<![^\n]\n\.)\. (?![a-z-]+::)(?=\S)"),
    ),
    Dialect(
        "links of reStructuredText (`x`_)",
        ("`_", "]_"),
        re.compile(r"`_{1,2}(?![\w`_])|\](?<=[\w#*]\])_(?![\w_])"),
    ),
    Dialect(
        "texts that Sphinx knows (|version|)",
        ("|release|", "|today|", "|version|"),
        re.compile(r"\|(?:release|today|version)\|"),
    ),
    Dialect(
        "fields of reStructuredText (:param x: words)",
        (":param ", ":rtype", ":return", ":raises "),
        re.compile(r"^:(?:param|raises|returns?|rtype)\b[^:\n]*:(?=\s)", re.MULTILINE),
    ),
    Dialect(
        "blocks of AsciiDoc (== x, [NOTE], image::x[])",
        ("==", "::", "[NOTE]", "[source", "link:", "xref:", "kbd:", "<<"),
        re.compile(
            r"=(?<![^\n]=)(?<![^\n]\n=)={1,5} \S[^=\n]*(?: =+)?(?![^\n])"
            r"|\|(?<![^\n]\|)={3,}(?![^\n])"
            r"|::(?<=(?<![^\n])(?:audio|image|video)::)[^\s\[]{0,99}\["
            r"|::(?<=(?<![^\n])include::)[^\s\[]{0,99}\["
            r"|\[(?<![^\n]\[)"
            r"(?:NOTE|source(?:,[\w, -]*)?)\](?![^\n])"
            r"|:(?<=\b(?:link|xref):)(?!:)[^\s\[\]]{0,99}\[|:(?<=\bkbd:)\["
            r"|<<(?<!<<<)[A-Za-z][\w-]*(?:,[^<>\n]{0,99})?>>(?!>)",
        ),
    ),
    Dialect(
        "blocks of Jira ({code})",
        ("{", "h1.", "h2.", "h3."),
        re.compile(
            r"h(?<![^\n]h)[1-6]\. (?=\S)"
            r"|\{(?<![^\n]\{)(code|noformat|panel|quote)(?::[^{}\n]*)?\}"
            r"(?:(?![^\n])|(?=[^\n]*\{\1\}))"
        ),
    ),
    Dialect(
        "citations of Pandoc ([@key])",
        ("[@", "@def-", "@eq-", "@exm-", "@fig-", "@lem-", "@lst-", "@sec-", "@tbl-", "@thm-"),
        re.compile(
            r"\[@[^\W_][^\[\]\n/]*\](?!\()|@(?<![\w/@.]@)(?:def|eq|exm|fig|lem|lst|sec|tbl|thm)-\w[\w-]*+"
            r"(?!/)"
        ),
    ),
    Dialect(
        "ids of blocks (^id)", ("^",), re.compile(r"\^(?<= \^)[a-z0-9][a-z0-9-]{2,}(?!\n?[^\n])")
    ),
    Dialect("roles of reStructuredText (:x:`name`)", (":`",), re.compile(r":(?<!\S:)[a-z:]+:`")),
    Dialect(
        "roles of MyST ({x}`name`)", ("}`",), re.compile(r"\{(?<![\w{$]\{)[A-Za-z][\w:+.-]*\}`")
    ),
    Dialect(
        "blocks of an unknown name (///)",
        ("///",),
        re.compile(r"^/{3,}[ \t]*[a-z][\w-]*(?: \|.*)?$", re.MULTILINE),
    ),
    Dialect("snippets of VitePress (<<<)", ("<<<",), re.compile(r"^<<<[ \t]*\S", re.MULTILINE)),
    Dialect("snippets of MkDocs (--8<--)", ("8<-",), re.compile(r"^--?8<--", re.MULTILINE)),
    Dialect(
        "containers of an unknown name (:::)",
        ("::",),
        re.compile(r"^:{2}(?::+[ \t]*(?:\{?[.#]?[A-Za-z]|$)|[a-z][\w-]*[\[{])", re.MULTILINE),
    ),
    Dialect(
        "callouts of an unknown name (!!!)",
        ("!!!", "???"),
        re.compile(r"^(?:!!!|\?\?\?[+-]?) ?(?:[a-z-]+(?: .*)?$|\".*$)", re.MULTILINE),
    ),
    Dialect(
        "imports or exports of MDX",
        ("import ", "export "),
        re.compile(
            r"^export (?:async|class|const|default|function|let|var)\b|^import \w.* from ['\"]",
            re.MULTILINE,
        ),
    ),
    Dialect(
        "bold words of wikis ('''words''')",
        ("'''",),
        re.compile(r"'''(?<![\w']''')(?=[^\s'])[^'\n]*'''(?![\w'])"),
    ),
    Dialect(
        "marks of changes ({++words++})",
        ("{",),
        re.compile(
            r"\{(?<!\{\{)(?:\+\+[^{}\n]+\+\+|--[^{}\n]+--|==[^{}\n]+==|>>[^{}\n]+<<"
            r"|\+ [^{}\n]+ \+|- [^{}\n]+ -"
            r"|([=^+-])(?=[^\s{}=^+\d-])[^{}\n]*[^\s{}]\1)\}"
        ),
    ),
    Dialect(
        "extensions of kramdown ({::name})", ("{:",), re.compile(r"\{(?:::/?[a-z]|:/(?:[a-z]|\}))")
    ),
    Dialect("blocks of ReadMe ([block:name])", ("[block:",), re.compile(r"\[block:[a-z-]+\]")),
    Dialect(
        "extensions of DocFX ([!INCLUDE ...])",
        ("[!",),
        re.compile(r"\[!(?:(?:div|include|video)\s|code(?:-\w+)?\b)", re.IGNORECASE),
    ),
    Dialect(
        "blocks of Svelte ({#each ...})",
        ("{",),
        re.compile(
            r"\{(?:[#:/](?:await|catch|each|else|if|key|snippet|then)|@(?:const|html|render))\b"
            r"[^{}\n]*\}"
        ),
    ),
    Dialect(
        "expressions of MDX ({props.name})",
        ("{", "<>"),
        re.compile(
            r"\{(?<![\w${]\{)(?:[Aa]stro|front[Mm]atter|import\.meta|process\.env|props)"
            r"\.\w[\w.]*\}|<(?<![^\n]<)/?>(?![^\n])"
            r"|<>(?! )[^<>\n]*</>"
            r"|\{(?<![\w${]\{)[A-Za-z_]\w*(?:\.\w+)*(?:\.map\(| \? | && )"
        ),
        in_html=True,
    ),
    Dialect(
        "comments and breaks of MyST (% words, +++)",
        ("%", "+++"),
        re.compile(r"%(?<![^\n]%)(?<![^\n]\n%) (?=\S)|\+(?<![^\n]\+)\+\+(?: \{.*\})?(?![^\n])"),
    ),
    Dialect(
        "lists that number themselves (#. words)",
        ("#. ", "(@"),
        re.compile(r"#(?<![^\n]#)\. (?=\S)|\((?<![^\n]\()@[\w-]*\) "),
    ),
    Dialect(
        "lines of verse (| words)",
        ("| ",),
        re.compile(r"\|(?<=[^\n]\n\|) [^|\n]*(?:\n\|(?: [^|\n]*)?)+(?![^\n])"),
    ),
    Dialect(
        "keywords of Org (#+name)", ("#+",), re.compile(r"^#\+[A-Za-z_]+(?=:|$| )", re.MULTILINE)
    ),
    Dialect(
        "commands of TeX (\\newpage)",
        ("\\",),
        re.compile(
            r"\\(?:(?<![\w:]\\)(?:clearpage|maketitle|newpage|noindent|pagebreak|tableofcontents)\b"
            r"|(?:cite[pt]?|eqref|label|pageref|ref|[hv]space)\{[^{}\n]*\})"
        ),
    ),
    Dialect(
        "tables drawn in lines (+---+)",
        ("--+", "=="),
        re.compile(r"^(?:\+(?:[-=:]{2,}\+)+|={2,}(?:[ \t]+={2,})+)[ \t]*$", re.MULTILINE),
    ),
    Dialect(
        "formulas without dollar signs (\\begin{...})",
        ("\\begin{",),
        re.compile(r"^\\begin\{[A-Za-z]+\*?\}", re.MULTILINE),
    ),
    Dialect(
        "names of icons (:name:)",
        (":",),
        re.compile(r"(?<![\w:`/.]):[a-z][a-z0-9_+-]+:(?![\w:`/])"),
        re.compile(r":[a-z][a-z0-9_+-]+:"),
    ),
)
