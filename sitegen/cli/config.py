"""The command that tells of the configuration: what holds, and what may be said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import asdict

from sitegen.cli.choices import OneOf
from sitegen.cli.printing import answer, answer_json

SCHEMAS = ("config", "toctree", "redirects")


@click.command()
@click.option("-c", "--config", "config_file", type=click.Path(path_type=Path), help="Config file.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option(
    "--schema",
    type=OneOf(SCHEMAS),
    is_flag=False,
    flag_value="config",
    help="Print the JSON Schema of a file instead [config].",
)
def config(config_file: Path | None, *, as_json: bool, schema: str | None) -> None:
    """Print every setting of a build here, with its value and where that comes from."""
    if schema is not None:
        answer(json.dumps(_schema(schema), indent=2))
        return
    from sitegen.config.effective import effective  # noqa: PLC0415 - `--help` needs none of it

    settings = effective(config_file)
    if as_json:
        table = {s.key: {"value": _plain(s.value), "origin": s.origin} for s in settings}
        answer_json({"format": 1, "settings": table})
        return
    lines = [(_line(setting.key, setting.value), setting.origin) for setting in settings]
    width = min(max(len(line) for line, _ in lines), 48)
    for line, origin in lines:
        answer(f"{line:{width}}  # {origin}")


def _schema(name: str) -> dict[str, Any]:
    if name == "config":
        from sitegen.config.schema import config_schema  # noqa: PLC0415 - as above

        return config_schema()
    from sitegen.plan.schemas import redirects_schema, toctree_schema  # noqa: PLC0415

    return toctree_schema() if name == "toctree" else redirects_schema()


def _line(key: str, value: Any) -> str:
    """A setting as TOML; what is not set has no value there and is a comment."""
    return f"# {key} is not set" if value is None else f"{key} = {_toml(_plain(value))}"


def _plain(value: Any) -> Any:
    """A value as JSON has it, paths as one would type them here."""
    from sitegen.safe_urls import redacted  # noqa: PLC0415 - `--help` needs none of it

    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Struct):
        return {key: _plain(inner) for key, inner in asdict(value).items() if inner}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    here = Path.cwd()
    if isinstance(value, Path) or (isinstance(value, str) and value.startswith(f"{here}/")):
        path = Path(value)
        return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
    return redacted(value) if isinstance(value, str) else value


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{_toml(key)} = {_toml(inner)}" for key, inner in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
