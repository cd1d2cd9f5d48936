"""Extensions that raise or cannot be added: named, and the build goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.extension.steps import FILE, PAGE, Run, read, write


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (PAGE.format(title="A").replace('"Do"', '"raise"'), "<Recipe>"),
        ("# NO FEED\n", "the feed 'titles'"),
    ],
)
def test_a_part_that_raises_names_its_extension_and_the_build_goes_on(
    text: str, part: str, run: Run, tmp_path: Path
) -> None:
    write(tmp_path, index="# Home\n", a=text)
    code, out, err = run("build", "docs", "--extension", FILE, "--json", "--no-search")
    found = [d for d in json.loads(out)["diagnostics"] if d["code"] == "extension-failed"]
    assert code == 1
    assert found, err
    assert found[0]["message"].startswith(f"{part} of the extension 'steps' failed: ")
    assert "as asked" in found[0]["message"]
    assert (tmp_path / "build" / "a" / "index.html").is_file()


def test_a_check_that_raises_is_a_finding_and_a_reader_an_error(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index="# RAISE\n")
    code, out, _ = run("check", "docs", "--extension", FILE)
    assert (code, "a check of the extension 'steps' failed: RuntimeError" in out) == (1, True)
    (tmp_path / "rows.bar").write_text("raise|x\n")
    code, _, err = run("build", "rows.bar", "--extension", FILE)
    assert (code, "the reader of the extension 'steps' failed: KeyError" in err) == (1, True)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1", "holds no extension"),
        ("import nothing_of_that_name", "cannot be loaded: ModuleNotFoundError"),
        (
            "from sitegen.extension import Extension\n"
            "from sitegen.render.components import Component\n"
            "fence = Component('fence', lambda node, page: '')\n"
            "extension = Extension('x', '1', components=(fence,))",
            "brings the component 'fence', which 'sitegen' has already",
        ),
        (
            "from sitegen.extension import Extension\n"
            "extension = Extension('x', '1', readers={'.csv': print})",
            "brings a reader for '.csv', which 'sitegen' has already",
        ),
        (
            "from sitegen.extension import Extension\n"
            "extension = Extension('x', '1', components=(3,))",
            "the extension 'x' cannot be used: AttributeError",
        ),
        ("raise SystemExit(3)", "own.py:1: the extension cannot be loaded: SystemExit: 3"),
        (
            "from sitegen.extension import Extension\n"
            "from sitegen.feeds import Feed\n"
            "sitemap = Feed('sitemap', lambda _: True, lambda *_: ())\n"
            "extension = Extension('x', '1', feeds=(sitemap,))",
            "brings a feed 'sitemap', which 'sitegen' has already",
        ),
        (
            "from sitegen.extension import Extension\n"
            "extension = Extension('x', '1', publishers={'s3': print})",
            "brings a publisher for 's3', which 'sitegen' has already",
        ),
        (
            "from sitegen.extension import Extension\nextension = Extension('', '1')",
            "the extension of own.py has no name: ''",
        ),
        (
            "from sitegen.extension import Extension\nextension = Extension(' ', '1')",
            "the extension of own.py has no name: ' '",
        ),
        (
            "from sitegen.extension import Extension\nextension = Extension('x', 1)",
            "the extension of own.py has no version: 1",
        ),
    ],
)
def test_what_cannot_be_added_is_refused(source: str, said: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(source)
    write(tmp_path, index="# A\n")
    code, _, err = run("build", "docs", "--extension", "own.py")
    assert (code, said in err) == (2, True), err
    assert run("build", "docs", "--no-search")[0] == 0


def test_a_file_that_is_named_twice_is_taken_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(Path(FILE).read_text())
    (tmp_path / "link.py").symlink_to("own.py")
    write(tmp_path, index=PAGE.format(title="A"))
    for other in ("own.py", "./own.py", str(tmp_path / "own.py"), "link.py"):
        files = ("--extension", "own.py", "--extension", other)
        code, _, err = run("build", "docs", "--no-search", "--clean", *files)
        assert code == 0, err


def test_two_files_of_one_name_are_refused_by_both_their_names(run: Run, tmp_path: Path) -> None:
    for file in ("own.py", "other.py"):
        (tmp_path / file).write_text(
            "from sitegen.extension import Extension\nextension = Extension('x', '1')"
        )
    write(tmp_path, index="# A\n")
    code, _, err = run("build", "docs", "--extension", "own.py", "--extension", "other.py")
    assert (code, "own.py" in err, "other.py" in err, "'x'" in err) == (2, True, True, True), err


@pytest.mark.parametrize("name", ["", "X(", "My Thing", "Möbel", "a>b", "div", "br", "alert:x"])
def test_a_name_that_no_component_can_have_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(
        "from sitegen.extension import Extension\n"
        "from sitegen.render.components import Component\n"
        f"own = Component({name!r}, lambda node, page: '')\n"
        "extension = Extension('x', '1', components=(own,))",
        encoding="utf-8",
    )
    write(tmp_path, index="# A\n")
    code, _, err = run("build", "docs", "--extension", "own.py")
    assert (code, f"brings the component {name!r}, which is no name for one" in err) == (2, True)


def test_a_name_that_nobody_brings_is_refused_and_a_file_is_never_a_name(
    run: Run, tmp_path: Path
) -> None:
    write(tmp_path, index="# A\n")
    (tmp_path / "own.py").write_text("raise SystemExit('run')")
    for name in ("steps", "own"):
        (tmp_path / "sitegen.toml").write_text(f'input = "docs"\nextensions = ["{name}"]\n')
        code, _, err = run("build")
        assert (code, f"no extension {name!r}" in err) == (2, True)
    for name in ("own.py", "./own.py", "sub/own"):
        (tmp_path / "sitegen.toml").write_text(f'input = "docs"\nextensions = ["{name}"]\n')
        code, _, err = run("build")
        assert (code, f"{name!r} is a file" in err, f"--extension {name}" in err) == (2, True, True)


BROKEN = """
from sitegen.extension import Extension
from sitegen.feeds import Feed

