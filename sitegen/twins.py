"""Twins: pages -> their Markdown for programs, page by page and all together (llms.txt)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import quote

from sitegen.model import NavItem, OutputFile, RenderedPage, Site
from sitegen.urls import twin_path

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
                title = item.title.replace("[", "\\[").replace("]", "\\]")
                yield f"- [{title}]({address})" + (f": {said}" if said else "")
            yield from entries(item.items)

    loose = [item for item in site.navigation if not item.items]
    lines += [*entries(loose), ""] if loose else []
    for section in (item for item in site.navigation if item.items):
        lines += [f"## {section.title}", "", *entries([section]), ""]
    return OutputFile("llms.txt", "\n".join(lines).encode("utf-8", "replace"))


def llms_full(
    pages: Sequence[RenderedPage], taken: Collection[str], base_url: str
) -> Iterator[OutputFile]:
    """Put all twins into one file; beyond ``FULL_LIMIT`` into numbered parts."""
    root = f"{base_url.rstrip('/')}/" if base_url else ""
    parts: list[list[bytes]] = [[]]
    size = 0
    for page in pages:
        file = twin(page, taken)
        text = b"<!-- %b -->\n\n%b\n" % ((root + quote(file.path)).encode(), file.data)
        if size and size + len(text) > FULL_LIMIT:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += len(text)
    if len(parts) == 1:
        yield OutputFile("llms-full.txt", b"".join(parts[0]))
        return
    names = [f"llms-full-{number}.txt" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield OutputFile(name, b"".join(part))
    listed = "".join(f"- [{name}]({root}{name})\n" for name in names)
    yield OutputFile("llms-full.txt", f"# All pages, in {len(names)} parts\n\n{listed}".encode())
