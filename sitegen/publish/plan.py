"""Publish: what the target holds and what was built -> what is added, changed and deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from sitegen.errors import PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish.local_site import LocalSite
from sitegen.write.manifest import Entry, digest, dump_manifest, outside_of_sites

_UNSURE = Entry("0" * 64, 0)  # what the manifest says of a file while it is being replaced
_LAST = re.compile(r"index\.html|sitemap[^/]*\.xml|robots\.txt|build\.json|llms[^/]*\.txt")
# What hosts and their users keep beside a site. It is nobody's site that we would overwrite.
_HOUSEHOLD = frozenset({"CNAME", ".nojekyll", ".gitattributes", ".gitignore", "README.md"})
MESSAGE = "Publish the site"
"""What a commit says where nothing else is wanted."""
_EMPTY: Mapping[str, Entry] = MappingProxyType({})


class Remote(Struct, frozen=True):
    """What a target holds: all its files with sizes (-1: not known), without our manifest.

    ``manifest`` is ``None`` when it holds no site of ours. ``revision`` names this very state where
    the target has such names (a commit). ``has_leavings``: a publish that was killed left something
    beside the files, which another one takes away. ``inside`` is the target's folder in what its
    host holds, with a ``/``, and ``beside`` are the host's other files by their paths in all of it.
    ``adopts``: a site can be put beside files that are there, and in their place.
    """

    files: Mapping[str, int] = field(default_factory=dict)
    manifest: Mapping[str, Entry] | None = None
    revision: str = ""
    has_leavings: bool = False
    inside: str = ""
    beside: Mapping[str, int] = field(default_factory=dict)
    adopts: bool = True

    @property
    def digest(self) -> str:
        """Digest the target's manifest; empty when it has none."""
        return digest(self.manifest) if self.manifest is not None else ""


class Plan(Struct, frozen=True):
    """What a publish does: paths in the order in which they are sent, deletions last.

    ``message`` is what a commit says first.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int
    local: Mapping[str, Entry]
    remote: Remote
    message: str = MESSAGE

    @property
    def is_removal(self) -> bool:
        """Whether the site goes."""
        return not self.local

    @property
    def is_empty(self) -> bool:
        """Tell whether the target already holds the site, and nothing that is left of another."""
        is_other = self.added or self.changed or self.deleted or self.remote.has_leavings
        return not is_other and self.remote.manifest == (self.local or None)

    @property
    def phases(self) -> tuple[tuple[str, ...], ...]:
        """The uploads in three steps: what pages need, pages, and what lists them."""
        phases: tuple[list[str], ...] = ([], [], [])
        for path in sorted((*self.added, *self.changed)):
            phases[_phase(path)].append(path)
        return tuple(map(tuple, phases))

    @property
    def removals(self) -> tuple[tuple[str, ...], ...]:
        """The deletions in two steps: pages, then what these needed."""
        return (
            tuple(path for path in self.deleted if _phase(path)),
            tuple(path for path in self.deleted if not _phase(path)),
        )

    @property
    def uploads(self) -> frozenset[str]:
        """All files that are sent."""
        return frozenset((*self.added, *self.changed))

    @property
    def gone(self) -> tuple[str, ...]:
        """All files that are deleted: of a site that goes, its manifest is the last of them."""
        return (*self.deleted, MANIFEST) if self.is_removal else self.deleted

    @property
    def bytes(self) -> int:
        """The number of bytes that are sent."""
        return sum(self.local[path].size for path in (*self.added, *self.changed))

    @property
    def interim(self) -> dict[str, Entry]:
        """The manifest while files are replaced one by one.

        It owns the old and the new files and is sure of the equal ones only: whatever the moment
        of a crash, the next publish sends all others and deletes what it does not have.
        """
        touched = {*self.added, *self.changed, *self.deleted}
        owned = {**(self.remote.manifest or {}), **self.local}
        return {path: _UNSURE if path in touched else owned[path] for path in owned}

    def __str__(self) -> str:
        """List every file with its sign and bytes, and the sums."""
        lines = [f"+ {path} ({self.local[path].size:,} bytes)" for path in self.added]
        lines += [f"~ {path} ({self.local[path].size:,} bytes)" for path in self.changed]
        lines += [f"- {path}" for path in self.deleted]
        return "\n".join([*lines, self.summary])

    @property
    def summary(self) -> str:
        """Say the sums in one line."""
        return (
            f"{len(self.added):,} to add, {len(self.changed):,} to change, "
            f"{len(self.deleted):,} to delete, {self.unchanged:,} equal; {self.bytes:,} bytes"
        )


def _phase(path: str) -> int:
    if _LAST.fullmatch(path):
        return 2
    return 1 if path.endswith((".html", ".json", ".md")) else 0


def make_plan(site: LocalSite, remote: Remote, *, adopt: bool = False, message: str = "") -> Plan:
    """Compare; what is not in the target's manifest is not ours and is never deleted.

    Raises:
        PublishError: The target holds files of somebody else, and ``adopt`` is not given.
    """
    known = remote.manifest if remote.manifest is not None else _EMPTY
    # Versions and previews are sites of their own, in folders beside and below each other.
    foreign = set(outside_of_sites(remote.files)) - known.keys()
    in_the_way = (foreign & site.files.keys()) - {".nojekyll", "CNAME"}
    strange = foreign - _HOUSEHOLD if site.files and remote.manifest is None else set()
    if not adopt and (in_the_way or strange):
        raise _foreign(sorted(in_the_way or strange), remote)
    held = {path for path in site.files if path in remote.files}
    changed = {path for path in held if not _is_equal(path, site.files[path], remote)}
    deleted = {path for path in known if path not in site.files and path in remote.files}
    return Plan(
        added=tuple(sorted(site.files.keys() - held)),
        changed=tuple(sorted(changed)),
        deleted=tuple(sorted(deleted)),
        unchanged=len(held) - len(changed),
        local=site.files,
        remote=remote,
        message=message or MESSAGE,
    )


def _is_equal(path: str, entry: Entry, remote: Remote) -> bool:
    return (remote.manifest or {}).get(path) == entry and remote.files[path] in {-1, entry.size}


def _foreign(paths: list[str], remote: Remote) -> PublishError:
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return PublishError(
        f"the target holds files that sitegen did not publish: {', '.join(paths[:3])}{more}",
        help="name another target; or --adopt replaces those whose names the site needs and "
        "leaves the others alone"
        if remote.adopts
        else "name another target, or move them away",
    )


def manifest_files(files: Mapping[str, Entry]) -> tuple[str, bytes]:
    """Give a manifest as the file that it is on a target."""
    return MANIFEST, dump_manifest(files)
