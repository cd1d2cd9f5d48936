"""Assemble: chunks are grouped by source, ordered and joined to documents with a source map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sitegen.assemble.comments import join_comment
from sitegen.assemble.forms.context import without_context
from sitegen.assemble.forms.inverse import Forms, as_written, look_for_forms
from sitegen.assemble.front_matter import KNOWN, Front, is_draft, take_front_matter
from sitegen.assemble.grouping.groups import Groups, group_by_source
from sitegen.assemble.grouping.order import leave_parts_out, put_in_order
from sitegen.assemble.grouping.repositories import without_layout
from sitegen.assemble.grouping.sources import (
    common_root,
    identify,
    language_folders,
    language_in,
    language_of,
    overlaid,
    segments,
)
from sitegen.assemble.joining.habits import Habits, learn_habits
from sitegen.assemble.joining.join import join_chunks
from sitegen.assemble.outline import headings_above
from sitegen.assemble.pages import Join, documents_of
from sitegen.assemble.parts import Parts
from sitegen.assemble.told import joins
from sitegen.errors import Diagnostic, Location, Severity, nearly
from sitegen.model import Chunk, Document, LinkSpace
from sitegen.model.runs import PartOfFile
from sitegen.store.recall import NOTHING_KEPT, Store
from sitegen.store.shelf import Shelf
from sitegen.urls import markdown_folders, permalink

_MOST_KEYS = 10  # that one finding names
_ALIKE = 0.75  # of a key to one that means something; others have keys of their own


class Assembled(Struct, frozen=True):
    """All documents in source order, and what links between them may name."""

    documents: Shelf[Document]
    space: LinkSpace


def assemble(
    chunks: Iterable[Chunk | PartOfFile],
    notices: list[Diagnostic],
    join: Join | None = None,
    folder: Path | None = None,
    store: Store = NOTHING_KEPT,
) -> Assembled:
    """Put documents together again, whatever the order of the rows.

    ``join`` may give a document that `join_document` has made before. In ``folder`` is put aside
    what does not fit into memory, and of that ``store`` knows what was made of parts of it before.

    Raises:
        ReadError: the same place of a source is claimed by chunks with different texts.
    """
    groups = _without_overlaid(group_by_source(chunks, notices, folder), notices)
    files = {source for source, group in groups.with_files() if group[0].row is None}
    sources = list(groups)
    gone = _drop_overlaid(groups, files, notices)
    given = (sources, sorted(files), gone)
    named = store.recall("named", given, partial(_named, sources, files, gone), _Named)
    notices += named.notices
    parts = Parts(groups, named.ids, store)
    habits = _habits(parts, notices)
    spoken = dict(zip(named.ids, named.languages, strict=True))
    documents, told = documents_of(parts, join or join_document, habits, spoken.__getitem__, folder)
    _left_out(dict(told.fronts), notices)
    notices += joins(told.joints)
    made = partial(_space, told.addresses, named.renamed)
    space = store.recall("space", (told.addresses, named.renamed), made, LinkSpace)
    return Assembled(documents, space)


class _Named(Struct, frozen=True):
    """How documents are called: the id of each source, and the language that its folders tell.

    ``renamed`` maps the few ids that had to give way to another.
    """

    ids: dict[str, str]
    languages: list[str]
    renamed: dict[str, str]
    notices: list[Diagnostic]


def _named(sources: Sequence[str], files: AbstractSet[str], gone: Sequence[str]) -> _Named:
    """Name the documents of sources, but for those that are ``gone``, by the paths of all."""
    notices: list[Diagnostic] = []
    paths, root = _paths(sources, files)
    for source in gone:
        del paths[source]
    ids, renamed = identify(paths, root, notices)
    inside = (path[len(root) :] for path in paths.values() if path[: len(root)] == root)
    folders, of_root = language_folders(inside), language_of(root)
    languages = [language_in(id, folders) or of_root for id in ids.values()]
    return _Named(ids, languages, renamed, notices)


def _drop_overlaid(
    groups: Groups, files: AbstractSet[str], notices: list[Diagnostic]
) -> Sequence[str]:
    """Let go of the sources that files stand in place of, or are drafts of; say which."""
    if not files or len(files) == len(groups):
        return ()
    gone: list[str] = []
    for source, by in overlaid(*_paths(groups, files), files).items():
        if by not in groups:  # a draft of several pages is gone by now
            continue
        if is_draft(groups[by][0]):  # what it is a draft of stays
            notices.append(_draft(by, groups[by][0].location))
            source = by  # noqa: PLW2901
        else:
            notices.append(_overlaid(source, groups[by][0].file))
        groups.pop(source)
        gone.append(source)
    return gone


def _space(addresses: Sequence[tuple[str, str]], renamed: Mapping[str, str]) -> LinkSpace:
    """What links may name: old addresses, by those of all documents, and ids of before."""
    folders = markdown_folders(permalink(id) for id, _ in addresses)
    return LinkSpace(_old_roots(addresses), tuple(renamed.items()), tuple(sorted(folders)))


def _paths(
    sources: Iterable[str], files: AbstractSet[str]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The path of each source, and the root that those of rows have in common."""
    paths = {source: segments(source) for source in sources}
    of_rows = {source: path for source, path in paths.items() if source not in files}
    root = common_root(of_rows)
    # Pages of a folder count from there, beside what a dataset's paths have below their root.
    of_files = {source: (*root, *paths[source]) for source in files}
    return paths | without_layout(of_rows, root) | of_files, root


