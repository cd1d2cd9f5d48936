"""Code that has lost its indentation: what is certain, guessed, left flush."""

from __future__ import annotations

import ast
import textwrap

import pytest

from sitegen.model import Certainty
from tests.restore.whitespace.collapsed import code, restored


def plain(text: str) -> str:
    """Take the margin and blank lines off."""
    lines = textwrap.dedent(text).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip())


FORCED = """
    def head(path):
        with open(path) as file:
            return file.readline()
    """


def test_python_without_a_choice_is_certain() -> None:
    assert code(FORCED, "python") == (plain(FORCED), Certainty.CERTAIN)


def test_python_with_a_choice_is_never_certain() -> None:
    choice = "for x in y:\n    a()\nb()\n"
    assert code(choice, "python")[1] is Certainty.GUESSED


def test_an_else_that_two_blocks_could_own_is_a_guess() -> None:
    assert code("if a:\n    if b:\n        c()\nelse:\n    d()", "py")[1] is Certainty.GUESSED
    assert code("if a:\n    if b: c()\nelse:\n    d()", "py")[1] is Certainty.GUESSED


def test_a_string_over_several_lines_is_never_certain_and_keeps_its_lines() -> None:
    text, certainty = code('x = """\none\ntwo\n"""\nf(\n    x\n)', "python")
    assert text == 'x = """\none\ntwo\n"""\nf(\n    x\n)'
    assert certainty is Certainty.LIKELY


def test_python_methods_clauses_and_calls_find_their_place() -> None:
    source = '''
        class Store(Base):
            """Keeps things."""
            limit = 3
            @property
            def size(self):
                return len(self.items)
            def add(self, item, *, at=None):
                # room is short
                if len(self.items) > self.limit:
                    raise ValueError(
                        "full",
                        item,
                    )
                elif at is None:
                    self.items.append(item)  # at the end
                else:
                    self.items.insert(at, item)
                return self
        store = Store()
        '''
    text, certainty = code(source, "python")
    assert text == plain(source)
    assert certainty is Certainty.GUESSED
    ast.parse(text)


def test_a_function_that_is_used_by_name_has_ended() -> None:
    source = "def outer(f):\n    def inner(*args):\n        return f(*args)\n    return inner"
    assert code(source, "python")[0] == source


def test_a_statement_before_a_clause_stays_in_the_block_that_the_clause_ends() -> None:
    source = "try:\n    a()\n    b()\nfinally:\n    c()"
    assert code(source, "python") == (source, Certainty.LIKELY)


def test_calls_with_text_after_the_bracket_are_aligned_with_it() -> None:
    source = "total = add(first,\n            second)"
    assert code(source, "python") == (source, Certainty.CERTAIN)


def test_code_that_is_flush_by_right_needs_no_note() -> None:
    assert code("import this\nthis.d", "python") == ("import this\nthis.d", None)


def test_python_that_no_parser_accepts_is_a_guess() -> None:
    assert code("def f():\n    return 1 +", "python")[1] is Certainty.GUESSED


def test_each_example_of_a_doctest_is_indented_by_itself() -> None:
    source = """
        >>> for word in words:
        ...     for letter in word:
        ...         print(letter)
        >>> table = make(
        ...     rows=2,
        ... )
        >>> table
        {'a': [1, 2],
         'b': [3, 4]}
        """
    assert code(source, "python")[0] == plain(source)


def test_a_doctest_with_the_first_prompt_on_every_line_is_a_guess() -> None:
    text, certainty = code(">>> for x in y:\n>>>     print(x)", "python")
    assert text == ">>> for x in y:\n>>>     print(x)"
    assert certainty is Certainty.GUESSED


def test_json_is_certain_as_blanks_mean_nothing_in_it() -> None:
    source = '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {}\n}'
    assert code(source, "json") == (source, Certainty.CERTAIN)
    assert code(source, "") == (source, Certainty.CERTAIN)


