from __future__ import annotations

import pickle

import pytest

from sitegen.errors import (
    ConfigError,
    Diagnostic,
    Location,
    OutputLockedError,
    OutputRefusedError,
    PlanError,
    ReadError,
    Severity,
    SitegenError,
    WriteError,
    did_you_mean,
    printable,
)

PLACE = Location("docs.parquet", 812, "36_13", page="perf", line=214)


def test_a_place_names_chunk_row_file_page_and_line() -> None:
    assert str(PLACE) == "chunk 36_13 (row 812 of docs.parquet), page perf, line 214"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Location(), ""),
        (Location(file="a.md"), "a.md"),
        (Location(file="a.md", line=3), "a.md:3"),
        (Location(file="d.csv", row=0), "row 0 of d.csv"),
        (Location(chunk_id="x"), "chunk x"),
        (Location(page="p"), "page p"),
    ],
)
def test_a_place_says_only_what_is_known(place: Location, words: str) -> None:
    assert str(place) == words


def test_a_finding_is_message_place_and_remedy_in_three_lines() -> None:
    finding = Diagnostic("link-page", Severity.WARNING, "no such page", PLACE, "write it")
    assert str(finding).split("\n") == [
        "warning: no such page [link-page]",
        f"  --> {PLACE}",
        "  help: write it",
    ]


def test_an_error_is_one_line() -> None:
    error = ReadError("no text", location=Location("d.csv", 3), help="give one")
    assert str(error) == "row 3 of d.csv: no text - give one"


def test_names_from_data_cannot_forge_lines_or_turn_them_around() -> None:
    name = "a\nerror: b\x1b[31m\u202e\x00\u2028\ud800.md"
    said = str(ReadError(f"bad {name}", location=Location(file=name), help=name))
    assert said.isprintable()
    assert "bad a error: b\\x1b" in said
    assert printable("naïve 🤗\t字") == "naïve 🤗\t字"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (SitegenError, 1),
        (ReadError, 1),
        (PlanError, 1),
        (ConfigError, 2),
        (OutputRefusedError, 2),
        (WriteError, 4),
        (OutputLockedError, 1),
    ],
)
def test_an_error_crosses_processes_whole(kind: type[SitegenError], code: int) -> None:
    error = kind("what", location=PLACE, help="do")
    there = pickle.loads(pickle.dumps(error))  # noqa: S301 - as worker processes do
    assert type(there) is kind
    assert (str(there), there.location, there.help) == (str(error), PLACE, "do")
    assert there.exit_code == code


def test_a_misspelt_word_gets_the_nearest_known_one() -> None:
    assert did_you_mean("Titel", ["title", "output"]) == "did you mean 'title'?"
    assert did_you_mean("xyz", ["b", "a"]) == "known: a, b"
