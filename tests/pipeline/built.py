"""A small dataset, and the site that is made of it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sitegen.build import build
from sitegen.config.file import load_config

CHECKOUT = Path(__file__).parents[2]
DATA = CHECKOUT.parent / "shared" / "data"
ROWS = [
    {
        "text": text,
        "source": f"/home/me/lib/docs/source/en/{page}.md",
        "url": f"https://h.org/docs/lib/en/{page}/{'#' + anchor if anchor else ''}",
        "source_section": f"#{anchor}" if anchor else None,
        "file_type": ".md",
        "id": f"{number}_{part}",
    }
    for number, page in enumerate(["index", "quick-tour", "model_doc/bert", "model_doc/gpt"])
    for part, (anchor, text) in enumerate(
        [
            ("", "<!-- licence -->"),
            (page.rpartition("/")[2], f"About {page}. See [the tour](../quick-tour#tips)."),
            ("tips", "Ünïcode 字 🤗 and `code`.\n\n```py\nprint('x')\n```"),
            ("tips", "> [!TIP]\n> Twice.\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
            ("more", "<Tip warning={true}>\n\nCareful.\n\n</Tip>"),
        ]
    )
]


def dataset(folder: Path, rows: list[dict[str, Any]], name: str = "docs.parquet") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), folder / name)
    return folder / name


def made(source: Path, output: Path, **options: Any) -> Path:
    flags = {"input": (str(source),), "output": output, "jobs": 1, "search": "headings"} | options
    return build(load_config(flags=flags, environ={}, cwd=source.parent)) and output


def digest(folder: Path, *, without: tuple[str, ...] = ()) -> str:
    """Digest names and bytes of a site."""
    sha = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".sitegen-") and path.name not in without:
            sha.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return sha.hexdigest()
