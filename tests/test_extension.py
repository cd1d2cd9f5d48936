"""A package that adds one of each thing: by name when it is installed, or as a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import build, load_config
from sitegen.extension import extended
from sitegen.render.components import COMPONENTS
from sitegen.store.stamp import code_version

Run = Callable[..., tuple[int, str, str]]
PACKAGE = Path(__file__).parent / "extension"
FILE = str(PACKAGE / "sitegen_steps.py")
PAGE = """# {title}

<Recipe title="Do">

1. One *thing*.
2. Another.

</Recipe>
"""


def write(folder: Path, **pages: str) -> None:
    (folder / "docs").mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")


def read(folder: Path, name: str) -> str:
    return (folder / "build" / name).read_text("utf-8")


def test_each_part_of_an_extension_is_used_by_a_build(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index=PAGE.format(title="Home"))
    code, _, err = run("build", "docs", "--extension", FILE, "-v", "--no-search")
    assert code == 0, err
    html = read(tmp_path, "index.html")
    assert '<div class="steps">\n<ol>\n<li>One *thing*.</li>' in html
    assert "**Do**\n\n1. One *thing*." in read(tmp_path, "index.md")
    assert read(tmp_path, "titles.txt") == "Home"


def test_without_being_named_it_adds_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index=PAGE.format(title="Home"))
    code, _, err = run("build", "docs", "-v", "--no-search")
    assert (code, "component-unknown" in err or "Recipe" in err) == (0, True)
    assert "<em>thing</em>" in read(tmp_path, "index.html")
    assert "Recipe" not in COMPONENTS


def test_worker_processes_have_its_components_too(run: Run, tmp_path: Path) -> None:
    pages = {f"p{n}": PAGE.format(title=f"P{n}") + "\nWords. " * 600 for n in range(120)}
    write(tmp_path, **pages)
    for jobs in ("1", "2"):
        options = ("--extension", FILE, "--jobs", jobs, "-o", f"b{jobs}", "--no-cache", "-q")
        assert run("build", "docs", "--no-search", *options)[0] == 0
    for n in range(120):
        one, two = ((tmp_path / f"b{j}" / f"p{n}" / "index.html").read_bytes() for j in "12")
        assert one == two
        assert b'<div class="steps">' in one


def test_a_reader_reads_files_of_its_suffix(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.bar").write_text("a.md|# A\nb.md|Hello.\n")
    assert run("build", "rows.bar", "--extension", FILE, "--no-search")[0] == 0
    assert "Hello." in read(tmp_path, "b/index.html")
    code, _, err = run("build", "rows.bar")
    assert (code, "no reader for .bar" in err) == (1, True)


def test_its_findings_have_help_and_severities_can_be_set(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index="# LOUD\n\n<Recipe>\n\nNo list.\n\n</Recipe>\n")
    found = json.loads(run("check", "docs", "--extension", FILE, "--format", "json")[1])["findings"]
    helps = {each["code"]: each["help"] for each in found}
    assert helps["steps-without-list"] == "write a numbered list"
    assert helps["title-shouts"] == "write it as a title"
    (tmp_path / "sitegen.toml").write_text('input = "docs"\ncheck.rules.title-shouts = "error"\n')
    assert run("check", "--extension", FILE)[0] == 1
    code, _, err = run("check")
    assert (code, "no rule 'title-shouts'" in err) == (2, True)


def test_a_site_is_published_by_its_scheme(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index="# A\n")
    assert run("build", "docs", "--no-search")[0] == 0
    code, _, err = run("publish", f"drawer://{tmp_path}/drawer", "--extension", FILE)
    assert code == 0, err
    assert (tmp_path / "drawer" / "index.html").is_file()
    assert run("publish", f"drawer://{tmp_path}/drawer")[0] == 2


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


def test_its_version_enters_what_is_remembered(tmp_path: Path) -> None:
    before = code_version()
    with extended((), [Path(FILE)]):
        assert code_version() != before
    assert code_version() == before
    other = tmp_path / "sitegen_steps.py"
    other.write_text(Path(FILE).read_text().replace('version="1.0"', 'version="2.0"'))
    with extended((), [Path(FILE)]):
        one = code_version()
    with extended((), [other]):
        assert code_version() != one


def test_an_edited_file_is_noticed_by_the_next_build(run: Run, tmp_path: Path) -> None:
    write(tmp_path, index=PAGE.format(title="Home"))
    own = tmp_path / "own.py"
    for look in ("steps", "stairs"):
        own.write_text(Path(FILE).read_text().replace('class="steps"', f'class="{look}"'))
        assert run("build", "docs", "--extension", "own.py", "--no-search", "-q")[0] == 0
        assert f'<div class="{look}">' in read(tmp_path, "index.html")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1", "holds no extension"),
        ("import nothing_of_that_name", "cannot be loaded: ModuleNotFoundError"),
        (
            "from sitegen.extension import Extension\n"
            "from sitegen.render.components import Component\n"
            "tip = Component('Tip', lambda node, page: '')\n"
            "extension = Extension('x', '1', components=(tip,))",
            "brings <Tip>, which there is",
        ),
        (
            "from sitegen.extension import Extension\n"
            "extension = Extension('x', '1', readers={'.csv': print})",
            "brings a reader for '.csv', which there is",
        ),
        (
            "from sitegen.extension import Extension\n"
            "extension = Extension('x', '1', components=(3,))",
            "the extension 'x' cannot be used: AttributeError",
        ),
        ("raise SystemExit(3)", "own.py cannot be loaded: SystemExit: 3"),
    ],
)
def test_what_cannot_be_added_is_refused(source: str, said: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(source)
    write(tmp_path, index="# A\n")
    code, _, err = run("build", "docs", "--extension", "own.py")
    assert (code, said in err) == (2, True), err
    assert run("build", "docs", "--no-search")[0] == 0


def test_a_name_that_nobody_brings_is_refused_and_a_file_is_never_a_name(
    run: Run, tmp_path: Path
) -> None:
    write(tmp_path, index="# A\n")
    (tmp_path / "own.py").write_text("raise SystemExit('run')")
    for name in ("steps", "own.py", "./own.py", "own"):
        (tmp_path / "sitegen.toml").write_text(f'input = "docs"\nextensions = ["{name}"]\n')
        code, _, err = run("build")
        assert (code, f"no extension {name!r}" in err) == (2, True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages as an installer lays them out: the package and its entry points."""
    folder = tmp_path_factory.mktemp("packages")
    (folder / "sitegen_steps.py").write_text(Path(FILE).read_text())
    info = folder / "sitegen_steps-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sitegen-steps\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[sitegen.extensions]\nsteps = sitegen_steps:extension\n"
    )
    return folder


