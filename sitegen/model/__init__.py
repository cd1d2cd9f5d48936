"""The frozen nouns that the stages hand on: structs of msgspec, made and copied in no time; no I/O.

Order of appearance is the order of the pipeline: Chunk, Document, Site of Pages, Body,
RenderedPage, OutputFile.
"""

from __future__ import annotations

from sitegen.model.bodies import Body, Heading, Link, OutputFile, Remote, RenderedPage
from sitegen.model.documents import (
    Chunk,
    Document,
    Edition,
    Head,
    Headings,
    Origin,
    OwnPlace,
    Seam,
    Section,
)
from sitegen.model.restored import Certainty, Reason, Restored
from sitegen.model.site import Changed, LinkSpace, NavItem, Page, PageLink, Site, TocEntry

__all__ = [
    "Body",
    "Certainty",
    "Changed",
    "Chunk",
    "Document",
    "Edition",
    "Head",
    "Heading",
    "Headings",
    "Link",
    "LinkSpace",
    "NavItem",
    "Origin",
    "OutputFile",
    "OwnPlace",
    "Page",
    "PageLink",
    "Reason",
    "Remote",
    "RenderedPage",
    "Restored",
    "Seam",
    "Section",
    "Site",
    "TocEntry",
]
