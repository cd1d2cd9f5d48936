"""Builds for which another process reads the rows: the bytes and the errors are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import workers
from sitegen.build import build
from sitegen.errors import ReadError, TemplateError
from tests.clean_builds import Dataset, assert_as_a_clean_build, config, tree

TEMPLATE = '{% extends "sitegen/page.html" %}{% block article %}{{ body }}<p>WORD</p>{% endblock %}'
NOSY = (
    '{% extends "sitegen/page.html" %}{% block article %}{{ body }}'
    "{% for p in site.pages %}{{ p.document.length }} {% endfor %}{% endblock %}"
)


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Have another process read even the smallest input; note each time that one does."""
    monkeypatch.setattr(workers, "WORTH_WORKERS", 1)
    noted: list[bool] = []
    real = workers.file_of_processes
    monkeypatch.setattr(workers, "file_of_processes", lambda: (noted.append(True), real())[1])
    return noted


@pytest.mark.integration
def test_when_another_process_reads_the_bytes_are_a_clean_builds(
    tmp_path: Path, aside: list[bool]
) -> None:
    dataset = Dataset(tmp_path, 4)
    for _ in range(6):
        dataset.change()
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",), jobs=2)
    assert len(aside) > 3


@pytest.mark.integration
def test_when_another_process_lists_a_large_site_the_bytes_are_a_clean_builds(
    tmp_path: Path, aside: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_LARGEST_PASSED", 0)
    dataset = Dataset(tmp_path, 4)
    for change in range(6):
        dataset.change()
        if change == 3:
            (tmp_path / "out" / "index.html").unlink()
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",), jobs=2)
    assert len(aside) >= 5


@pytest.mark.integration
def test_what_is_wrong_is_said_the_same_when_another_process_reads(
    tmp_path: Path, aside: list[bool]
) -> None:
    dataset = Dataset(tmp_path, 4)
    (tmp_path / "templates").mkdir()
    template = tmp_path / "templates" / "page.html"
    template.write_text(TEMPLATE)
    (tmp_path / "sitegen.toml").write_text('[theme]\ntemplates = "templates"\n')
    settings = config(tmp_path, input=("rows.jsonl",), jobs=2)
    build(settings)
    before = tree(tmp_path / "out")
    template.write_text("{% if %}")
    with pytest.raises(TemplateError, match=r"page\.html"):
        build(settings)
    dataset.file.write_text('{"text": "There is no source."}\n')
    with pytest.raises(ReadError, match="source"):
        build(settings)
    assert aside == [True, True, True]
    assert tree(tmp_path / "out") == before


def test_a_failed_reading_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        build(config(tmp_path, "x/out", input=("none.jsonl",)))
    assert list(tmp_path.iterdir()) == []
