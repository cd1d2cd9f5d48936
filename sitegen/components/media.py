"""Furniture of a page: videos, badges, notebook links."""

from __future__ import annotations

import re
from html import escape

from sitegen.components.registry import Node, component
from sitegen.page_context import PageContext

_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")


@component("Youtube", leaf=True, attributes=("id",))
def youtube(node: Node, page: PageContext) -> str:
    """``<Youtube id="..."/>``: a link that a script may turn into the player on click."""
    video = node.attributes.get("id", "")
    if not _VIDEO_ID.fullmatch(video):
        page.report("bad-video-id", f"{video!r} is no video id", help='write <Youtube id="..."/>')
        return f"<p{node.marks}>{escape(video)}</p>\n"
    return (
        f'<p{node.marks}><a class="sg-video" data-video="{video}" '
        f'href="https://www.youtube.com/watch?v={video}">Watch the video on YouTube</a></p>\n'
    )


@component("PipelineTag", "PipelineIcon", leaf=True, attributes=("pipeline", "classNames"))
def pipeline_tag(node: Node, _page: PageContext) -> str:
    """``<PipelineTag pipeline="text-classification"/>``: a badge with the task's name."""
    name = node.get("pipeline").replace("-", " ").title()
    return f'<span class="sg-tag"{node.marks}>{name}</span> '
