"""Furniture of a page: videos, badges of tasks."""

from __future__ import annotations

import re
from html import escape

from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext

_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{6,20}")
_VIDEO_URL = re.compile(
    r"https://(?:www\.)?(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:watch\?v=|embed/))"
    r"([A-Za-z0-9_-]{6,20})(?:[?&#].*)?"
)


@component("Youtube", leaf=True, attributes=("id", "title"))
def youtube(node: Node, page: PageContext) -> str:
    """``<Youtube id="..."/>``: a link that a script may turn into the player on click."""
    written = node.attributes.get("id", "").strip()
    url = _VIDEO_URL.fullmatch(written)
    video = url[1] if url else written
    if not _VIDEO_ID.fullmatch(video):
        page.report("bad-video-id", f"{written!r} is no video id", help='write <Youtube id="..."/>')
        return f"<p{node.marks}>{escape(written)}</p>\n"
    title = node.get("title") or "Watch the video on YouTube"
    return (
        f'<p{node.marks}><a class="sg-video" data-video="{video}" rel="noopener noreferrer" '
        f'href="https://www.youtube.com/watch?v={video}">{title}</a></p>\n'
    )


@component(
    "PipelineTag",
    "PipelineIcon",
    leaf=True,
    inline=True,
    attributes=("pipeline", "classNames"),
)
def pipeline_tag(node: Node, _page: PageContext) -> str:
    """``<PipelineTag pipeline="text-classification"/>``: a badge with the task's name."""
    name = escape(task_name(node.attributes.get("pipeline", "")))
    return f'<span class="sg-tag"{node.marks}>{name}</span>'


def task_name(pipeline: str) -> str:
    """Name a task as the Hub does: ``text-to-image`` is Text-to-Image."""
    words = [word if word == "to" else word[:1].upper() + word[1:] for word in pipeline.split("-")]
    return ("-" if "to" in words else " ").join(words)
