"""A workflow that builds and publishes a site, with the very sitegen that wrote it."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution

from sitegen.data import DISTRIBUTION, is_checkout

FILE = ".github/workflows/docs.yml"
WHEEL = f"tools/{DISTRIBUTION.replace('-', '_')}-*.whl"
_STEPS = """\
name: docs
on:
  push:
    branches: [main]
permissions:
  contents: write
concurrency:
  group: docs
  cancel-in-progress: false
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install REQUIREMENT
      - run: sitegen build --strict
      - run: "sitegen publish gh-pages: --replace-newer"
        env:
          GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}
"""


def workflow(requirement: str) -> str:
    """The workflow's text; ``requirement`` stands behind ``pip install``."""
    return _STEPS.replace("REQUIREMENT", requirement)


def requirement() -> str:
    """What to write behind ``pip install`` to have this very sitegen on another machine.

    A wheel that the project brings with it, where this one came from a folder or a file of this
    machine.
    """
    try:
        found = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        return WHEEL
    told = found.read_text("direct_url.json")  # PEP 610: absent for what came from an index
    if is_checkout():
        return WHEEL
    if told is None:
        return f"{DISTRIBUTION}=={found.version}"
    origin = json.loads(told)
    if "vcs_info" not in origin:
        return WHEEL
    came = origin["vcs_info"]
    return f'"{DISTRIBUTION} @ {came["vcs"]}+{origin["url"]}@{came["commit_id"]}"'