def test_an_installed_package_adds_when_the_configuration_names_it(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(installed))
    write(tmp_path, index=PAGE.format(title="Home"))
    for names, shown in (('["steps"]', True), ("[]", False)):
        (tmp_path / "sitegen.toml").write_text(f'input = "docs"\nextensions = {names}\n')
        build(load_config(flags={"search": False, "jobs": 1}, environ={}, cwd=tmp_path))
        assert ('<div class="steps">' in read(tmp_path, "index.html")) is shown


def test_nothing_of_a_package_is_loaded_that_is_not_named(installed: Path, tmp_path: Path) -> None:
    write(tmp_path, index="# A\n")
    code = (
        "import sys; from sitegen import build, load_config\n"
        "build(load_config(flags={'input': 'docs'}))\n"
        "print('sitegen_steps' in sys.modules, 'importlib.metadata' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": f"{installed}:{PACKAGE.parents[1]}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split()[0] == "False"


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


@pytest.fixture(scope="module")
def from_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is when its wheel is installed, in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "-q"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder, PACKAGE], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", folder / "in", wheel], check=True)
    return folder / "in"


@pytest.mark.network
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_package_that_is_installed_from_its_wheel_adds_one_of_each(
    jobs: str, from_wheel: Path, tmp_path: Path
) -> None:
    def sitegen(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sitegen", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(from_wheel)},
            capture_output=True,
            text=True,
            check=False,
        )

    write(tmp_path, **{f"p{n}": PAGE.format(title=f"P{n}") + "\nWords. " * 600 for n in range(90)})
    (tmp_path / "docs/index.md").write_text("# LOUD\n\n<Recipe>\n\nNo list.\n\n</Recipe>\n")
    (tmp_path / "sitegen.toml").write_text('extensions = ["steps"]\nsearch = false\n')
    built = sitegen("build", "docs", "--jobs", jobs)
    assert built.returncode == 0, built.stderr
    for n in range(90):
        assert '<div class="steps">' in read(tmp_path, f"p{n}/index.html")
        assert "One *thing*." in read(tmp_path, f"p{n}/index.html")  # a rule of the parser
    assert "LOUD" in read(tmp_path, "titles.txt").splitlines()
    found = json.loads(sitegen("check", "docs", "--format", "json").stdout)["findings"]
    helps = {each["code"]: each["help"] for each in found}
    assert helps["steps-without-list"] == "write a numbered list"
    assert helps["title-shouts"] == "write it as a title"
    sent = sitegen("publish", f"drawer://{tmp_path}/drawer")
    assert (sent.returncode, (tmp_path / "drawer/index.html").is_file()) == (0, True), sent.stderr
    (tmp_path / "rows.bar").write_text("a.md|# A\nb.md|Hello.\n")
    assert sitegen("build", "rows.bar", "-o", "rows").returncode == 0
    assert "Hello." in (tmp_path / "rows/b/index.html").read_text()
    again = sitegen("build", "docs", "--jobs", jobs, "--json")
    assert json.loads(again.stdout)["files"]["changed"] == 0
    module = from_wheel / "sitegen_steps.py"
    before = module.read_text()
    try:
        module.write_text(
            before.replace('version="1.0"', 'version="1.1"').replace(
                'class="steps"', 'class="stairs"'
            )
        )
        assert sitegen("build", "docs", "--jobs", jobs).returncode == 0
        assert '<div class="stairs">' in read(tmp_path, "p1/index.html")
    finally:
        module.write_text(before)


