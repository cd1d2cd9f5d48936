"""What the documentation tells people to install, done to the letter where nothing is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen import __version__
from sitegen.cli.start.workflow import workflow
from sitegen.data import DISTRIBUTION, install_line

CHECKOUT = Path(__file__).parents[1]
DOCS = (CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md")))
_FENCES = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]*pip install [^`\n]*)`")
_OTHER_PROJECT = re.compile(
    r"(?<![\w./-])sitegen\[|\bpip install\b[^\n`]* ['\"]?sitegen(?![\w./-])"
)


def install_commands() -> Iterator[str]:
    """Every line that installs something of ours, as it stands in README and docs."""
    for file in DOCS:
        text = file.read_text("utf-8")
        lines = [line for fence in _FENCES.findall(text) for line in fence.splitlines()]
        for line in [*lines, *_INLINE.findall(text)]:
            if "pip install" in line or "pip wheel" in line:
                yield line


def workflows() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in DOCS:
        for example in _YAML.findall(file.read_text("utf-8")):
            found = yaml.safe_load(example)
            if isinstance(found, dict) and "jobs" in found:
                yield f"{file.stem}:{found['name']}", found


def is_wanted(step: dict[str, Any], action: str) -> bool:
    """Whether a step is taken at an event of a pull request."""
    condition = step.get("if", "")
    return not condition or ("== 'closed'" in condition) == (action == "closed")


def environment_of(flow: dict[str, Any], step: dict[str, Any]) -> dict[str, str]:
    """The variables of a step: the number of a pull request is 12, every secret a word."""
    named = {**flow.get("env", {}), **step.get("env", {})}
    known = {
        name: value.replace("${{ github.event.number }}", "12") for name, value in named.items()
    }
    return {name: "token" if "${{" in value else value for name, value in known.items()}


def sh(command: str, folder: Path, **environment: str) -> str:
    """Run a line as a shell of a fresh machine does: nothing of this environment is there."""
    keep = ("HOME", "LANG")
    base = {
        name: value for name, value in os.environ.items() if name in keep or name.startswith("PIP_")
    }
    path = f"{folder / '.venv' / 'bin'}:/usr/local/bin:/usr/bin:/bin"
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", command],
        cwd=folder,
        env={"PATH": path, "PYTEST_ADDOPTS": "--collect-only", **base, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def fresh_python(folder: Path) -> None:
    subprocess.run(["python3", "-m", "venv", folder / ".venv"], check=True)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as it comes: without environment, history and what was built."""
    folder = tmp_path_factory.mktemp("fresh") / "sitegen"
    ignore = shutil.ignore_patterns(
        ".venv", ".git", "build", "dist", ".sitegen", "*cache*", "tools"
    )
    shutil.copytree(CHECKOUT, folder, ignore=lambda at, names: {*ignore(at, names)} - {"cache.py"})
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    fresh_python(folder)
    sh(f"pip wheel -q --no-deps -w . {checkout}", folder)
    return next(folder.glob("*.whl"))


def test_the_version_names_the_package_and_the_command(run: Any) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out == f"sitegen {__version__} ({DISTRIBUTION}, from a checkout)\n"


def test_no_text_of_ours_tells_to_install_the_other_project_of_our_name() -> None:
    sources = [*(CHECKOUT / "sitegen").rglob("*.py"), CHECKOUT / "pyproject.toml"]
    files = [*DOCS, CHECKOUT / "CONTRIBUTING.md", CHECKOUT / "CHANGELOG.md", *sources]
    wrong = {
        f"{file.relative_to(CHECKOUT)}: {found[0]}"
        for file in files
        for found in _OTHER_PROJECT.finditer(file.read_text("utf-8"))
    }
    assert wrong == set()


def test_a_missing_extra_is_added_by_a_line_that_fits_this_installation() -> None:
    assert install_line("search") == "pip install -e '.[search]', in its checkout"


def test_the_workflow_of_the_docs_is_the_one_that_init_writes() -> None:
    assert workflow("tools/sitegen_docs-*.whl") in (CHECKOUT / "docs" / "publish.md").read_text()


@pytest.mark.network
def test_every_install_line_of_the_documentation_gives_our_command(
    checkout: Path, wheel: Path
) -> None:
    (checkout / "tools").mkdir()
    shutil.copy(wheel, checkout / "tools")
    commands = list(dict.fromkeys(install_commands()))
    assert len(commands) >= 6
    for command in commands:
        sh(command, checkout)
        assert f"({DISTRIBUTION}" in sh("sitegen --version", checkout), command
    assert (checkout / "build" / "index.html").is_file()


@pytest.mark.network
def test_an_installed_wheel_names_the_line_that_adds_an_extra_to_it(
    wheel: Path, tmp_path: Path
) -> None:
    fresh_python(tmp_path)
    sh(f"pip install -q {wheel}", tmp_path)
    says = "python -c 'from sitegen.data import install_line; print(install_line(\"search\"))'"
    line = sh(says, tmp_path).strip()
    assert line == f"pip install '{DISTRIBUTION}[search]'"
    sh(line, tmp_path)
    assert sh("sitegen --version", tmp_path) == f"sitegen {__version__} ({DISTRIBUTION})\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Hello\n\nText.\n")
    sh("sitegen build docs --search", tmp_path)
    assert (tmp_path / "build" / "pagefind").is_dir()


@pytest.mark.network
@pytest.mark.parametrize(("name", "flow"), [pytest.param(*f, id=f[0]) for f in workflows()])
def test_the_steps_of_a_documented_workflow_run(
    name: str, flow: dict[str, Any], wheel: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (project / "tools").mkdir()
    shutil.copy(wheel, project / "tools")
    (project / "docs" / "index.md").write_text("# Hello\n\nA text that is long enough to say it.\n")
    (project / "sitegen.toml").write_text('input = "docs"\nsearch = "headings"\n')
    (project / "known.json").write_text('{"format": 1, "known": {}}\n')
    sh(
        "git init -q -b main && git init -q --bare ../origin.git"
        " && git remote add origin file://$(cd .. && pwd)/origin.git && git add docs sitegen.toml"
        " && git -c user.name=a -c user.email=a@example.org commit -qm Start"
        " && git push -q origin main",
        project,
    )
    fresh_python(project)  # what actions/setup-python does
    published = "git ls-tree -r --name-only gh-pages"
    for action in ("opened", "closed") if "preview" in flow["jobs"] else ("",):
        for job in flow["jobs"].values():
            for step in job["steps"]:
                if "run" in step and is_wanted(step, action):
                    sh(step["run"], project, **environment_of(flow, step))
        if action == "opened":
            assert "preview/12/index.html" in sh(published, tmp_path / "origin.git")
    if "preview" in flow["jobs"]:
        assert "index.html" not in sh(published, tmp_path / "origin.git")
    elif "publish" in flow["jobs"]:
        assert "index.html" in sh(published, tmp_path / "origin.git")
    else:
        assert (project / "findings.sarif").is_file(), name