def block(state, start, end, silent):
    if state.src.startswith("# Bad"):
        state.line = end
        state.push("paragraph_open", "p", 1)
        raise KeyError("in a block")
    return False

def inline(state, silent):
    if state.src[state.pos] == "!":
        state.pos += 1
        raise KeyError("in a line")
    return False

def core(state):
    if state.src.startswith("# Bad"):
        raise KeyError("in the core")

def shown(tokens, index, options, env):
    raise KeyError("in the renderer")

def teach(md):
    md.block.ruler.before("paragraph", "my_block", block)
    md.inline.ruler.before("text", "my_inline", inline)
    md.core.ruler.push("my_core", core)
    md.renderer.rules["hr"] = shown

def refuse(md):
    md.enable("no such rule")

def decide(config):
    raise KeyError("is it on")

extension = Extension(
    "broken", "1", rules=(teach, refuse), feeds=(Feed("sad", decide, lambda *_: ()),)
)
"""


@pytest.mark.integration
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rules_that_raise_name_themselves_and_pages_are_whole(
    jobs: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text(BROKEN)
    more = {f"p{n}": f"# P{n}\n" + "\nWords. " * 900 for n in range(80)}
    write(tmp_path, index="# Home\n\nFine.\n", bad="# Bad\n\nStop! And go! On.\n\n---\n", **more)
    options = ("--extension", "broken.py", "--json", "--no-search", "--jobs", jobs, "--no-cache")
    code, out, _ = run("build", "docs", *options)
    found = [d for d in json.loads(out)["diagnostics"] if d["code"] == "extension-failed"]
    assert code == 1
    said = sorted({each["message"] for each in found})
    assert [each.partition(" of the extension 'broken' failed: ")[0] for each in said] == [
        "a rule of the parser",
        "the feed 'sad'",
        "the rule 'my_block'",
        "the rule 'my_core'",
        "the rule 'my_inline'",
        "the rule for 'hr'",
    ]
    assert {each["page"] for each in found if each["page"]} == {"bad"}
    html = read(tmp_path, "bad/index.html")
    assert "Stop! And go! On." in html
    assert "Fine." in read(tmp_path, "index.html")


def test_what_other_files_hold_is_read_where_a_reader_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/good.bar").write_text("a.md|# A\n")
    (tmp_path / "data/odd.bar").write_text("raise|x\n")
    code, out, _ = run("build", "data", "--extension", FILE, "--json", "--no-search")
    found = [d for d in json.loads(out)["diagnostics"] if d["code"] == "extension-failed"]
    assert (code, len(found), found[0]["file"]) == (1, 1, "data/odd.bar")
    assert "the reader of the extension 'steps' failed: KeyError" in found[0]["message"]
    assert (tmp_path / "build/index.html").is_file()


@pytest.mark.parametrize("where", ["opening", "look", "send"])
def test_a_publisher_that_raises_is_named(where: str, run: Run, tmp_path: Path) -> None:
    write(tmp_path, index="# A\n")
    assert run("build", "docs", "--no-search")[0] == 0
    text = Path(FILE).read_text()
    line, blanks = {
        "opening": ("def open_drawer(target: Target) -> Iterator[Drawer]:\n", 4),
        "look": ("def look(self) -> Remote:\n", 8),
        "send": ("def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:\n", 8),
    }[where]
    text = text.replace(line, f"{line}{' ' * blanks}raise KeyError('as asked')\n")
    (tmp_path / "own.py").write_text(text)
    code, _, err = run("publish", f"drawer://{tmp_path}/drawer", "--extension", "own.py")
    assert code == 5
    assert "the publisher of the extension 'steps' failed: KeyError: 'as asked'" in err
