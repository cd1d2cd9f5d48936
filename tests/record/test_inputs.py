"""Of an input all is looked at that its pages are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clean_builds import assert_as_a_clean_build


@pytest.mark.parametrize("source", ["docs", "docs/index.md", "docs/*.md"])
def test_a_file_that_is_no_page_counts_where_one_includes_it(tmp_path: Path, source: str) -> None:
    docs = tmp_path / "docs"
    (docs / "parts").mkdir(parents=True)
    (docs / "index.md").write_text('# A\n\n--8<-- "parts/x.md"\n\n--8<-- "parts/y.md"\n')
    (docs / "other.md").write_text("# Other\n")
    (docs / ".sitegenignore").write_text("y.md\n")
    (tmp_path / "sitegen.toml").write_text('exclude = ["x.md"]\n')
    for text in ("one", "two"):
        for name in ("x", "y"):
            (docs / "parts" / f"{name}.md").write_text(f"It is {name} {text}.\n")
            assert_as_a_clean_build(tmp_path, input=(source,))
            assert f"{name} {text}" in (tmp_path / "out" / "index.html").read_text()
    for left_out in ("y.md\nother.md\n", "y.md\n"):
        (docs / ".sitegenignore").write_text(left_out)
        assert_as_a_clean_build(tmp_path, input=(source,))
