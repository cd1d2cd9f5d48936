"""Publish: a built site -> its host, by the publisher of the target's scheme; the plan first."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from msgspec import Struct

from sitegen.errors import PublishError
from sitegen.extension.publishers import PUBLISHERS
from sitegen.model.own_names import MANIFEST
from sitegen.publish.limits import check_limits
from sitegen.publish.local_site import LocalSite, open_site
from sitegen.publish.plan import Plan, Remote, make_plan
from sitegen.publish.records import Records
from sitegen.publish.target import parse_target
from sitegen.workers.progress import Progress
from sitegen.write.manifest import digest, parents

__all__ = ["PUBLISHERS", "Options", "Outcome", "Publisher", "publish"]


class Publisher(Protocol):
    """A target that was found."""

    host: str
    """Whose limits hold, a key of ``HOSTS``."""

    def look(self) -> Remote:
        """Say what the target holds now."""

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Make the target hold the site and say where it is."""


class Options(Struct, frozen=True):
    """How a site is published, or with ``remove``, that all of it goes.

    ``records`` is the file that remembers what we published. ``host`` replaces the publisher's own
    idea of whose limits hold. ``message`` is what a commit says, where a target has commits.
    """

    records: Path
    host: str = ""
    dry_run: bool = False
    adopt: bool = False
    replace_newer: bool = False
    message: str = ""
    remove: bool = False


class Outcome(Struct, frozen=True):
    """What was planned, and where the site is now (empty: nothing was sent).

    ``folder`` is the name of the site's folder on this disk; ``host`` is whose limits hold.
    """

    plan: Plan
    place: str
    folder: str
    host: str


def publish(target: str, folder: Path, options: Options) -> Outcome:
    """Send a built site to its target: only differences, assets first, deletions last.

    Raises:
        ConfigError: The target is not one.
        PublishError: The host's limits, foreign or newer content, or the network forbid it. Until
            sending begins nothing is changed; after that a second call completes the first.
    """
    parsed = parse_target(target, PUBLISHERS)
    site = LocalSite(folder, {}) if options.remove else open_site(folder)
    site.check()
    with PUBLISHERS[parsed.scheme](parsed) as publisher:
        host = options.host or publisher.host
        remote = publisher.look()
        _refuse_sites_in_the_way(site, remote)
        plan = make_plan(site, remote, adopt=options.adopt, message=options.message)
        check_limits(host, {"": plan}, site)
        records = Records(options.records)
        if not (plan.is_empty or options.replace_newer):
            _refuse_newer(records, target, remote)
        if options.dry_run or plan.is_empty:
            if plan.is_empty and not options.dry_run:
                records.note(target, [remote.digest])
            return Outcome(plan, "", folder.name, publisher.host)
        new = digest(site.files)
        # Noted before the first byte is sent: after a crash the target is still known as ours.
        records.note(target, {remote.digest, digest(plan.interim), new})
        total = len(plan.added) + len(plan.changed) + len(plan.deleted)
        place = publisher.send(site, plan, Progress(total))
        records.note(target, [new])
    return Outcome(plan, place, folder.name, publisher.host)


def _refuse_sites_in_the_way(site: LocalSite, remote: Remote) -> None:
    """See that no other site is where this one has files: each would lose what the other has."""
    sites = {path.removesuffix(f"/{MANIFEST}") for path in remote.files if f"/{MANIFEST}" in path}
    ours = {above for path in site.files for above in (path, *parents(path))} if sites else set()
    if in_the_way := sorted(sites & ours):
        raise PublishError(
            f"the target holds another site in {in_the_way[0]}/, where this one has files",
            help=f"delete {in_the_way[0]}/ there, or name another target",
        )


def _refuse_newer(records: Records, target: str, remote: Remote) -> None:
    if remote.manifest is not None and not records.knows(target, remote.digest):
        raise PublishError(
            "the target holds a site that was not published from here: it may be newer",
            help="look at it, then use --replace-newer",
        )
