"""What Jinja makes of templates is kept: of ours from process to process, of theirs never."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from sitegen.layout import compiled
from sitegen.layout.compiled import Compiled
from sitegen.layout.templates import Templates


@pytest.fixture(autouse=True)
def _may_leave_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)


def _rendered(source: str, cache: Compiled) -> str:
    loader = jinja2.FunctionLoader(lambda name: (source, name, lambda: True))
    environment = jinja2.Environment(loader=loader, bytecode_cache=cache, autoescape=True)
    return environment.get_template("page.html").render()


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that Jinja has compiled."""
    sources: list[str] = []
    compile = jinja2.Environment.compile

    def count(self: jinja2.Environment, source: str, *names: object) -> object:
        sources.append(source)
        return compile(self, source, *names)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", count)
    return sources


def test_a_template_is_compiled_by_one_process_for_those_that_come_after_it(
    tmp_path: Path, compilings: list[str]
) -> None:
    sources = ["one", "one", "two", "two", "one"]
    assert [_rendered(each, Compiled(tmp_path)) for each in sources] == sources
    assert compilings == ["one", "two", "one"]
    assert len(list(tmp_path.iterdir())) == 1, "the last of each name is kept"


def test_other_code_compiles_templates_again(
    tmp_path: Path, compilings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _rendered("one", Compiled(tmp_path)) == "one"
    monkeypatch.setattr("sitegen.store.digest.code_version", lambda: "another")
    assert _rendered("one", Compiled(tmp_path)) == "one"
    assert compilings == ["one", "one"]


@pytest.mark.parametrize("cut", [0, 3, 20, -1])
def test_a_damaged_file_is_made_anew(tmp_path: Path, compilings: list[str], cut: int) -> None:
    _rendered("one", Compiled(tmp_path))
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:cut])
    assert _rendered("one", Compiled(tmp_path)) == "one"
    assert compilings == ["one", "one"]
    assert kept.read_bytes() == whole


@pytest.mark.parametrize("length", [1, 8, 4096])
@pytest.mark.parametrize("at", range(0, 900, 37))
def test_code_that_is_not_as_it_was_written_is_not_run(
    tmp_path: Path, compilings: list[str], at: int, length: int
) -> None:
    source = "{% for each in [1, 2] %}{{ each + 1 }}{% endfor %}"
    _rendered(source, Compiled(tmp_path))
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    torn = bytes(byte ^ 0xFF for byte in whole[at : at + length])
    kept.write_bytes(whole[:at] + torn + whole[at + length :])
    assert _rendered(source, Compiled(tmp_path)) == "23"
    assert compilings == [source] * 2
    assert kept.read_bytes() == whole


def test_where_nothing_can_be_left_templates_are_compiled_each_time(
    tmp_path: Path, compilings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        assert _rendered("one", Compiled(tmp_path / "absent")) == "one"
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    for _ in range(2):
        assert _rendered("one", Compiled(tmp_path)) == "one"
    assert compilings == ["one"] * 4
    assert not list(tmp_path.iterdir())


def test_code_of_a_projects_templates_is_left_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, theme = tmp_path / "kept", tmp_path / "theme"
    monkeypatch.setattr(compiled, "OURS", Compiled(kept))
    kept.mkdir()
    theme.mkdir()
    (theme / "own.html").write_text("own")
    Templates(theme).compile(["own.html", "page.html"])
    assert not list(kept.iterdir())
    Templates().compile(["page.html"])
    assert list(kept.iterdir())
