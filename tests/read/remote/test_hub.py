"""Datasets of the Hub: of one commit, chosen by path, pattern, configuration and split."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import ConfigError, ReadError
from sitegen.read.inputs import read
from sitegen.read.remote.find import look_again
from sitegen.record.result import Result
from tests.hub import Dataset, Hub

Parquet = Callable[..., bytes]
Built = Callable[..., Result]
Run = Callable[..., tuple[int, str, str]]
AT = "hf://datasets/owner/docs"
TOKEN = "hf_secret_of_the_test"  # noqa: S105


def sources(item: str, config_name: str = "") -> list[str]:
    return [chunk.source for chunk in read([item], {}, [], config_name=config_name)]


def refusal(item: str) -> str:
    with pytest.raises((ReadError, ConfigError)) as caught:
        sources(item)
    return str(caught.value)


def rows(*names: str) -> bytes:
    return "".join(f'{{"text": "Of {name}.", "source": "{name}"}}\n' for name in names).encode()


FILES = {
    "README.md": b"# A card",
    "data/train-00000.jsonl": rows("t0"),
    "data/train-00001.jsonl": rows("t1"),
    "data/test-00000.jsonl": rows("e0"),
    "more/x y.jsonl": rows("m"),
    "LICENSE.txt": b"Free.",
}


@pytest.fixture
def docs(hub: Hub) -> Dataset:
    hub.datasets["owner/docs"] = Dataset({"main": FILES, "v1": {"d.jsonl": rows("old")}})
    return hub.datasets["owner/docs"]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", ["e0", "t0", "t1", "m"]),
        ("/data", ["e0", "t0", "t1"]),
        ("/data/train-00001.jsonl", ["t1"]),
        ("/data/train-*.jsonl", ["t0", "t1"]),
        ("/*/x*", ["m"]),
        ("/more/x%20y.jsonl", ["m"]),
        ("/:test", ["e0"]),
        ("/default:train", ["t0", "t1"]),
        ("@v1", ["old"]),
        ("@v1/d.jsonl", ["old"]),
    ],
)
def test_an_address_names_files_folders_patterns_splits_and_revisions(
    rest: str, expected: list[str], docs: Dataset
) -> None:
    assert sources(AT + rest) == expected


def test_a_revision_may_hold_slashes_or_be_a_commit(docs: Dataset) -> None:
    docs.revisions |= {"refs/pr/3": {"d.jsonl": rows("of pr")}, "a/b": {"d.jsonl": rows("of a/b")}}
    assert sources(f"{AT}@refs/pr/3/d.jsonl") == ["of pr"]
    assert sources(f"{AT}@a%2Fb") == ["of a/b"]
    assert sources(f"{AT}@{docs.commit('v1')}") == ["old"]


def test_the_configurations_of_the_card_are_chosen_by_name_and_split(docs: Dataset) -> None:
    docs.card = {
        "configs": [
            {"config_name": "first", "data_files": [{"split": "train", "path": "data/train-*"},
                                                    {"split": "test", "path": "data/test-*"}]},
            {"config_name": "second", "data_files": "more/*", "default": True},
        ]
    }  # fmt: skip
    assert sources(AT) == ["m"]
    assert sources(AT, config_name="first") == ["e0", "t0", "t1"]
    assert sources(f"{AT}/first:test") == ["e0"]
    assert sources(f"{AT}/first:") == ["e0", "t0", "t1"]
    assert "has no configuration 'frist' - did you mean 'first'?" in refusal(f"{AT}/frist:train")
    assert "has no files of the split 'dev'" in refusal(f"{AT}/first:dev")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("hf://datasets/owner/none", "there is no dataset owner/none on the Hub, or it is private"),
        (f"{AT}@v9", "owner/docs has no revision 'v9'"),
        (f"{AT}/data/none.jsonl", "has no file or folder 'data/none.jsonl'"),
        (f"{AT}/:dev", "no file of hf://datasets/owner/docs is of the split 'dev'"),
        ("hf://datasets/owner", "not a dataset of the Hub"),
        ("hf://owner/docs", "not a dataset of the Hub"),
        ("hf://spaces/owner/docs", "not a dataset of the Hub"),
        (f"{AT}/../../x", "not a dataset of the Hub"),
        ("ftp://host/d.csv", "inputs are not read by ftp://"),
        ("hdfs://host/d.csv", "inputs are not read by hdfs://"),
    ],
)
def test_what_is_not_there_is_said_by_name(item: str, words: str, docs: Dataset) -> None:
    assert words in refusal(item)


def test_a_private_dataset_names_the_variable_and_shows_no_token(
    hub: Hub, docs: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs.token = TOKEN
    assert "set HF_TOKEN to a token that may read it" in refusal(AT)
    look_again()
    monkeypatch.setenv("HF_TOKEN", "hf_another_token_here")
    words = refusal(AT)
    assert "it is not one that HF_TOKEN may read" in words
    assert "hf_another" not in words
    look_again()
    docs.is_gated = True
    assert "owner/docs is gated" in refusal(AT)
    look_again()
    monkeypatch.setenv("HF_TOKEN", docs.token)
    assert sources(f"{AT}@v1") == ["old"]


def test_a_token_is_for_the_hub_and_not_for_where_its_files_are_stored(
    hub: Hub, docs: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs.token = TOKEN
    monkeypatch.setenv("HF_TOKEN", docs.token)
    monkeypatch.setenv("HF_ENDPOINT", hub.url("").replace("127.0.0.1", "localhost"))
    hub.store = hub.url("")
    assert sources(f"{AT}@v1") == ["old"]
    told = {line.split()[1].split("/")[1] for line, head in zip(hub.log, hub.heads, strict=True)
            if "Authorization" in head}  # fmt: skip
    assert told == {"api", "datasets"}


def test_a_throttled_hub_is_asked_again(hub: Hub, docs: Dataset) -> None:
    hub.busy = [(429, {"Retry-After": "0"})] * 3
    assert sources(f"{AT}@v1") == ["old"]
    look_again()
    hub.busy = [(429, {"Retry-After": "900"})]
    assert "too busy: it answers 429 Too Many Requests and asks to wait 900 seconds" in refusal(AT)


def test_the_commit_is_pinned_in_the_report_and_nothing_new_costs_one_request(
    hub: Hub, docs: Dataset, built: Built, tmp_path: Path
) -> None:
    built(AT)
    report = json.loads((tmp_path / "build/build.json").read_text("utf-8"))
    at = f"{AT}@{docs.commit('main')}/data/train-00000.jsonl"
    assert report["input"]["from"]["data/train-00000.jsonl"]["url"] == at
    hub.log.clear()
    assert built(AT).report["files"]["changed"] == 0
    assert hub.log == ["GET /api/datasets/owner/docs/revision/main?blobs=true"]


def test_only_files_that_changed_travel_again(hub: Hub, docs: Dataset, built: Built) -> None:
    built(AT)
    hub.log.clear()
    docs.revisions["main"] = FILES | {"data/test-00000.jsonl": rows("e1")}
    assert built(AT).report["files"]["added"] > 0
    files = {line.split("?")[0].rpartition("/")[2] for line in hub.log if "/stored/" in line}
    assert files == {"test-00000.jsonl"}


def test_names_of_files_that_lead_out_are_none(docs: Dataset) -> None:
    docs.revisions["main"] = {"../../x.jsonl": rows("bad"), "/y.jsonl": rows("bad"), **FILES}
    assert sources(AT) == ["e0", "t0", "t1", "m"]


def test_two_revisions_are_compared(docs: Dataset, run: Run) -> None:
    docs.revisions["v2"] = {"d.jsonl": rows("old", "new")}
    status, out, _ = run("diff", f"{AT}@v1", f"{AT}@v2")
    assert (status, "new (added)" in out) == (0, True)


def test_a_dataset_is_inspected_and_checked(docs: Dataset, run: Run) -> None:
    _, out, _ = run("inspect", AT, "--json")
    assert json.loads(out)["files"] == 4
    assert f'input = "{AT}"' in json.loads(out)["settings"]
    assert run("check", AT, "--jobs", "1")[0] == 0
