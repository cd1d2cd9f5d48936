"""Published attacks, and every place of a page that an attacker can write to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice

from sitegen.render.components import COMPONENTS
from tests.cases import cases

LONGEST = 5_000  # characters of a payload; the size of pages is another test's subject

OURS = [
    "\\\\(</math><script>alert(1)</script>\\\\)",
    "$\\href{javascript:alert(1)}{x}$",
    "$$\\text{</mtext></math><img src=x onerror=alert(1)>}$$",
    "```<img src=x onerror=alert(1)>\ncode\n```",
    "<Tip title='\"><img src=x onerror=alert(1)>'>x</Tip>",
    '<Tip title={"\\"><script>alert(1)</script>"}>x</Tip>',
    "<hfoptions id='\"onclick=alert(1)//'><hfoption id='<img src=x onerror=alert(1)>'>x</hfoption>",
    "[[autodoc]] a.<script>alert(1)</script>\n    - <img src=x onerror=alert(1)>",
    '# x[["><img src=x onerror=alert(1)>]]',
    "[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: x",
    "[x](<javascript:alert(1)>) <javascript:alert(1)> [y]\n\n[y]: javascript:alert(1)",
    "![x](javascript:alert(1)) ![\"onerror=alert(1)](x) ![x](x '\"onerror=alert(1)')",
    "<p title='$x$\" onmouseover=alert(1) a=\"'>x</p>",
    "<a href='$x$'>x</a><img alt='```' src=x onerror=alert(1)>```",
    "| <b | onclick=alert(1)> |\n|---|---|\n| <img src=x | onerror=alert(1)> |",
]

# What looks like a tag, its end or an attribute to whoever reads HTML by a pattern.
VALUES = [
    "<table onpointerover=alert(1) onmouseover=alert(2) x=",
    "<table autofocus tabindex=0 onfocus=alert(3) id=x ",
    "></iframe><img src=x onerror=alert(1)>",
    "<iframe onload=alert(1) x=></iframe><img src=x onerror=alert(1)>",
    "</table></div><img src=x onerror=alert(1)>",
    "<h2 onclick=alert(1) tabindex=0 x=",
    '<span id="a" onclick=alert(1) x="',
    '"autofocus tabindex=0 onfocus=alert(1) x="',
    "'autofocus tabindex=0 onfocus=alert(1) x='",
    "`onmouseover=alert(1) x=`",
    "<table\nonmouseover=alert(1)\nx=\n",
    "<table\x00 onmouseover=alert(1) \x00x=",
    "&lt;table onmouseover=alert(1) x=",
    "&#60;img src=x onerror=alert(1)&#62;",
    "a src=",
    "a href=javascript:alert(1) id=",
    "<pre><code class='language-py'>' onclick=alert(1) \"</code></pre>",
    "$<table onclick=alert(1) x=$ `<table onclick=alert(1)` [a](b '<table x=')",
    "<!--<img src=x onerror=alert(1)>--><![CDATA[<img src=x onerror=alert(1)>]]>",
    "</main></template></title></style></noscript><script>alert(1)</script>",
]
_ATTRIBUTES = (
    "alt align aria-label class data-x data-<table=x id lang name poster src srcset style title"
)
_ELEMENTS = "a div details iframe img math pre span summary svg table td video"
SHAPES = [
    *(
        f"<{tag} {name}=VALUE src=https://a.hf.space/>word</{tag}>"
        for tag in _ELEMENTS.split()
        for name in _ATTRIBUTES.split()
    ),
    "<a href=https://e.org title=VALUE>a</a> b",
    "<iframe src=https://a.hf.space/ title=VALUE>TEXT</iframe>",
    "<table><tr title=VALUE><td title=VALUE>a</td></tr>TEXT<iframe title=VALUE src=b></table>",
    "<details><summary title=VALUE>TEXT</summary>\n\nTEXT\n\n</details>",
    "<Tip title=VALUE>\n\nTEXT\n\n</Tip>",
    "<hfoptions id=VALUE>\n<hfoption id=VALUE>\nTEXT\n</hfoption>\n</hfoptions>",
    "<Question choices={[{text: VALUE, explain: VALUE, correct: true}]} />",
    "<Docstring name=VALUE anchor=VALUE source=VALUE/>",
    "# TEXT\n\n## a[[TEXT]]\n\n## a <a id=VALUE></a>\n\n[b](#TEXT)",
    "```py title=VALUE {1}\nTEXT\n```\n\n```TEXT\na\n```",
    "[a](https://e.org VALUE) ![TEXT](b.png VALUE) ![a](TEXT)\n\n[c]\n\n[c]: d VALUE",
    "> [!TEXT]\n> TEXT\n\n> [!NOTE] TEXT\n> a",
    "[^TEXT] [^a]\n\n[^TEXT]: a\n\n[^a]: TEXT",
    "<noscript><p title=VALUE></noscript>TEXT",
    "<svg><style><p title=VALUE></style></svg><svg><p><style>TEXT",
    "<math><annotation-xml encoding=text/html><p title=VALUE></annotation-xml></math>",
    "<math><mtext><table><mglyph><style><p title=VALUE></style>TEXT",
    "<form><math><mtext></form><form><mglyph><style></math><p title=VALUE>",
    "<select><template><p title=VALUE>TEXT</template></select><select><style>TEXT</select>",
    "<template><p title=VALUE>TEXT</template><xmp title=VALUE>TEXT</xmp>",
    "<table><a title=VALUE><table><a title=VALUE>TEXT</table></a>",
    "<p data-<table=VALUE data-'=VALUE data-a=VALUE>TEXT</p>",
]
"""Where a value can stand: as an attribute, quoted, or as a text."""


def smuggled(value: str) -> Iterator[str]:
    """Write a value into every shape, in both kinds of quotes and by references."""
    for shape in SHAPES:
        for quote, name in (('"', "&quot;"), ("'", "&#39;")):
            quoted = f"{quote}{value.replace(quote, name)}{quote}"
            yield shape.replace("VALUE", quoted).replace("TEXT", value)


@cache
def attacks() -> tuple[str, ...]:
    """Give the payloads written to run something; ours are those of this language."""
    names = ("owasp_xss", "html5lib_sanitizer", "ammonia")
    payloads = [case["payload"] for name in names for case in cases(name)]
    rows = [case["row"]["text"] for case in cases("hostile_rows") if "row" in case]
    return tuple(dict.fromkeys(text[:LONGEST] for text in (*OURS, *payloads, *rows) if text))


@cache
def oddities() -> tuple[str, ...]:
    """Give strings that are merely naughty."""
    return tuple(dict.fromkeys(case["payload"] for case in cases("blns") if case["payload"]))


def places(payload: str, first: int = 0, step: int = 1) -> Iterator[str]:
    """Write a payload into every place of a page, one page each; of components every `step`th."""
    line = " ".join(payload.split())
    yield payload
    yield f"text {line} text"
    yield f"[{line}]({line})\n\n[a](<{line}>) [b]\n\n[b]: <{line}> '{line}'\n\n<{line}>"
    yield f'![{line}]({line} "{line}")\n\n![x](<{line}>)'
    yield f"# {line}\n\n## x[[{line}]]\n\n### `{line}`"
    yield f"```{line}\n{payload}\n```\n\n`{line}` ``{line}``"
    yield f"| {line} |\n|---|\n| {line} |\n| `{line}` |"
    yield f"${line}$ $${line}$$ \\\\({line}\\\\)\n\n$$\n{line}\n$$\n\n$\\text{{{line}}}$"
    yield f"[^{line}] [^a]\n\n[^a]: {payload}\n\n[^{line}]: x\n\n- [ ] {line}"
    yield f'<a href="{line}" title="{line}">x</a> <img src="{line}" alt=\'{line}\'>'
    yield f'<iframe src="{line}"></iframe> <p class={line}> <video poster="{line}" src={line}>'
    yield f'<div style="{line}" id="{line}" data-video="{line}">x</div>'
    yield "> [!NOTE]\n" + "\n".join(f"> {text}" for text in payload.splitlines())
    yield f"[[autodoc]] {line}\n    - {line}\n"
    yield f"<details><summary>{line}</summary>\n\n{payload}\n\n</details>"
    yield from islice(_components(payload, line), first, None, step)


def _components(payload: str, line: str) -> Iterator[str]:
    quotes = cycle(('"{}"', "'{}'", "{{{}}}", "{}", '{{"{}"}}'))
    for name, component in COMPONENTS.items():
        written = [
            f"{key}={quote.format(line)}"
            for key, quote in zip(sorted(component.attributes) or ["id"], quotes, strict=False)
        ]
        tag = f"{name} {' '.join(written)}"
        outside = sorted(component.within)
        inner = f"<{tag}/>" if component.leaf else f"<{tag}>\n{payload}\n</{name}>"
        yield (
            f"<{outside[0]} id={next(quotes).format(line)}>\n{inner}\n</{outside[0]}>"
            if outside
            else inner
        )
        yield f"in a sentence <{tag}>{line}</{name}> and on"