_OWN = """
from sitegen.errors import Diagnostic, Severity
from sitegen.extension import Check, Extension
from sitegen.feeds import Feed
from sitegen.model import OutputFile
from sitegen.render.components import Component

def feed(path, data=b""):
    return {"feeds": (Feed("mine", lambda _: True, lambda *_: [OutputFile(path, data)]),)}

def component(render=lambda node, page: node.body, **more):
    return {"components": (Component("Mine", render, **more),)}

def leave(*_):
    raise SystemExit(9)

extension = Extension("odd", "1", **{given})
"""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("component(lambda *_: None)", "<Mine> of the extension 'odd' failed: TypeError: str is"),
        ("component(leave)", "<Mine> of the extension 'odd' failed: SystemExit: 9"),
        ("component(markdown=lambda *_: 3)", "<Mine> of the extension 'odd' failed: TypeError"),
        ("component(label=lambda *_: 1 / 0)", "<Mine> of the extension 'odd' failed: ZeroDivision"),
        ("feed('../out')", "'mine' of the extension 'odd' failed: ValueError: not a path inside"),
        ("feed('index.html')", "ValueError: the site has a file 'index.html' already"),
        ("feed('a.txt', 'text')", "TypeError: bytes is wanted, and str was given"),
    ],
)
def test_a_part_that_gives_what_is_none_is_named_and_the_build_goes_on(
    given: str, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "own.py").write_text(_OWN.replace("{given}", given))
    write(tmp_path, index="# Home\n\nA <Mine>*word*</Mine> here.\n\n<Mine>\n\nWords.\n\n</Mine>\n")
    code, out, _ = run("build", "docs", "--extension", "own.py", "--json", "--no-search")
    found = [d for d in json.loads(out)["diagnostics"] if d["code"] == "extension-failed"]
    assert code == 1
    assert said in found[0]["message"]
    html = read(tmp_path, "index.html")
    assert "<em>word</em>" in html
    assert "<p>Words.</p>" in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{'checks': (Check('mine', 'M', 'm', lambda _: [3]),)}", "Diagnostic is wanted, and int"),
        (
            "{'checks': (Check('mine', 'M', 'm', lambda _: "
            "[Diagnostic('other', Severity.WARNING, 'seen')]),)}",
            "warning: seen [other]",
        ),
        ("component(lambda node, page: page.report('other', 'seen') or '')", "seen [other]"),
    ],
)
def test_whatever_a_check_finds_is_listed_with_a_remedy(
    given: str, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "own.py").write_text(_OWN.replace("{given}", given))
    write(tmp_path, index="# Home\n\n<Mine>\n\nWords.\n\n</Mine>\n")
    _, out, err = run("check", "docs", "--extension", "own.py")
    assert said in out, err
    assert "help: tell those who wrote the extension" in out
