from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.check.baseline import dump_baseline, new_findings
from sitegen.check.catalogue import CATALOGUE
from sitegen.check.formats.text import as_github, as_text
from sitegen.errors import ConfigError, Diagnostic, Location, Severity

Checked = Callable[..., tuple[Diagnostic, ...]]
LONG = "A sentence that is long enough to be no chance when it comes twice in one dataset. " * 3
PLANTED = [
    ("a.md", "0_0", None, "Words of the first page, enough of them to be a chunk of its own."),
    (
        "a.md",
        "0_1",
        "#Setup",
        "See [it](b#GOAL) and ![p](https://pictures.example.org/x.png) there.",
    ),
    (
        "a.md",
        "0_3",
        "#next",
        "A [link](gone) to a page that nobody wrote, and more words for size.",
    ),
    ("a.md", "0_4", "#tip", "<Tip>\n\nA tip that never ends, with enough words to be a chunk.\n"),
    ("b.md", "1_0", None, LONG),
    ("b.md", "1_1", "#goal", "Words of the second page, which are neither few nor said before."),
    ("b.md", "1_2", "#again", LONG),
    ("b.md", "1_3", "#few", "Few."),
    ("b.md", "1_4", "#code", "Code that goes on and on, to the end of the page:\n\n```py\nx = 1\n"),
]


def test_every_planted_fault_is_found_once_at_its_row(checked: Checked, tmp_path: Path) -> None:
    findings = checked(PLANTED)
    places = {(f.code, f.location.row) for f in findings if f.code != "restored"}
    assert places == {
        ("link-anchor", 1),
        ("remote-host", 1),
        ("order-gap", 2),
        ("link-page", 2),
        ("component-unclosed", 3),
        ("text-repeated", 6),
        ("text-short", 7),
        ("fence-unclosed", 8),
    }
    assert max(Counter(f.code for f in findings if f.code != "restored").values()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["docs.parquet", "sitegen.toml"]


def test_an_anchor_that_differs_in_case_is_offered(checked: Checked) -> None:
    (finding,) = [f for f in checked(PLANTED) if f.code == "link-anchor"]
    assert finding.message == "link to 'b': the page has no anchor 'GOAL'"
    assert finding.help == "did you mean 'goal'?"


def test_an_anchor_of_a_documented_objects_part_is_no_fault_of_the_author(checked: Checked) -> None:
    words = "Words enough to be a chunk of its own, and then"
    rows = [
        ("a.md", "0_0", "#a", f"{words}\n\n[[autodoc]] lib.Thing"),
        ("b.md", "1_0", "#b", f"{words} [it](a#lib.Thing.size) and [that](a#lib.Other.size)."),
    ]
    known, unknown = [f for f in checked(rows) if f.code == "link-anchor"]
    assert (known.severity, unknown.severity) == (Severity.INFO, Severity.WARNING)
    assert known.message.endswith("no anchor 'lib.Thing.size', only 'lib.Thing'")
    assert "api.packages" in known.help


def test_a_marker_is_not_short_and_a_longer_name_is_no_overlap(checked: Checked) -> None:
    marker = "[[autodoc]] package.modeling_outputs.BaseModelOutput"
    rows = [("a.md", "0_0", "#a", marker), ("a.md", "0_1", "#b", f"{marker}WithPooling")]
    rows.append(("a.md", "0_2", "#c", "[[autodoc]] Few"))
    assert {f.code for f in checked(rows)} == {"restored"}


def test_every_rule_of_a_build_can_be_off_too(checked: Checked) -> None:
    rules = "".join(f'{code} = "off"\n' for code in CATALOGUE)
    assert checked(PLANTED, f"[check.rules]\n{rules}") == ()


def test_a_rule_can_be_off_or_weigh_more(checked: Checked) -> None:
    toml = '[check.rules]\ntext-short = "error"\nlink-page = "off"\nrestored = "off"\n'
    findings = checked(PLANTED, toml)
    assert [f.code for f in findings if f.severity is Severity.ERROR] == ["text-short"]
    assert {"link-page", "restored"}.isdisjoint(f.code for f in findings)


@pytest.mark.parametrize(
    ("rule", "says"),
    [('text-shrt = "off"', "did you mean 'text-short'"), ('text-short = "fatal"', "cannot be")],
)
def test_a_rule_or_severity_that_there_is_not_is_refused(
    checked: Checked, rule: str, says: str
) -> None:
    with pytest.raises(ConfigError, match=says):
        checked(PLANTED, f"[check.rules]\n{rule}\n")


def test_a_baseline_lets_only_new_findings_through(checked: Checked, tmp_path: Path) -> None:
    baseline = tmp_path / "known.json"
    baseline.write_text(dump_baseline(checked(PLANTED)))
    assert new_findings(checked(PLANTED), baseline) == ()
    more = [("a.md", "0_5", "#short", "Short."), *PLANTED]  # rows and lines move
    (finding,) = [f for f in new_findings(checked(more), baseline) if f.code != "restored"]
    assert (finding.code, finding.location.chunk_id) == ("text-short", "0_5")
    baseline.write_text("[]")
    with pytest.raises(ConfigError, match="is not a baseline"):
        new_findings((), baseline)


def test_text_is_grouped_by_page(checked: Checked) -> None:
    lines = as_text(checked(PLANTED)).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["a", "b"]
    place = "    --> chunk 1_3 (row 7 of docs.parquet), page b, line "
    assert sum(line.startswith(place) for line in lines) == 1


def test_data_cannot_write_commands_of_its_own() -> None:
    place = Location(file="a,b:c.parquet", row=0)
    finding = Diagnostic("x-y", Severity.WARNING, "bad\n::error::forged % ", place)
    output = as_github([finding])
    assert output.count("\n") == 1
    assert output.startswith("::warning file=a%2Cb%3Ac.parquet,line=1,title=x-y::bad ::error")


def test_annotations_escape_what_github_takes_back_and_nothing_else() -> None:
    place = Location(file="docs/a.md", page="a", line=3)
    finding = Diagnostic("x-y", Severity.WARNING, "link to 'b': 5% of it", place, "say so, please")
    words = "link to 'b': 5%25 of it (docs/a.md:3, page a) say so, please"
    assert as_github([finding]) == f"::warning file=docs/a.md,line=3,title=x-y::{words}\n"
