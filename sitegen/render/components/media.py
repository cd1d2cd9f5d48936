"""Furniture of a page: videos, badges of tasks."""

from __future__ import annotations

from html import escape

from sitegen.render.components.registry import Node, component
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain
from sitegen.scan.patterns import rare

_VIDEO_ID = rare(r"[A-Za-z0-9_-]{6,20}")
_VIDEO_URL = rare(
    r"https://(?:www\.)?(?:youtu\.be/|youtube(?:-nocookie)?\.com/(?:watch\?v=|embed/))"
    r"([A-Za-z0-9_-]{6,20})(?:[?&#].*)?"
)


_WATCH = "https://www.youtube.com/watch?v="
_TITLE = "Watch the video on YouTube"


def _youtube_markdown(node: Node, page: PageContext) -> str:
    written, video = _video(node)
    if not _VIDEO_ID.fullmatch(video):
        return plain.escaped(written)
    return plain.link(node.attributes.get("title", "") or page.say(_TITLE), f"{_WATCH}{video}")


def _video(node: Node) -> tuple[str, str]:
    """What is written, and the id in it."""
    written = node.attributes.get("id", "").strip()
    url = _VIDEO_URL.fullmatch(written)
    return written, url[1] if url else written


@component("Youtube", leaf=True, attributes=("id", "title"), markdown=_youtube_markdown)
def youtube(node: Node, page: PageContext) -> str:
    """``<Youtube id="..."/>``: a link that a script may turn into the player on click."""
    written, video = _video(node)
    if not _VIDEO_ID.fullmatch(video):
        page.report("bad-video-id", f"{written!r} is no video id", help='write <Youtube id="..."/>')
        return f"<p{node.marks}>{escape(written)}</p>\n"
    title = node.get("title") or escape(page.say(_TITLE))
    address = page.writes(f"{_WATCH}{video}")
    return (
        f'<p{node.marks}><a class="sg-video" data-video="{video}" rel="noopener noreferrer" '
        f'href="{address}">{title}</a></p>\n'
    )


def _task_markdown(node: Node, _page: PageContext) -> str:
    return plain.escaped(task_name(node.attributes.get("pipeline", "")))


@component(
    "PipelineTag",
    "PipelineIcon",
    leaf=True,
    inline=True,
    attributes=("pipeline", "classNames"),
    markdown=_task_markdown,
)
def pipeline_tag(node: Node, _page: PageContext) -> str:
    """``<PipelineTag pipeline="text-classification"/>``: a badge with the task's name."""
    name = escape(task_name(node.attributes.get("pipeline", "")))
    return f'<span class="sg-tag"{node.marks}>{name}</span>'


def task_name(pipeline: str) -> str:
    """Name a task as the Hub does: ``text-to-image`` is Text-to-Image."""
    words = [word if word == "to" else word[:1].upper() + word[1:] for word in pipeline.split("-")]
    return ("-" if "to" in words else " ").join(words)
