"""The schema of the configuration: every key with its type, meaning and examples."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import fields

import sitegen.config as nouns
from sitegen.config import Config
from sitegen.config.file import NOT_IN_FILES
from sitegen.config.meanings import MEANINGS
from sitegen.config.schema import config_schema


def tables() -> dict[str, Any]:
    return config_schema()["$defs"]  # type: ignore[no-any-return]


def test_the_schema_names_every_key_and_its_type() -> None:
    keys = tables()["Config"]["properties"]
    assert set(keys) == {each.name for each in fields(Config)} - NOT_IN_FILES
    assert keys["search"]["enum"] == [True, False, "auto", "full", "headings"]
    theme = tables()["ThemeConfig"]["properties"]
    assert theme["logo"]["type"] == "string"
    assert "accent-dark" in theme["colors"]["propertyNames"]["enum"]
    strings = theme["strings"]["additionalProperties"]
    assert "On this page" in strings["propertyNames"]["enum"]
    assert strings["additionalProperties"] == {"type": "string"}


def test_the_schema_describes_every_key() -> None:
    for name, table in tables().items():
        assert table["additionalProperties"] is False
        for key, said in table["properties"].items():
            assert said.get("description") or "$ref" in said or "anyOf" in said, (name, key)
    assert MEANINGS.keys() <= {each for each in vars(nouns).values() if isinstance(each, type)}
    for kind, keys in MEANINGS.items():
        assert keys.keys() <= {each.name for each in fields(kind)}


def test_the_schema_says_what_a_key_is_when_the_file_does_not() -> None:
    keys = tables()["Config"]["properties"]
    said = {key: keys[key]["default"] for key in ("output", "jobs", "cache", "input", "columns")}
    assert said == {"output": "build", "jobs": 0, "cache": True, "input": [], "columns": {}}
    assert "default" not in keys["toctree"]


@pytest.mark.integration
def test_the_examples_of_the_schema_and_of_the_docs_are_right(tmp_path: Path) -> None:
    schema = config_schema()
    for table in tables().values():
        for said in table["properties"].values():
            for example in said.get("examples", ()):
                jsonschema.validate(example, {**said, "$defs": schema["$defs"]})
    page = Path(__file__).parents[2] / "docs" / "configuration.md"
    shown = page.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    jsonschema.validate(tomllib.loads(shown), schema)
    with pytest.raises(jsonschema.ValidationError, match="titel"):
        jsonschema.validate({"titel": "x"}, schema)
    with pytest.raises(jsonschema.ValidationError, match="two"):
        jsonschema.validate({"jobs": "two"}, schema)
