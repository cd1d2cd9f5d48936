"""Code blocks: what is coloured, what is copied, and that no block can hold up a build."""

from __future__ import annotations

import json
import re
import threading
import time
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pygments.lexer import RegexLexer
from pygments.lexers.python import PythonLexer
from pygments.lexers.shell import BashLexer

from sitegen.render.code import highlight as module
from sitegen.render.code.bash_lexer import FastBashLexer
from sitegen.render.code.doctests import copy_text
from sitegen.render.code.highlight import highlight
from sitegen.render.code.python_lexer import FastPythonLexer
from tests.examples import examples

SHARED = Path(__file__).parents[3].parent / "shared"
TAG = re.compile(r"<[^>]*>")


def shown(html: str) -> str:
    return unescape(TAG.sub("", html))


def runs(lexer: RegexLexer, code: str) -> list[tuple[str, str]]:
    return list(zip(*module._runs(lexer, code), strict=True))


def test_python_is_marked_up_with_short_classes_and_plain_names() -> None:
    html = highlight("def f(x):\n    return x + 1  # a < b\n", "python").html
    assert html == (
        '<span class="k">def</span> <span class="nf">f</span>(x):\n'
        '    <span class="k">return</span> x + <span class="m">1</span>'
        '  <span class="c"># a &lt; b</span>\n'
    )


@pytest.mark.parametrize(
    ("info", "language", "label"),
    [
        ("python", "python", "Python"),
        ("py", "python", "Python"),
        (" Python", "python", "Python"),
        ("py3", "python", "Python"),
        ("{python}", "python", "Python"),
        ("py:", "python", "Python"),
        ("pycon", "python", "Python"),
        ("python no-style", "python", "Python"),
        ("py runnable:quickstart", "python", "Python"),
        ("python out", "python", "Output"),
        ("out", "text", "Output"),
        ("output", "text", "Output"),
        ("sh", "bash", "Bash"),
        ("shell script", "bash", "Bash"),
        ("console", "bash", "Bash"),
        ("zsh", "bash", "Bash"),
        ("yml", "yaml", "YAML"),
        ("python:file.py", "python", "Python"),
        ("rust,ignore", "rust", "Rust"),
        ("js{1,3}", "javascript", "JavaScript"),
        ("{.python}", "python", "Python"),
        ("{ .python .annotate }", "python", "Python"),
        ("python3.11", "python", "Python"),
        ("ipython3", "python", "Python"),
        ("jsonc", "json", "JSON"),
        ("mjs", "javascript", "JavaScript"),
        ("cjs", "javascript", "JavaScript"),
        ("mts", "typescript", "TypeScript"),
        ("kt", "kotlin", "Kotlin"),
        ("r", "r", "R"),
        ("patch", "diff", "Diff"),
        ("JSONL", "json", "JSON"),
        ("svelte", "html", "HTML"),
        ("tsx", "typescript", "TypeScript"),
        ("python-repl", "python", "Python"),
        ("shell-session", "bash", "Bash"),
        ("c++", "cpp", "C++"),
        ("jinja2", "jinja", "Jinja"),
        ("txt", "text", "Text"),
        ("plaintext", "text", "Text"),
        ("", "text", "Text"),
        ("النص", "text", "Text"),
        ("raw", "text", "Text"),
        ('"><script>alert(1)</script>', "text", "Text"),
        ("../../../../etc/passwd", "text", "Text"),
    ],
)
def test_the_first_word_of_an_info_string_names_the_language(
    info: str, language: str, label: str
) -> None:
    block = highlight("x\n", info)
    assert (block.language, block.label) == (language, label)


def test_code_without_a_language_is_not_guessed() -> None:
    code = "import os\n</code></pre><script>alert(1)</script>\n"
    assert "<" not in highlight(code, "").html
    assert shown(highlight(code, "").html) == code


def test_a_doctest_in_a_python_fence_gets_prompts_that_are_not_read_out() -> None:
    block = highlight(">>> x = (\n...     1)\n>>> x\n1\n", "py")
    assert block.language == "python"
    prompt = '<span class="gp" aria-hidden="true">&gt;&gt;&gt; </span>'
    assert block.html == (
        f'{prompt}x = (\n<span class="gp" aria-hidden="true">... </span>    '
        f'<span class="m">1</span>)\n{prompt}x\n<span class="go">1\n</span>'
    )


def test_code_above_the_first_prompt_is_code_and_not_output() -> None:
    html = highlight("import os\n\n>>> os.sep\n'/'\n", "python").html
    assert html.startswith('<span class="k">import</span> os\n')
    assert html.endswith("""<span class="go">'/'\n</span>""")


def test_a_string_over_several_prompts_keeps_its_colour_and_each_prompt() -> None:
    html = highlight('>>> a = """one\n... two"""\n', "python").html
    assert html.count('class="gp"') == 2
    assert '<span class="s">two&quot;' in html.replace('"""', "&quot;")


def test_a_traceback_in_a_doctest_names_the_error() -> None:
    code = '>>> 1 / 0\nTraceback (most recent call last):\n  File "<stdin>", line 1\nE: no\n'
    assert '<span class="gr">E</span>' in highlight(code, "python").html


def test_a_doctest_is_copied_without_prompts_and_output() -> None:
    code = "import os\n\n>>> for a in os.x:\n...     a\n...\n1\n...\n\n>>> b\n"
    assert copy_text(code, "python") == "import os\n\nfor a in os.x:\n    a\n\nb"


def test_there_is_nothing_special_to_copy_without_prompts() -> None:
    assert copy_text("x = 1\n", "python") is None
    assert copy_text(">>> x\n", "text") is None


