"""``from sitegen import build, load_config``: from any program, the same bytes as the command."""

from __future__ import annotations

import filecmp
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from sitegen import SitegenError, load_config
from tests.examples import some

CHECKOUT = Path(__file__).parents[1]
PAGE = (
    "# Page {n}\n\nSee [the next](page{m}.md).\n\n```python\nprint({n})\n```\n\n" + "Words. " * 400
)
PREAMBLE = """
from pathlib import Path
from sitegen import build, load_config

def make(output):
    return build(load_config(flags={"output": Path(output), "jobs": 2, "cache": False}))
"""
WAYS = {
    "script": "make('site')",
    "thread": """
from threading import Thread
thread = Thread(target=make, args=("site",))
thread.start()
thread.join()
""",
    "asyncio": """
import asyncio
asyncio.run(asyncio.to_thread(make, "site"))
""",
    "coroutine": """
import asyncio
async def main():
    make("site")
asyncio.run(main())
""",
    "spawn": """
import multiprocessing
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.map(make, ["site"], chunksize=1)
""",
    "forkserver": """
import multiprocessing
multiprocessing.set_start_method("forkserver", force=True)
if __name__ == "__main__":
    process = multiprocessing.Process(target=make, args=("site",))
    process.start()
    process.join()
""",
    "daemonic pool": """
import multiprocessing
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(1) as pool:
        pool.map(make, ["site"])
""",
    "process of an executor": """
from concurrent.futures import ProcessPoolExecutor
if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        executor.submit(make, "site").result()
""",
    "beside a thread": """
from threading import Event, Thread
stop = Event()
thread = Thread(target=stop.wait)
thread.start()
make("site")
stop.set()
thread.join()
""",
    "spawn without a guard": """
import multiprocessing
multiprocessing.set_start_method("spawn", force=True)
make("site")
""",
}
"""How a program may come to build; `make` stands before each of them."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project large enough for worker processes, and built by the command."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "docs").mkdir()
    for n in range(150):
        text = PAGE.format(n=n, m=(n + 1) % 150)
        (folder / "docs" / f"page{n}.md").write_text(text, encoding="utf-8")
    (folder / "sitegen.toml").write_text('input = "docs"\nsearch = "headings"\n')
    command = [sys.executable, "-m", "sitegen", "build", "-o", "by-command", "-q", "--no-cache"]
    subprocess.run(command, cwd=folder, check=True)
    return folder


def assert_same(left: Path, right: Path) -> None:
    """Compare every file of two folders."""
    names = sorted(p.relative_to(left) for p in left.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(right) for p in right.rglob("*") if p.is_file())
    assert filecmp.cmpfiles(left, right, names, shallow=False)[1:] == ([], [])


@pytest.mark.integration
@pytest.mark.parametrize("way", WAYS)
def test_a_program_builds_the_same_bytes_as_the_command(
    way: str, project: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    output = str(tmp_path / "site")
    script.write_text(
        PREAMBLE + WAYS[way].replace('"site"', repr(output)).replace("'site'", repr(output))
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", script],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert_same(project / "by-command", tmp_path / "site")


ON_A_LINE = {
    "a process": "process = context.Process(target=build, args=(config,)); process.start();"
    " process.join(); raise SystemExit(process.exitcode)",
    "an executor": "pool = ProcessPoolExecutor(1, context);"
    " assert pool.submit(build, config).result().report['pages'] == 150; pool.shutdown()",
    "a pool": "pool = context.Pool(1); pool.map(build, [config]); pool.close(); pool.join()",
}


@pytest.mark.integration
@pytest.mark.parametrize(
    ("method", "way"), some([*product(("spawn", "forkserver", "fork"), ON_A_LINE)], least=6)
)
def test_a_line_of_python_builds_in_a_process_of_any_kind(
    method: str, way: str, project: Path, tmp_path: Path
) -> None:
    code = (
        "import multiprocessing; from concurrent.futures import ProcessPoolExecutor\n"
        "from sitegen import build, load_config\n"
        f"context = multiprocessing.get_context({method!r})\n"
        f"flags = {{'output': {str(tmp_path / 'site')!r}, 'cache': False, 'jobs': 2}}\n"
        f"config = load_config(flags=flags); {ON_A_LINE[way]}"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert_same(project / "by-command", tmp_path / "site")


@pytest.mark.integration
def test_a_notebook_builds_the_same_bytes_as_the_command(project: Path, tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient", reason="no notebooks here")
    nbformat = pytest.importorskip("nbformat", reason="no notebooks here")
    pytest.importorskip("ipykernel", reason="no kernel here")
    cell = PREAMBLE + f"make({str(tmp_path / 'site')!r}); print(build.__name__)"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(project)}}).execute()
    assert notebook.cells[0].outputs[0].text == "build\n"
    assert_same(project / "by-command", tmp_path / "site")


def python(code: str, *options: str) -> str:
    command = [sys.executable, *options, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT).stdout


def test_build_is_the_function_whatever_has_been_loaded() -> None:
    code = "import sitegen, sitegen.build; from sitegen import build; print(build is sitegen.build)"
    assert python(f"{code}; print(callable(build))").split() == ["True", "True"]


def test_importing_the_package_loads_nothing_of_it() -> None:
    loaded = python(
        "import sys; before = set(sys.modules); import sitegen; print(set(sys.modules) - before)",
        "-S",
    )
    assert "sitegen.errors" not in loaded
    assert "typing" not in loaded


def test_flags_may_be_texts_and_those_that_are_no_keys_are_named(tmp_path: Path) -> None:
    config = load_config(flags={"input": "docs", "output": "site"}, environ={}, cwd=tmp_path)
    assert (config.input, config.output) == ((str(tmp_path / "docs"),), tmp_path / "site")
    with pytest.raises(SitegenError, match="unknown key 'tittle': did you mean 'title'"):
        load_config(flags={"tittle": "T"}, environ={}, cwd=tmp_path)
