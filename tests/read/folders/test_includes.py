"""Files that a page of a Markdown folder includes."""

import json
from pathlib import Path

import pytest

from sitegen.errors import Diagnostic
from sitegen.read.folders.includes import expand
from sitegen.read.inputs import read

FENCE = "```"


def page(folder: Path, text: str, **files: str) -> tuple[str, list[Diagnostic]]:
    docs = folder / "docs"
    (docs / "guide").mkdir(parents=True)
    (docs / "guide" / "page.md").write_text(text, "utf-8")
    for name, content in files.items():
        (docs / name.replace("__", ".")).write_text(content, "utf-8")
    notices: list[Diagnostic] = []
    chunks = {chunk.source: chunk.text for chunk in read([str(docs)], {}, notices)}
    return chunks["guide/page.md"], notices


def tag(name: str, **settings: object) -> str:
    keys = {key.replace("_", "-"): value for key, value in settings.items()}
    return f"<{name}>\n{json.dumps(keys)}\n</{name}>"


def test_code_between_two_marks_becomes_a_fence(tmp_path: Path):
    source = "import x\ndef f():\n    # START a\n    y = 1\n    # END a\n"
    text = tag(
        "literalinclude",
        path="../code__py".replace("__", "."),
        language="python",
        start_after="START a",
        end_before="END a",
        dedent=4,
    )
    shown, notices = page(tmp_path, f"Before\n\n{text}\n\nAfter\n", code__py=source)
    assert shown == f"Before\n\n{FENCE}python\ny = 1\n{FENCE}\n\nAfter\n"
    assert notices == []


def test_the_indent_of_the_tag_is_kept(tmp_path: Path):
    text = "- item\n\n  " + tag("literalinclude", path="../a.txt").replace("\n", "\n  ")
    shown, _ = page(tmp_path, text, a__txt="one\n\ntwo\n")
    assert shown == f"- item\n\n  {FENCE}\n  one\n\n  two\n  {FENCE}"


def test_a_fence_is_longer_than_those_in_the_code(tmp_path: Path):
    shown, _ = page(
        tmp_path, tag("literalinclude", path="../a.txt"), a__txt=f"{FENCE}\nx\n{FENCE}\n"
    )
    assert shown == f"{FENCE}`\n{FENCE}\nx\n{FENCE}\n{FENCE}`"


def test_included_text_is_markdown_and_may_include_more(tmp_path: Path):
    shown, notices = page(
        tmp_path,
        tag("include", path="../a.md"),
        a__md="*A*\n\n" + tag("include", path="b.md"),
        b__md="B\n",
    )
    assert shown == "*A*\n\nB"
    assert notices == []


def test_what_is_included_in_a_quote_stays_in_it(tmp_path: Path):
    (tmp_path / "a.md").write_text("*A*\n\nB\n")
    quoted = '> [!TIP]\n> <include>\n> {"path": "a.md"}\n> </include>\n'
    (tmp_path / "page.md").write_text(quoted)
    notices: list[Diagnostic] = []
    shown, _ = expand(quoted, tmp_path / "page.md", tmp_path, "page.md", notices)
    assert shown == "> [!TIP]\n> *A*\n>\n> B\n"
    assert notices == []


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"path": "../../secret.txt"}, "leads out of the folder"),
        ({"path": "/etc/hostname"}, "leads out of the folder"),
        ({"path": "../link.txt"}, "leads out of the folder"),
        ({"path": "../.env"}, "is hidden"),
        ({"path": "../none.txt"}, "holds no file"),
        ({"path": "../loop.txt"}, "holds no file"),
        ({"path": "../a.txt", "start-after": "x"}, "belong together"),
        ({"path": "../a.txt", "start-after": "x", "end-before": "y"}, "no line ends with 'x'"),
        ({"file": "../a.txt"}, "needs JSON with a path"),
    ],
)
def test_what_cannot_be_included_stays_with_a_notice(
    tmp_path: Path, settings: dict[str, object], message: str
):
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "docs" / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "docs" / ".env").write_text("secret", "utf-8")
    (tmp_path / "docs" / "a.txt").write_text("a\n", "utf-8")
    (tmp_path / "docs" / "guide").mkdir()
    written = tag("include", **settings)
    (tmp_path / "docs" / "guide" / "page.md").write_text(f"One\n\n{written}\n", "utf-8")
    notices: list[Diagnostic] = []
    (chunk,) = read([str(tmp_path / "docs")], {}, notices)
    assert chunk.text == f"One\n\n{written}\n"
    found = next(notice for notice in notices if notice.code == "include-missing")
    assert message in found.message
    assert (found.location.file, found.location.line) == ("guide/page.md", 3)


