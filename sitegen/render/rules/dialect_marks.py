"""The marks of other dialects that a page may hold, to be looked for in its sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitegen.scan.patterns import rare


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
        rare(r"\{(?<!\{\{)(?:%(?:(?!\{%).)*?%|#\s(?:(?!\{#).)*?\s#)\}"),
        in_html=True,
    ),
    Dialect(
        "shortcodes of Hugo ({{< ... >}})",
        ("{", "<--"),
        rare(r"\{\{[<%](?:(?!\{\{).)*?[>%]\}\}|^<-{2,3}>$", re.MULTILINE),
    ),
    Dialect(
        "expressions of templates ({{ ... }})",
        ("{",),
        rare(r"\{\{(?![<%])(?:(?!\{\{).)*?\}\}"),
        in_html=True,
    ),
    Dialect("included files ({* ... *})", ("{",), rare(r"\{\*(?:(?!\{\*).)*?\*\}")),
    Dialect(
        "lists of attributes ({#id .class})",
        ("{",),
        rare(
            r"\{(?:(?<!\{\{)(?<!:::\{)(?<!::: \{):? ?[#.]"
            r"(?!if\b|each\b|await\b|key\b|snippet\b)[A-Za-z][^{}\n]*\}|=[a-z]+\}"
            r"|:? ?(?:(?:align|class|height|loading|rel|style|target|title|width)="
            r"(?:\"[^\"\n]*\"|[^\s{}\"]+) ?)+\})"
        ),
    ),
    Dialect(
        "comments of Obsidian (%%words%%)",
        ("%%",),
        rare(r"%%(?<![\w%]%%)[^%\n]+%%(?!%)|^%%[ \t]*$", re.MULTILINE),
    ),
    Dialect(
        "markers for a table of contents ([TOC])",
        ("[TOC", "[toc", "[[_", "{:toc"),
        rare(
            r"\[(?:TOC|\[_?(?:TOC|toc)_?\])\]$|\{(?<![^\n]\{):toc\}$|\[(?<![^\n]\[)toc\]$",
            re.MULTILINE,
        ),
    ),
    Dialect(
        "links of wikis ([[page]])",
        ("[[",),
        rare(r"\[\[(?!(?:TOC|toc)\]|autodoc\b|open-in-colab)[^\W\d_][^\[\]\n]*\]\]"),
        in_headings=False,  # there it is an id in a wrong place, and reported as that
    ),
    Dialect(
        "directives of reStructuredText (.. x::)",
        ("::",),
        rare(r"\.\. [a-z-]+::(?:\s|$)|::(?<=\w::)(?![^\n])(?!\n[^\n])|^::$", re.MULTILINE),
    ),
    Dialect(
        "comments and targets of reStructuredText (.. x)",
        (".. ",),
        rare(r"\.(?<![^\n]\.)(?<![^\n]\n\.)\. (?![a-z-]+::)(?=\S)"),
    ),
    Dialect(
        "links of reStructuredText (`x`_)",
        ("`_", "]_"),
        rare(r"`_{1,2}(?![\w`_])|\](?<=[\w#*]\])_(?![\w_])"),
    ),
    Dialect(
        "texts that Sphinx knows (|version|)",
        ("|release|", "|today|", "|version|"),
        rare(r"\|(?:release|today|version)\|"),
    ),
    Dialect(
        "fields of reStructuredText (:param x: words)",
        (":param ", ":rtype", ":return", ":raises "),
        rare(r"^:(?:param|raises|returns?|rtype)\b[^:\n]*:(?=\s)", re.MULTILINE),
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
        rare(
            r"h(?<![^\n]h)[1-6]\. (?=\S)"
            r"|\{(?<![^\n]\{)(code|noformat|panel|quote)(?::[^{}\n]*)?\}"
            r"(?:(?![^\n])|(?=[^\n]*\{\1\}))"
        ),
    ),
    Dialect(
        "citations of Pandoc ([@key])",
        ("[@", "@def-", "@eq-", "@exm-", "@fig-", "@lem-", "@lst-", "@sec-", "@tbl-", "@thm-"),
        rare(
            r"\[@[^\W_][^\[\]\n/]*\](?!\()|@(?<![\w/@.]@)(?:def|eq|exm|fig|lem|lst|sec|tbl|thm)-\w[\w-]*+"
            r"(?!/)"
        ),
    ),
    Dialect(
        "ids of blocks (^id)", ("^",), re.compile(r"\^(?<= \^)[a-z0-9][a-z0-9-]{2,}(?!\n?[^\n])")
    ),
    Dialect("roles of reStructuredText (:x:`name`)", (":`",), rare(r":(?<!\S:)[a-z:]+:`")),
    Dialect("roles of MyST ({x}`name`)", ("}`",), rare(r"\{(?<![\w{$]\{)[A-Za-z][\w:+.-]*\}`")),
    Dialect(
        "blocks of an unknown name (///)",
        ("///",),
        rare(r"^/{3,}[ \t]*[a-z][\w-]*(?: \|.*)?$", re.MULTILINE),
    ),
    Dialect("snippets of VitePress (<<<)", ("<<<",), rare(r"^<<<[ \t]*\S", re.MULTILINE)),
    Dialect("snippets of MkDocs (--8<--)", ("8<-",), rare(r"^--?8<--", re.MULTILINE)),
    Dialect(
        "containers of an unknown name (:::)",
        ("::",),
        rare(r"^:{2}(?::+[ \t]*(?:\{?[.#]?[A-Za-z]|$)|[a-z][\w-]*[\[{])", re.MULTILINE),
    ),
    Dialect(
        "callouts of an unknown name (!!!)",
        ("!!!", "???"),
        rare(r"^(?:!!!|\?\?\?[+-]?) ?(?:[a-z-]+(?: .*)?$|\".*$)", re.MULTILINE),
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
        "labels of footnotes with blanks ([^two words])",
        ("[^",),
        rare(r"\[\^[^\W_][\w-]*(?: [\w-]+)+\]"),
    ),
    Dialect(
        "captions of Pandoc (: words)",
        (":",),
        rare(r":(?<![^\n]:)(?<![^\n]\n:)[ \t]+(?=\S)"),
        re.compile(r"\n\n:[ \t]"),
    ),
    Dialect(
        "bold words of wikis ('''words''')",
        ("'''",),
        rare(r"'''(?<![\w']''')(?=[^\s'])[^'\n]*'''(?![\w'])"),
    ),
    Dialect(
        "marks of changes ({++words++})",
        ("{",),
        rare(
            r"\{(?<!\{\{)(?:\+\+[^{}\n]+\+\+|--[^{}\n]+--|==[^{}\n]+==|>>[^{}\n]+<<"
            r"|\+ [^{}\n]+ \+|- [^{}\n]+ -"
            r"|([=^+-])(?=[^\s{}=^+\d-])[^{}\n]*[^\s{}]\1)\}"
        ),
    ),
    Dialect("extensions of kramdown ({::name})", ("{:",), rare(r"\{(?:::/?[a-z]|:/(?:[a-z]|\}))")),
    Dialect("blocks of ReadMe ([block:name])", ("[block:",), rare(r"\[block:[a-z-]+\]")),
    Dialect(
        "extensions of DocFX ([!INCLUDE ...])",
        ("[!",),
        rare(r"\[!(?:(?:div|include|video)\s|code(?:-\w+)?\b)", re.IGNORECASE),
    ),
    Dialect(
        "blocks of Svelte ({#each ...})",
        ("{",),
        rare(
            r"\{(?:[#:/](?:await|catch|each|else|if|key|snippet|then)|@(?:const|html|render))\b"
            r"[^{}\n]*\}"
        ),
    ),
    Dialect(
        "expressions of MDX ({props.name})",
        ("{", "<>"),
        rare(
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
        rare(r"#(?<![^\n]#)\. (?=\S)|\((?<![^\n]\()@[\w-]*\) "),
    ),
    Dialect(
        "lines of verse (| words)",
        ("| ",),
        rare(r"\|(?<=[^\n]\n\|) [^|\n]*(?:\n\|(?: [^|\n]*)?)+(?![^\n])"),
    ),
    Dialect("keywords of Org (#+name)", ("#+",), rare(r"^#\+[A-Za-z_]+(?=:|$| )", re.MULTILINE)),
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
        rare(r"^\\begin\{[A-Za-z]+\*?\}", re.MULTILINE),
    ),
    Dialect(
        "names of icons (:name:)",
        (":",),
        rare(r"(?<![\w:`/.]):[a-z][a-z0-9_+-]+:(?![\w:`/])"),
        re.compile(r":[a-z][a-z0-9_+-]+:"),
    ),
)
