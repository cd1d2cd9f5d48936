"""Twins: pages -> their Markdown for programs, page by page and all together (llms.txt)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from urllib.parse import quote

from sitegen.model import NavItem, OutputFile, Page, RenderedPage, Site
from sitegen.urls import is_absolute, twin_path

FULL_LIMIT = 2_000_000  # bytes of one part of llms-full.txt: what tools read in one go


def twin(rendered: RenderedPage, taken: Collection[str]) -> OutputFile:
    """Write one page as Markdown; ``taken`` are the site's `urls.markdown_folders`."""
    path = twin_path(rendered.page.permalink, taken)
    return OutputFile(path, rendered.body.markdown.encode("utf-8", "replace"))


def llms(
    site: Site, pages: Sequence[RenderedPage], taken: Collection[str], base_url: str
) -> OutputFile:
    """List all pages in the order of the navigation, as llmstxt.org asks.

    ``taken`` as for `twin`. Links are relative without a ``base_url``.
    """
    lines = [f"# {site.title}", ""]
    lines += [f"> {len(site.pages)} pages of documentation as Markdown.", ""]
    root = f"{base_url.rstrip('/')}/" if base_url else ""
    descriptions = {each.page.permalink: each.body.description for each in pages}

    def entries(items: Iterable[NavItem]) -> Iterator[str]:
        for item in items:
            if item.permalink is not None:
                said = descriptions.get(item.permalink, "")
                address = root + quote(twin_path(item.permalink, taken))
                yield f"- [{_escaped(item.title)}]({address})" + (f": {said}" if said else "")
            elif is_absolute(item.url):
                yield f"- [{_escaped(item.title)}]({item.url})"
            yield from entries(item.items)

    loose = [item for item in site.navigation if not item.items]
    lines += [*entries(loose), ""] if loose else []
    for section in (item for item in site.navigation if item.items):
        lines += [f"## {section.title}", "", *entries([section]), ""]
    return OutputFile("llms.txt", "\n".join(lines).encode("utf-8", "replace"))


def _escaped(title: str) -> str:
    return title.replace("[", "\\[").replace("]", "\\]")


def llms_full(
    pages: Iterable[Page], taken: Collection[str], base_url: str, read: Callable[[str], bytes]
) -> Iterator[OutputFile]:
    """Put all twins into one file; beyond ``FULL_LIMIT`` into numbered parts.

    ``read`` gives a twin by its path: texts are held for no longer than a part takes.
    """
    root = f"{base_url.rstrip('/')}/" if base_url else ""
    part: list[bytes] = []
    size = 0
    names: list[str] = []

    def cut() -> OutputFile:
        names.append(f"llms-full-{len(names) + 1}.txt")
        return OutputFile(names[-1], b"".join(part))

    for page in pages:
        path = twin_path(page.permalink, taken)
        text = b"<!-- %b -->\n\n%b\n" % ((root + quote(path)).encode(), read(path))
        if part and size + len(text) > FULL_LIMIT:
            yield cut()
            part.clear()
            size = 0
        part.append(text)
        size += len(text)
    if not names:
        yield OutputFile("llms-full.txt", b"".join(part))
        return
    yield cut()
    listed = "".join(f"- [{name}]({root}{name})\n" for name in names)
    yield OutputFile("llms-full.txt", f"# All pages, in {len(names)} parts\n\n{listed}".encode())
