"""Sphinx's autodoc directives show the docstrings of an API source; without one, names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.scan.described import described

Run = Callable[..., tuple[int, str, str]]
PUMP = '''"""All about pumps."""


class Pump:
    """Moves water.

    Args:
        size: How much of it.
    """

    def __init__(self, size: int) -> None: ...

    def start(self) -> None:
        """Begin to move it."""

    def stop(self) -> None:
        """Move it no more."""


def count(of: int = 1) -> int:
    """How many there are."""


def _hidden() -> None:
    """Not for you."""
'''
PAGES = {
    "all.rst": ".. currentmodule:: pumps\n\n.. autoclass:: Pump\n   :members:\n   :undoc:\n",
    "one.rst": ".. autoclass:: pumps.Pump\n   :members: start\n\n   It is *new*.\n",
    "none.md": "# None\n\n```{autoclass} pumps.Pump\n```\n",
    "myst.md": "# Myst\n\n:::{autoclass} pumps.Pump\n:members:\n:::\n",
    "nested.rst": ".. autoclass:: pumps.Pump\n\n   .. automethod:: stop\n",
    "without.rst": ".. autoclass:: pumps.Pump\n   :members:\n   :exclude-members: stop, x\n",
    "module.rst": ".. automodule:: pumps\n   :members:\n   :exclude-members: start\n",
    "function.rst": ".. automodule:: pumps\n   :members: count\n\n.. autoclass:: Pump\n",
    "named.md": "# Named\n\n```{automodule} pumps\n```\n",
    "rst.md": "```{eval-rst}\n.. autofunction:: pumps.count\n```\n\nSee {func}`pumps.count`\n",
}


@pytest.fixture
def pages(run: Run, tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """The pages as they are built, with an API source or without, by their names."""
    for name, text in {f"docs/{name}": text for name, text in PAGES.items()}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "pumps.py").write_text(PUMP)
    api = '[api]\npackages = ["pumps"]\nsearch_paths = ["src"]\n' if request.param else ""
    (tmp_path / "sitegen.toml").write_text(f'input = "docs"\n{api}')
    code, _, said = run("build", "--no-search", "-v")
    assert code == 0, said
    built = {name: tmp_path / "build" / name.partition(".")[0] for name in PAGES}
    return {"": said} | {
        name: (folder / "index.html").read_text() for name, folder in built.items()
    }


@pytest.mark.parametrize("pages", [True], indirect=True)
def test_docstrings_of_the_members_that_options_name_are_shown(pages: dict[str, str]) -> None:
    started, stopped = "Begin to move it", "Move it no more"
    shown = {
        name: (
            "Moves water" in page and "How much of it" in page,
            started in page,
            stopped in page,
        )
        for name, page in pages.items()
        if name.partition(".")[0] in {"all", "one", "none", "myst", "nested", "without", "module"}
    }
    assert shown == {
        "all.rst": (True, True, True),
        "one.rst": (True, True, False),
        "none.md": (True, False, False),
        "myst.md": (True, True, True),
        "nested.rst": (True, False, True),
        "without.rst": (True, True, False),
        "module.rst": (True, False, True),
    }
    assert "It is <em>new</em>." in pages["one.rst"]
    assert "How many there are" in pages["rst.md"]
    assert '#pumps.count"' in pages["rst.md"]
    assert "[dialect]" not in pages[""]


@pytest.mark.parametrize("pages", [True], indirect=True)
def test_a_module_is_its_docstring_over_the_cards_of_its_members(pages: dict[str, str]) -> None:
    said = {"All about pumps", "Moves water", "How many there are", "Not for you"}
    shown = {
        name: {words for words in said if words in pages[name]}
        for name in ("module.rst", "function.rst", "named.md")
    }
    assert shown == {
        "module.rst": said - {"Not for you"},
        "function.rst": said - {"Not for you"},
        "named.md": {"All about pumps"},
    }
    assert 'id="pumps.count"' in pages["module.rst"]
    assert '<a href="#pumps.Pump.stop">' in pages["module.rst"]


@pytest.mark.parametrize("pages", [False], indirect=True)
def test_without_a_source_names_are_shown_with_one_finding_a_page(pages: dict[str, str]) -> None:
    assert pages[""].count("are shown by their names alone [dialect]") == len(PAGES)
    assert "help: name their package in api.packages" in pages[""]
    for name in PAGES:
        article = pages[name].partition("<article")[2].partition("</article>")[0]
        assert not any(sign in article for sign in ("autoclass", "autofunction", ":members"))
        assert 'id="pumps' in pages[name]


def test_what_stands_behind_the_fence_of_a_class_is_no_member_of_it() -> None:
    text = (
        "```{class} A\n\n:::{method} b()\n:::\n```\n\n```{eval-rst}\n.. function:: c()\n```\n\n"
        ".. class:: D()\n\n   x\n\n```{function} e()\n```\n"
    )
    assert [each.name for each in described(text).values()] == ["A", "A.b", "c", "D", "e"]


def test_names_with_a_module_are_of_no_other_one() -> None:
    text = ".. automodule:: a.b\n\n.. autofunction:: c.f\n.. autofunction:: g\n"
    text += ".. automethod:: c.K.m\n.. automethod:: K.m\n"
    names = [each.name for each in described(text).values()]
    assert names == ["a.b", "c.f", "a.b.g", "c.K.m", "a.b.K.m"]


def test_no_link_leads_to_a_member_that_is_left_out(run: Run, tmp_path: Path) -> None:
    left_out = ":members:\n   :exclude-members: stop\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "all.rst").write_text(f".. automodule:: pumps\n   {left_out}")
    (tmp_path / "docs" / "one.rst").write_text(f".. autoclass:: pumps.Pump\n   {left_out}")
    (tmp_path / "docs" / "see.md").write_text("{meth}`pumps.Pump.start` {meth}`pumps.Pump.stop`\n")
    (tmp_path / "pumps.py").write_text(PUMP)
    api = '[api]\npackages = ["pumps"]\nsearch_paths = ["."]\n'
    (tmp_path / "sitegen.toml").write_text(f'input = "docs"\n{api}')
    assert run("build", "--no-search")[0] == 0
    html = (tmp_path / "build" / "see" / "index.html").read_text()
    assert '#pumps.Pump.start"' in html
    assert '#pumps.Pump.stop"' not in html