def test_yaml_with_nesting_stays_flush_and_is_marked() -> None:
    assert code("a:\n  b: 1\nc: 2", "yaml") == ("a:\nb: 1\nc: 2", Certainty.GUESSED)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("js", "const f = async (x) => {\n  // why { not\n  return `${x}`;\n};"),
        ("java", "/**\n * Stars line up.\n */\nclass A {\n    int b;\n}"),
        ("c", 'int main(void) {\n    if (x) {\n        puts("}");\n    }\n    return 0;\n}'),
        ("bash", "for f in *; do\n    run $f \\\n        --fast\ndone"),
        (
            "jinja",
            "{% for m in all %}\n    {% if m %}\n        {{ m }}\n    {% endif %}\n{% endfor %}",
        ),
    ],
)
def test_languages_with_brackets_and_end_words_are_indented_by_nesting(
    language: str, source: str
) -> None:
    assert code(source, language) == (source, Certainty.LIKELY)


def test_code_with_stray_brackets_stays_flush() -> None:
    assert code("a {\n b", "c") == ("a {\nb", Certainty.GUESSED)


def test_elements_in_a_script_are_indented_by_their_tags() -> None:
    text = """\
export default function Pump({ parts }) {
  return (
    <main className="pump" title={`its ${parts}`}>
      <Suspense fallback={<p>It isn't here...</p>}>
        <Valve
          open={parts.length > 2}
          onTurn={() => {
            turn()
          }}
        />
        <br /> and <b>more</b>
      </Suspense>
      {parts.map((part) => (
        <li key={part.id}>{part.name}</li>
      ))}
      {parts ? <Full /> : <Empty />}
    </main>
  )
}"""
    for language in ("jsx", "tsx", "js"):
        assert code(text, language) == (text, Certainty.LIKELY)


def test_types_and_comparisons_in_a_script_are_no_elements() -> None:
    text = """\
function first<T>(all: Array<T>, n: number): Map<string, T> {
  const [page, setPage] = useState<Page | null>(null)
  if (n<all.length) {
    return new Map<string, T>()
  }
  return <Page n={n} />
}"""
    assert code(text, "tsx") == (text, Certainty.LIKELY)


def test_elements_whose_tags_are_in_no_order_leave_the_brackets_to_tell() -> None:
    text = "function a() {\n  return <Page>\n}\nconst b = </Other>"
    assert code(text, "jsx") == (text, Certainty.LIKELY)


def test_what_belongs_to_a_case_of_a_switch_stands_to_the_right_of_it() -> None:
    text = """\
switch (kind) {
  case 'pump':
    start()
    break
  case 'valve': {
    open()
  }
  default:
    wait()
}
const all = {
  default: 1,
  other: 2,
}"""
    assert code(text, "js")[0] == text


def test_the_further_lines_of_a_statement_stand_to_the_right_of_its_first() -> None:
    text = """\
const names = parts
  .filter((part) => part.name)
  .map((part) => {
    return part.name
  })
const label =
  names.length > 2
  ? 'many'
  : 'few'
const run = (part) =>
  part.run()
if (isReady(parts[0]))
  run(parts[0])
if (!parts) return stop()
wait()"""
    assert code(text, "ts")[0] == text


def test_a_result_below_an_arrow_alone_goes_on_no_statement() -> None:
    text = """\
await team.ls('crew')
=>
Roster {
  zoe: 'owner'
}"""
    assert code(text, "js")[0] == text


def test_code_in_a_quote_is_indented_too() -> None:
    text = """\
> [!TIP]
> Run it:
>
> ```python
> for pump in pumps:
>     pump.start()
> ```
>
> Then wait.
"""
    assert restored(text) == text.rstrip("\n")


def test_markup_is_indented_by_its_tags() -> None:
    text = """\
<!DOCTYPE html>
<ul class="a">
  <li>It's one <br> and <b>two</b></li>
  <li>
    <img
      src="a.png"
      alt="(a"
    >
    three
  </li>
</ul>"""
    for language in ("html", "vue", "svelte"):
        assert code(text, language) == (text, Certainty.LIKELY)
    assert code("<ul>\n  <li>no end\n</ul>", "html")[1] is Certainty.GUESSED
    assert code("</p>\n<p>\n  a", "html")[1] is Certainty.GUESSED


def test_selectors_of_a_style_are_no_calls() -> None:
    text = ".a {\n  color: red;\n}\n.b .c {\n  color: blue;\n}"
    assert code(text, "css")[0] == text
    query = "query {\n  pump(id: 1) {\n    name\n  }\n}"
    assert code(query, "graphql")[0] == query
