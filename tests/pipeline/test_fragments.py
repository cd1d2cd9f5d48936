"""Every fragment that our own parts of a page lead to is an id of the page that it names."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config.file import load_config

CARDS = "What boils.\n\n[[autodoc]] Boiler\n    - all\n    - heat\n\n[[autodoc]] tools.Cup"
DOCSTRING = '<Docstring name={"class kettle.Lid"} anchor={"kettle tools!Lid"} />'


@pytest.mark.parametrize("library", ["kettle", "kettle-tools", "kettle_tools", "a-b-c"])
def test_cards_links_and_the_inventory_lead_to_ids(tmp_path: Path, library: str) -> None:
    rows = [
        _row(library, "api", CARDS),
        _row(library, "guide", "Use [`Boiler`], [`Boiler.heat`] and [`tools.Cup`]."),
        _row(library, "lid", f"{DOCSTRING}\n\nA lid."),
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet")
    flags = {"input": ("rows.parquet",), "output": Path("site"), "jobs": 1}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    site = tmp_path / "site"
    html = {name: (site / name / "index.html").read_text() for name in ("api", "guide", "lid")}
    ids = {name: set(re.findall(r'\sid="([^"]*)"', text)) for name, text in html.items()}
    for name, text in html.items():
        assert set(re.findall(r'href="#([^"]+)"', text)) <= ids[name]
    references = re.findall(r'class="sg-reference" href="\.\./api/#([^"]+)"', html["guide"])
    assert len(references) == 3
    assert set(references) <= ids["api"]
    inventory = zlib.decompress((site / "objects.inv").read_bytes().split(b"zlib.\n")[1]).decode()
    for line in inventory.splitlines():
        name, _, _, address, _ = line.split(" ", 4)
        page, _, fragment = address.partition("#")
        assert not fragment or fragment.replace("$", name) in ids[page.strip("/")]


def _row(library: str, name: str, text: str) -> dict[str, str]:
    return {
        "source": f"/d/{library}/docs/source/{name}.md",
        "url": f"https://docs.example.org/docs/{library}/{name}/#{name}",
        "source_section": f"#{name}",
        "text": text,
    }