def _overlaid(source: str, by: str) -> Diagnostic:
    message = f"{by!r} stands in place of the page {source!r} of the dataset"
    return Diagnostic("page-overlaid", Severity.INFO, message, Location(file=by))


def _without_overlaid(groups: Groups, notices: list[Diagnostic]) -> Groups:
    """The chunks of each source; a file that is a page stands in place of a dataset's rows."""

    def own(source: str, group: list[Chunk]) -> list[Chunk]:
        files = [chunk for chunk in group if chunk.row is None]
        if not files or len(files) == len(group):
            return group
        if is_draft(files[0]):
            notices.append(_draft(source, files[0].location))
            return [chunk for chunk in group if chunk.row is not None]
        notices.append(_overlaid(source, files[0].file))
        return files

    is_mixed = any(any(c.row is not None for c in group) for _, group in groups.with_files())
    return groups.changed(own) if is_mixed else groups


def _habits(parts: Parts, notices: list[Diagnostic]) -> Habits:
    """Put the chunks of each source in order, as they were before a splitter added to them."""
    leave_parts_out(parts, notices)
    put_in_order(parts, notices)
    notices += parts.see(look_for_forms, Forms).notices
    marked = as_written(parts, notices)
    without_context(parts, parts.see(look_for_forms, Forms).context)
    return learn_habits(parts, by_lines=marked)


def join_document(
    document_id: str, group: Sequence[Chunk], habits: Habits, language: str
) -> tuple[Document, Front]:
    """A group of chunks in their order as one document, and what its front matter says.

    The chunks are joined as the ``habits`` of all have it.
    """
    joined = join_chunks(group, headings_above(group, habits), habits)
    url = next((chunk.url.split("#")[0] for chunk in group if chunk.url), "")
    title = next((chunk.title for chunk in group if chunk.title), "")
    document = Document(
        document_id, group[0].source, joined.text, joined.sections, title, url, language
    )
    if changed := max(chunk.changed for chunk in group):
        document = replace(document, changed=changed)
    document, front = take_front_matter(document)
    return join_comment(document), front


def _left_out(fronts: Mapping[str, Front], notices: list[Diagnostic]) -> None:
    """Report what front matter says wrong, and once for all pages the keys that mean nothing."""
    for front in fronts.values():
        notices += front.faults
    unknown: dict[str, Location] = {}
    for front in fronts.values():
        unknown = dict.fromkeys(front.unknown, front.place) | unknown
    if unknown:
        names = ", ".join(map(repr, sorted(unknown)[:_MOST_KEYS]))
        message = f"keys of front matter that nothing reads: {names}"
        near = ((name, nearly(name, KNOWN, _ALIKE)) for name in sorted(unknown)[:_MOST_KEYS])
        help = "; ".join(f"{name!r}: {question}" for name, question in near if question)
        place = unknown[min(unknown)]
        notices.append(Diagnostic("front-matter-key", Severity.INFO, message, place, help))
    for page, front in fronts.items():
        if front.draft:
            notices.append(_draft(page, front.place))


def _draft(page: str, place: Location) -> Diagnostic:
    return Diagnostic("draft", Severity.INFO, f"{page!r} is a draft and left out", place)


def _old_roots(addresses: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Find the old site's addresses: what stays of pages' URLs without their document ids."""
    roots = Counter(url.removesuffix(id) for id, url in addresses if url.endswith(f"/{id}"))
    return tuple(root for root, count in sorted(roots.items()) if count * 2 > len(addresses))
