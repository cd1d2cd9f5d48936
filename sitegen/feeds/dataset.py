"""Export: the dataset again, with the place of each chunk on the site, as Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from sitegen.model import OutputFile, RenderedPage

PATH = "dataset.parquet"


def dataset(pages: Iterable[RenderedPage], base_url: str) -> OutputFile:
    """Write a row per chunk, in reading order.

    The columns are those that a dataset is read from (``text``, ``source``, ``url``,
    ``source_section``, ``id``) and ``site_url``, ``page_title``, ``heading``, all strings.
    ``site_url`` is relative to the site's root where no ``base_url`` is known.
    """
    rows: dict[str, list[str]] = {name: [] for name in _COLUMNS}
    root = f"{base_url.rstrip('/')}/" if base_url else ""
    for rendered in pages:
        page, document = rendered.page, rendered.document
        titles = {heading.id: heading.text for heading in rendered.body.headings}
        for section, text, _ in document.parts():
            anchor = f"#{section.anchor}" if section.anchor else ""
            values = (
                text,
                document.source,
                document.url + anchor if document.url else "",
                anchor,
                section.chunk_id,
                root + quote(page.permalink) + (f"#{quote(section.anchor)}" if anchor else ""),
                page.title,
                titles.get(section.anchor, ""),
            )
            for name, value in zip(_COLUMNS, values, strict=True):
                rows[name].append(value.encode("utf-8", "replace").decode())
    table = pa.table(rows, schema=pa.schema([(name, pa.string()) for name in _COLUMNS]))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return OutputFile(PATH, sink.getvalue().to_pybytes())


_COLUMNS = ("text", "source", "url", "source_section", "id", "site_url", "page_title", "heading")
