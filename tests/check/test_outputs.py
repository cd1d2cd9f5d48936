from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest

from sitegen.check.baseline import fingerprint
from sitegen.check.catalogue import CATALOGUE
from sitegen.check.formats.parquet import as_parquet
from sitegen.check.formats.sarif import as_sarif
from sitegen.check.formats.text import as_github, as_json, as_text
from sitegen.errors import Diagnostic, Location, Severity

FINDINGS = [
    *(
        Diagnostic(
            code, severity, f"about {code}", Location("d/a b.parquet", row, f"0_{row}", "p", 3)
        )
        for row, (code, severity) in enumerate(zip(CATALOGUE, [*Severity] * 99, strict=False))
    ),
    Diagnostic("toctree-page", Severity.WARNING, "gone", Location("_toctree.yml", line=7)),
    Diagnostic("api-unknown", Severity.INFO, "\ud800 \x1b[31m and\nmore", Location(), "remove it"),
]


def test_json_holds_every_finding() -> None:
    records = json.loads(as_json(FINDINGS))["findings"]
    assert len(records) == len(FINDINGS)
    assert (records[5]["row"], records[5]["file"], records[5]["chunk"]) == (
        5,
        "d/a b.parquet",
        "0_5",
    )


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (Location("a.jsonl", 5), 6),
        (Location("a.csv", 5), 1),
        (Location("a.json", 5), 1),
        (Location("a.parquet", 5, line=3), 1),
        (Location("a.md", line=3), 3),
    ],
    ids=lambda value: getattr(value, "file", None),
)
def test_hosts_open_a_file_at_a_line_that_it_has(place: Location, line: int) -> None:
    findings = [Diagnostic("x-y", Severity.WARNING, "bad", place)]
    (result,) = json.loads(as_sarif(findings))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == line
    assert f",line={line}," in as_github(findings)


def test_sarif_tells_the_place_of_each_finding() -> None:
    sarif = json.loads(as_sarif(FINDINGS))
    (run,) = sarif["runs"]
    assert sarif["version"] == "2.1.0"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(CATALOGUE)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert run["results"][5]["partialFingerprints"] == {"sitegen/v1": fingerprint(FINDINGS[5])}
    assert run["results"][5]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "d/a%20b.parquet"},
        "region": {"startLine": 1},
    }
    assert run["results"][5]["properties"]["row"] == 5


@pytest.mark.skipif(
    "SITEGEN_SARIF_SCHEMA" not in os.environ,
    reason="SITEGEN_SARIF_SCHEMA must name the JSON schema of SARIF 2.1.0",
)
@pytest.mark.parametrize("findings", [[], FINDINGS])
def test_sarif_is_valid_by_its_schema(findings: list[Diagnostic]) -> None:
    schema = json.loads(Path(os.environ["SITEGEN_SARIF_SCHEMA"]).read_bytes())
    validator: Any = jsonschema.validators.validator_for(schema)
    faults = validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(
        json.loads(as_sarif(findings))
    )
    assert [f"{fault.json_path}: {fault.message}" for fault in faults] == []


def test_parquet_holds_the_rows_to_join_with() -> None:
    table = pq.read_table(io.BytesIO(as_parquet(FINDINGS)))
    assert table.num_rows == len(FINDINGS)
    assert table.column("row").to_pylist()[:3] == [0, 1, 2]
    assert table.column("row").to_pylist()[-1] is None
    assert table.schema.field("row").type == "int64"
    assert table.schema.equals(pq.read_table(io.BytesIO(as_parquet([]))).schema)


def test_no_finding_is_no_output_or_an_empty_list() -> None:
    assert as_text(()) == as_github(()) == ""
    assert json.loads(as_sarif(()))["runs"][0]["results"] == []
