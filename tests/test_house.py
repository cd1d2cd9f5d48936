"""The house: a newcomer finds the room by its name."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
PACKAGE = CHECKOUT / "sitegen"


def entries() -> set[str]:
    """What stands at the root, but for what Python and a wheel leave there, in old folders too."""
    return {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (any(path.rglob("*.py")) and path.name != "_data")
    }


def test_the_root_of_the_package_is_read_at_one_glance() -> None:
    assert len(entries()) <= 32


def test_every_entry_of_the_root_has_its_layer_and_no_import_is_excepted() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    layers = next(
        contract
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["id"] == "layers"
    )
    assert layers["exhaustive"] is True
    assert "ignore_imports" not in layers
    named = {name.strip() for line in layers["layers"] for name in line.split("|")}
    assert named == entries() - {"__init__", "__main__"}


def test_only_render_takes_the_html_of_a_body_apart() -> None:
    tools = {"re", "nh3", "html.parser", "html5lib", "html.entities"}
    takers = {}
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).as_posix()
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        names = {
            alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
        }
        modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        used = (names | modules) & tools if attributes & {"html", "sought"} else set()
        if used and not place.startswith("render/"):
            takers[place] = used
    assert takers == {}


def test_tests_stand_where_what_they_test_stands() -> None:
    # A whole site, what pages must come to, and the language's cases by their numbers.
    outside = {"browser", "golden", "render/edge_cases"}
    folders = {
        path.parent.relative_to(CHECKOUT / "tests").as_posix()
        for path in (CHECKOUT / "tests").rglob("test_*.py")
    }
    assert {f for f in folders if f not in outside and not (PACKAGE / f).is_dir()} == set()


def test_every_file_that_the_map_of_the_house_names_is_there() -> None:
    text = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`([a-z_/.]+\.(?:py|js))`", text)
    assert len(named) > 12
    assert [
        name for name in named if not any((at / name).is_file() for at in (PACKAGE, CHECKOUT))
    ] == []


def test_contributing_is_read_in_a_minute() -> None:
    assert len((CHECKOUT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 80


def test_tests_of_every_marker_are_run_by_ci() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    markers = [line.split(":")[0] for line in settings["tool"]["pytest"]["ini_options"]["markers"]]
    chosen = re.findall(r' -m ("[^"]+"|[a-z]+)', (CHECKOUT / ".ci" / "run").read_text("utf-8"))
    run = re.sub(r"not \(.*?\)|not \w+", "", " ".join(chosen))
    assert [marker for marker in markers if marker not in run] == []


def test_the_program_is_read_in_one_screen() -> None:
    assert len((PACKAGE / "build.py").read_text("utf-8").splitlines()) <= 60


def test_files_and_functions_are_read_at_one_glance() -> None:
    long = []
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text("utf-8")
        if text.count("\n") > 300:
            long.append(file.name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 50:
                    long.append(f"{file.name}:{node.name}")
    assert long == []


def test_files_of_tests_are_read_at_one_glance() -> None:
    files = (CHECKOUT / "tests").rglob("*.py")
    assert [file.name for file in files if file.read_text("utf-8").count("\n") > 300] == []
