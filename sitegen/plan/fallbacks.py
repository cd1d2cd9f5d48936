"""Fallbacks: pages that a language lacks -> the same pages in the site's first language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sitegen.languages import tag_of
from sitegen.model import Document, Head
from sitegen.plan.addresses import Address
from sitegen.plan.redirect_file import Redirect
from sitegen.scan.patterns import rare
from sitegen.urls import is_absolute, permalink, resolve

_LINK = rare(r"""(?:\]\(\s*<?|\]:\s*<?|\bhref=["'])([^\s)>"'#?]+)""")


def tongue(document: Document | Head) -> str:
    """The language in whose folder a document is, on a site of several."""
    language = document.language
    return language if language and document.id.startswith(f"{language}/") else ""


def first_language(documents: Iterable[Head], configured: str = "") -> str:
    """The language that others fall back to; "" where there are not several.

    It is the configured one, else English, else the one with most pages.
    """
    counts = Counter(filter(None, map(tongue, documents)))
    if len(counts) < 2:
        return ""
    by_tag = {tag_of(language): language for language in sorted(counts)}
    named = next((by_tag[tag] for tag in (tag_of(configured), "en") if tag in by_tag), "")
    return named or min(counts, key=lambda language: (-counts[language], language))


def instead_of(local: str, first: str, ids: Mapping[str, Head]) -> str:
    """The page of the first language for one that another lacks; "" if it has none either."""
    language, _, below = local.partition("/")
    found = f"{first}/{below}"
    return found if first and below and language != first and found in ids else ""


def led_back(
    lines: Sequence[Redirect], documents: Sequence[Head], configured: str = ""
) -> tuple[Redirect, ...]:
    """Let redirects to pages that a language lacks lead to the same in the first language."""
    first = first_language(documents, configured)
    ids = {document.id: document for document in documents}
    there = {permalink(id) for id in ids} | {line.old.permalink for line in lines}

    def led(line: Redirect) -> Redirect:
        new = line.new.permalink
        instead = "" if new in there else instead_of(new.strip("/"), first, ids)
        return line._replace(new=Address(permalink(instead), line.new.anchor)) if instead else line

    return tuple(map(led, lines)) if first else tuple(lines)


def missed(documents: Iterable[Document], first: str) -> tuple[tuple[str, str, str], ...]:
    """What links in translations miss, in order: permalink, the document there is, no anchor."""
    pages = {permalink(document.id): document.id for document in documents}
    found: dict[str, str] = {}
    for document in documents:
        language = tongue(document)
        if language in {"", first}:
            continue
        for href in _LINK.findall(document.text):
            target = None if is_absolute(href) else resolve(href, document.id)
            at = permalink(target.path) if target and target.is_page else ""
            there = pages.get(f"{first}/{at.removeprefix(f'{language}/')}")
            if at.startswith(f"{language}/") and at not in pages and there:
                found[at] = there
    return tuple((at, found[at], "") for at in sorted(found))
