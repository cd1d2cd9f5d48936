"""A site whose every text, heading, source and title is an attack: published ones, and our own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.hostile import OURS, VALUES, attacks, oddities, places, smuggled


def _pages() -> Iterator[str]:
    yield from attacks()
    for value in VALUES:
        texts = list(smuggled(value))
        yield from ("\n\n".join(texts[at : at + 120]) for at in range(0, len(texts), 120))
    for payload in (*OURS, *attacks()[::20]):
        yield "\n\n".join(places(payload))
    odd = oddities()
    for start in range(0, len(odd), 25):
        yield "\n\n".join(odd[start : start + 25])


def build_attacked(folder: Path) -> Path:
    """Build the site with the command line below ``folder``, and say where it is."""
    rows = [
        {"id": f"{n}_0", "source": f"docs/page{n}.md", "text": text, "source_section": ""}
        for n, text in enumerate(_pages())
    ]
    rows += [
        {
            "id": value,
            "source": f"docs/pagemeta{n}.md",
            "text": f"Text.\n\n```py\nx\n```\n\n$x {value} y$",
            "source_section": f"#{value}",
            "heading": value,
            "url": f"https://e.org/{value}",
        }
        for n, value in enumerate(VALUES)
    ]
    toctree = [
        {"title": value, "sections": [{"local": f"pagemeta{n}", "title": value}]}
        for n, value in enumerate(VALUES)
    ]
    (folder / "_toctree.yml").write_text(json.dumps(toctree), "utf-8")
    settings = 'toctree = "_toctree.yml"\nbase_url = "https://e.org/"\n[feeds]\nprint_page = true\n'
    (folder / "sitegen.toml").write_text(settings, "utf-8")
    (folder / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "sitegen", "build", "docs.jsonl", "-o", "site", "-q"]
    # What is asked to be found first, a library of another version, stays first.
    paths = [*filter(None, [os.environ.get("PYTHONPATH")]), str(Path(__file__).parents[2])]
    env = {"PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "site"


if __name__ == "__main__":
    to = Path(sys.argv[1])
    to.mkdir()
    build_attacked(to)
