"""What hosts take is told before a long build begins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.build import build
from sitegen.config import Config, FeedsConfig, PublishConfig
from sitegen.config.file import load_config
from sitegen.errors import ConfigError
from sitegen.limits import hosts
from sitegen.limits.hosts import HOSTS, host_of
from tests.clean_builds import Dataset, config


@pytest.mark.parametrize(
    ("target", "base_url", "host"),
    [
        ("", "https://docs.pages.dev/", "cloudflare-pages"),
        ("", "https://me.github.io/docs/", "github-pages"),
        ("", "https://me-docs.hf.space/", "hugging-face"),
        ("", "https://docs.netlify.app/", "netlify"),
        ("", "https://docs.example.org/", "none"),
        ("", "https://pages.dev.example.org/", "none"),
        ("", "", "none"),
        ("gh-pages:", "https://docs.example.org/", "github-pages"),
        ("hf://spaces/me/docs", "", "hugging-face"),
        ("s3://bucket/docs", "https://docs.pages.dev/", "none"),
    ],
)
def test_the_host_is_told_by_the_target_and_else_by_the_address(
    target: str, base_url: str, host: str
) -> None:
    assert host_of(target, base_url) == host
    assert host in HOSTS


@pytest.fixture
def small_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts that take 11 files: less than the six pages of the dataset with their twins."""
    few: Mapping[str, hosts.Limits] = {name: replace(HOSTS[name], files=11) for name in HOSTS}
    monkeypatch.setattr("sitegen.pipeline.steps.HOSTS", few | {"none": hosts.Limits()})


def _dataset(folder: Path, publish: PublishConfig) -> Config:
    Dataset(folder, 1)
    return replace(config(folder, input=("rows.jsonl",)), publish=publish)


@pytest.mark.usefixtures("small_hosts")
def test_a_build_beyond_the_limits_of_its_host_ends_before_it_renders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = _dataset(tmp_path, PublishConfig(host="cloudflare-pages"))
    monkeypatch.setattr("sitegen.pipeline.steps.render", None)
    with pytest.raises(ConfigError, match=r"12 files, 11 are allowed.*markdown = false"):
        build(settings)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("small_hosts")
@pytest.mark.parametrize(
    "publish",
    [
        PublishConfig(host="none", target="gh-pages:"),
        PublishConfig(target="file:///site"),
        PublishConfig(),
    ],
)
def test_a_build_that_goes_elsewhere_has_no_limits(tmp_path: Path, publish: PublishConfig) -> None:
    assert build(_dataset(tmp_path, publish)).report["pages"] == 6


@pytest.mark.usefixtures("small_hosts")
def test_without_twins_a_site_has_half_as_many_files(tmp_path: Path) -> None:
    settings = _dataset(tmp_path, PublishConfig(host="netlify"))
    assert build(replace(settings, feeds=FeedsConfig(markdown=False))).report["pages"] == 6


def test_a_host_that_nobody_knows_gets_a_suggestion(tmp_path: Path) -> None:
    file = tmp_path / "sitegen.toml"
    file.write_text('[publish]\nhost = "cloudflare"\n')
    with pytest.raises(ConfigError, match=r"unknown publish\.host 'cloudflare'.*cloudflare-pages"):
        load_config(file)
