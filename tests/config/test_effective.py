from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.config.effective import effective
from sitegen.config.file import NOT_IN_FILES, load_config

Run = Callable[..., tuple[int, str, str]]
FILE = """\
input = "docs"
base-url = "https://example.org/"
theme.footer = "Hello"
[columns]
text = "body"
[check.external]
timeout = 3
"""


def test_each_setting_says_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitegen.toml").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITEGEN_TITLE", "From outside")
    monkeypatch.setenv("SITEGEN_JOBS", "2")
    found = {s.key: (s.value, s.origin) for s in effective()}
    assert found["title"] == ("From outside", "SITEGEN_TITLE")
    assert found["jobs"] == (2, "SITEGEN_JOBS")
    assert found["input"] == ((str(tmp_path / "docs"),), "sitegen.toml")
    assert found["base_url"] == ("https://example.org/", "sitegen.toml")
    assert found["theme.footer"] == ("Hello", "sitegen.toml")
    assert found["check.external.timeout"] == (3, "sitegen.toml")
    assert found["check.external.enabled"] == (False, "default")
    assert found["columns"][1] == "sitegen.toml"
    assert found["toctree"] == (None, "default")


def test_the_command_prints_a_file_that_means_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text(FILE)
    code, out, err = run("config")
    assert (code, err) == (0, "")
    assert 'theme.footer = "Hello"' in out
    assert tomllib.loads(out)["input"] == ["docs"]
    before = load_config(environ={}, cwd=tmp_path)
    (tmp_path / "sitegen.toml").write_text(out)
    assert load_config(environ={}, cwd=tmp_path) == before


def test_the_command_prints_json_too(run: Run) -> None:
    told = json.loads(run("config", "--json")[1])
    assert told["format"] == 1
    assert told["settings"]["search"] == {"value": "auto", "origin": "default"}
    assert {key.partition(".")[0] for key in told["settings"]} == (
        set(Config.__struct_fields__) - NOT_IN_FILES
    )


def test_a_file_that_is_not_there_is_an_error(run: Run) -> None:
    assert run("config", "-c", "gone.toml")[0] == 2


def test_schemas_of_all_three_files_are_printed(run: Run) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    good = {
        "config": {"input": "docs"},
        "toctree": [{"title": "A", "sections": [{"local": "b", "title": 404}]}],
        "redirects": {"old": "new", "a#b": "c#d"},
    }
    bad = {"config": {"inptu": 1}, "toctree": [{"titel": "A"}], "redirects": {"old": 1}}
    for name, value in good.items():
        schema = json.loads(run("config", "--schema", name)[1])
        validator.check_schema(schema)
        assert validator(schema).is_valid(value), name
        assert not validator(schema).is_valid(bad[name]), name
    assert json.loads(run("config", "--schema")[1])["title"] == "sitegen.toml"
