"""A package that adds one of each thing, installed and named in the configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import build, load_config
from tests.extension.steps import FILE, PACKAGE, PAGE, Run, read, write


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages as an installer lays them out: the package and its entry points."""
    folder = tmp_path_factory.mktemp("packages")
    (folder / "sitegen_steps.py").write_text(Path(FILE).read_text())
    info = folder / "sitegen_steps-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sitegen-steps\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[sitegen.extensions]\n"
        "steps = sitegen_steps:extension\nsteps-of-cooks = sitegen_steps:extension\n"
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


def test_a_package_may_call_its_extension_otherwise(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.syspath_prepend(str(installed))
    write(tmp_path, index=PAGE.format(title="Home"))
    (tmp_path / "sitegen.toml").write_text('input = "docs"\nextensions = ["steps-of-cooks"]\n')
    code, _, err = run("build", "--no-search")
    assert (code, '<div class="steps">' in read(tmp_path, "index.html")) == (0, True), err


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ('["steps", "steps"]', "extensions names 'steps' twice"),
        ('["steps", " "]', "extensions[2] names none"),
    ],
)
def test_a_name_that_stands_twice_or_is_none_is_refused(
    names: str, says: str, tmp_path: Path, run: Run
) -> None:
    write(tmp_path, index="# A\n")
    (tmp_path / "sitegen.toml").write_text(f'input = "docs"\nextensions = {names}\n')
    code, _, err = run("build", "--no-search")
    assert (code, says in err) == (2, True), err


def test_one_extension_under_two_names_is_refused(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.syspath_prepend(str(installed))
    write(tmp_path, index="# A\n")
    (tmp_path / "sitegen.toml").write_text(
        'input = "docs"\nextensions = ["steps", "steps-of-cooks"]\n'
    )
    code, _, err = run("build", "--no-search")
    said = "two extensions are called 'steps': that of steps and of steps-of-cooks"
    assert (code, said in err) == (2, True), err


def test_nothing_of_a_package_is_loaded_that_is_not_named(installed: Path, tmp_path: Path) -> None:
    write(tmp_path, index="# A\n")
    code = (
        "import sys; from sitegen import build, load_config\n"
        "build(load_config(flags={'input': 'docs'}))\n"
        "print('sitegen_steps' in sys.modules, 'importlib.metadata' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": f"{installed}:{PACKAGE.parents[2]}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split()[0] == "False"


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