@pytest.mark.parametrize(
    ("info", "code"),
    [
        ("make", "a" * 20_000),
        ("make", "(" * 20_000),
        ("scala", '"' + "\\" * 20_000),
        ("http", "a" * 20_000),
        ("cpp", " \n" * 10_000),
        ("python", "x = '" + "a" * 300_000),
        ("python", "a\n" * 150_000),
    ],
)
def test_code_beyond_the_limits_is_plain_and_whole(info: str, code: str) -> None:
    block = highlight(code, info)
    assert shown(block.html) == code
    assert "<span" not in block.html


@pytest.mark.parametrize("payload", ['"\\N{', " \n", "a ", "(", "'''", ">>> \n", '>>> f"{\n'])
def test_python_takes_a_time_in_proportion_to_its_length(payload: str) -> None:
    def cost(length: int) -> float:
        lines = [(payload * 500)[:500] + "\n"] * (length // 500)
        start = time.process_time()
        highlight("".join(lines), "python")
        return time.process_time() - start

    cost(500)
    assert cost(64_000) < 16 * max(min(cost(16_000) for _ in range(2)), 0.002)


def test_the_clock_stops_a_lexer_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.01)
    code = ("a " * 249 + "\n") * 30
    block = highlight(code, "java")
    assert shown(block.html) == code
    assert "<span" not in block.html


def test_code_is_highlighted_the_same_outside_the_main_thread() -> None:
    code = "x = 1\n" * 100
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(highlight(code, "python").html))
    thread.start()
    thread.join()
    assert found == [highlight(code, "python").html]


WORDS = (
    "def class from import match case lazy in is not or and print len self cls as with True None "
    "async await yield __init__ __name__ ValueError _"
)
PYTHON_PIECES = st.sampled_from(
    [
        *"abrfu_.:,;()[]{}+-*/%=<>!&|^~@\\#\"' \n\t019éª\f",
        *WORDS.split(),
        *(
            '"""',
            "'''",
            "!=",
            "->",
            "\\N{",
            "{x}",
            "%s",
            "0x1f",
            "1e5",
            ".5",
            "1_0",
            "\n    ",
            "  \n",
        ),
        *('f"', "rb'", "@name", "yield from", "# doc", "x.print", "match x:", "1.", "٣", "\u2028"),
    ]
)


@pytest.mark.parametrize(
    "code", ["def grün(): 1", "class नमस्ते:", "@a.été\n", "from ñ.b import é as 名", "import ª1"]
)
def test_names_of_all_scripts_are_coloured_as_by_pygments(code: str) -> None:
    assert runs(FastPythonLexer(), code) == runs(PythonLexer(), code)


@pytest.mark.integration
@given(st.lists(PYTHON_PIECES, max_size=12).map("".join))
@example("    match x:\n")
@example('  \n  r"""doc"""\n')
@example("print.print é.in ébin\n")
@example("f(\n    'a', 1.5, 1.5e3, 1.2.3)")
@examples(400)
def test_the_fast_lexer_colours_what_pygments_colours(code: str) -> None:
    assert runs(FastPythonLexer(), code) == runs(PythonLexer(), code)


SHELL_WORDS = "if in done export cd test pip x $x ${ $(( )) $( <<< <<E += a=1 if-x #! 12x"
SHELL_PIECES = st.sampled_from(
    [
        *"=+-./~#$`\"'\\<&|;()[]{}!?*%:_ \n\t09é٣",
        *SHELL_WORDS.split(),
    ]
)


@pytest.mark.integration
@given(st.lists(SHELL_PIECES, max_size=12).map("".join))
@example("echo $(( a + b ,c d )) a b += 1")
@example("'x'if if-x cd) ${ a b } `cd`")
@examples(400)
def test_the_fast_lexer_colours_what_pygments_colours_of_a_shell(code: str) -> None:
    assert runs(FastBashLexer(), code) == runs(BashLexer(), code)


@given(
    st.text(max_size=200), st.sampled_from(["python", "bash", "yaml", "html", "cpp", "diff", ""])
)
@example(">>> \r\n\x0b... x\x85\n", "python")
@example("", "python")
@example("\r\n>>> ", "python")
@examples(200)
def test_no_character_of_the_code_is_lost(code: str, info: str) -> None:
    assert shown(highlight(code, info).html) == code


def test_every_class_in_the_html_is_a_declared_one() -> None:
    for info, code in [("python", "@a\nclass B(int):\n  'x%s'\n"), ("html", "<a b='c'>&amp;</a>")]:
        classes = re.findall(r'class="([^"]*)"', highlight(code, info).html)
        assert set(classes) <= set(module._CLASSES.values())
        assert classes


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")
def test_hostile_code_blocks_end_as_whole_text() -> None:
    rows = json.loads((SHARED / "cases" / "hostile_rows.json").read_text("utf-8"))
    texts = [row["row"]["text"] for row in rows if row["name"].startswith("text/")]
    assert sum(text.startswith("```") for text in texts) > 5
    for text in texts:
        info, _, code = text.removeprefix("```").partition("\n")
        assert shown(highlight(code, info).html) == code


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_the_real_code_is_coloured_as_by_pygments() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(SHARED / "data" / "transformers-docs.parquet", columns=["text"])
    fence = re.compile(r"^```py.*\n((?:.*\n)*?)```", re.MULTILINE)
    blocks = [code for row in table["text"].to_pylist() for code in fence.findall(row)]
    assert len(blocks) > 1000
    fast, slow = FastPythonLexer(), PythonLexer()
    for code in blocks[::8]:
        assert runs(fast, code) == runs(slow, code)
        assert shown(highlight(code, "py").html) == code