def test_a_file_that_includes_itself_is_refused(tmp_path: Path):
    shown, notices = page(
        tmp_path, tag("include", path="../a.md"), a__md="A\n\n" + tag("include", path="a.md")
    )
    assert shown.startswith("A\n\n<include>")
    assert {notice.code for notice in notices} == {"include-missing"}


def test_an_include_in_a_code_fence_is_code(tmp_path: Path):
    text = f"{FENCE}\n{tag('include', path='../a.md')}\n{FENCE}\n"
    shown, notices = page(tmp_path, text, a__md="A\n")
    assert shown == text
    assert notices == []


@pytest.mark.parametrize("name", ["include", "literalinclude"])
@pytest.mark.parametrize("path", ["a\0b.md", "\ud800.md", "x" * 5000, ".", "[]"])
def test_what_no_file_can_be_called_is_a_finding(tmp_path: Path, name: str, path: str):
    text, notices = page(tmp_path, f"Before.\n\n{tag(name, path=path)}\n")
    assert [notice.code for notice in notices] == ["include-missing"]
    assert text.startswith("Before.")


def test_findings_below_and_in_an_include_name_the_file_and_line_where_they_stand(project):
    built = project(
        {
            "index.md": f"# A\n\n{tag('include', path='parts/a.md')}\n\n[x]() below\n",
            "parts/a.md": f"One\n\n{tag('include', path='b.md')}\n\n[x]() in a\n",
            "parts/b.md": "Two\n\nThree\n\n[x]() in b\n",
            "code.md": "# C\n\n"
            + tag("literalinclude", path="c.txt", start_after="start", end_before="end")
            + "\n\n[x]()\n",
            "c.txt": "start\na\nb\nc\nend\n",
            "cut.md": "\n\n# C\n\n"
            + tag("include", path="c2.txt", start_after="start", end_before="end")
            + "\n\n[x]()\n",
            "c2.txt": "no\nstart\n\na [x]()\n\nend\n",
        },
        exclude=("parts/*",),
    )
    found = {
        (each.location.page, each.location.file, each.location.line)
        for each in built.result.diagnostics
        if each.code == "link-without-target"
    }
    assert found == {
        ("index", "index.md", 7),
        ("index", "parts/a.md", 7),
        ("index", "parts/b.md", 5),
        ("code", "code.md", 7),
        ("cut", "cut.md", 9),
        ("cut", "c2.txt", 4),
    }


def test_blank_lines_at_the_head_of_a_page_count_in_findings(project):
    built = project({"index.md": "\n\n# A\n\n[x]()\n"})
    found = next(d for d in built.result.diagnostics if d.code == "link-without-target")
    assert (found.location.file, found.location.line) == ("index.md", 5)


def test_what_cannot_be_included_by_an_included_file_is_named_there(tmp_path: Path):
    _, notices = page(
        tmp_path,
        f"# P\n\n{tag('include', path='../a.md')}\n",
        a__md=f"A\n\n{tag('include', path='b')}",
    )
    assert {(each.location.file, each.location.line) for each in notices} == {("a.md", 3)}


@pytest.mark.parametrize("before", ["", "- ", "Words ", "> "])
@pytest.mark.parametrize("settings", ['{"path": "gone.md"}', '{"path"}', "gone.md"])
def test_what_cannot_be_included_is_one_finding(project, before: str, settings: str):
    built = project({"index.md": f"# A\n\n{before}<include>\n{settings}\n</include>\n"})
    assert [each.code for each in built.result.diagnostics].count("include-missing") == 1


@pytest.mark.parametrize("before", ["", "- ", "> ", "  "])
@pytest.mark.parametrize("name", ["include", "literalinclude"])
@pytest.mark.parametrize("form", [".. {}:: gone.txt", "```{{{}}} gone.txt\n```"])
def test_a_directive_that_cannot_include_is_one_finding_and_says_so(
    project, before: str, name: str, form: str
):
    text = form.format(name).replace("\n", f"\n{before.replace('-', ' ')}")
    built = project({"index.md": f"# A\n\n{before}{text}\n\nEnd.\n"})
    assert built.codes == ["include-missing"]
    assert "The file <code>gone.txt</code> belongs here." in built.read("index.html")


def test_what_is_included_where_an_item_begins_is_its_text(tmp_path: Path):
    (tmp_path / "a.md").write_text("One.\n\n- two\n")
    named = '{"path": "a.md"}'
    text = f"10. <include>\n    {named}\n    </include>\n- <include>{named}</include>\n"
    shown, _ = expand(text, tmp_path / "page.md", tmp_path, "page.md", [])
    assert shown == "10. One.\n\n    - two\n- One.\n\n  - two\n"
