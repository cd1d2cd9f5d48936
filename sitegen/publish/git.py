"""Publish to ``gh-pages:`` and ``git+https://host/repo.git#branch``: one commit, pushed at once.

``#branch:folder`` is a folder of the branch, as git itself writes it; what is beside it stays.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from sitegen.errors import ConfigError, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish import retries
from sitegen.publish.git_checkout import checked, identity, remote_url
from sitegen.publish.git_command import TIMEOUT, Git
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan, Remote, manifest_files
from sitegen.publish.target import Target, place_in_branch
from sitegen.safe_urls import redacted
from sitegen.workers.progress import Progress
from sitegen.write.manifest import load_manifest, outside_of_sites

_BRANCH = re.compile(r"(?!.*(\.\.|//|@\{|\.lock$))[A-Za-z0-9][\w./-]*(?<![./])")
_FIRST_ANSWER = 60  # seconds; a server that takes a connection and is silent has so many
_OLD = "refs/sitegen/old"
_HASHES = {40: "sha1", 64: "sha256"}
"""Kinds of repositories by the digits of an object's name."""
_OTHER_HASH = b"does not support this repository's hash algorithm"


@contextmanager
def open_publisher(target: Target) -> Iterator[Branch]:
    """Make a folder for a repository of our own; the checkout is only asked for its settings.

    Raises:
        ConfigError: The remote, the branch or the folder in it is none that git may be given.
    """
    name, inside = place_in_branch(target.fragment)
    branch = name or "gh-pages"
    if not _BRANCH.fullmatch(branch):
        raise ConfigError(f"not a name of a branch: {branch!r}")
    if target.scheme == "gh-pages":
        url = remote_url(target.path or "origin")
    else:
        url = checked(target.text.split("#")[0][4:])
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        git = Git(Path(folder), url, identity())
        is_github = target.scheme == "gh-pages" or "github.com" in url
        host = "github-pages" if is_github else "none"
        yield Branch(git, url, branch, inside, host)


class Branch:
    """A branch of a remote repository; what is on it changes with one commit or not at all."""

    def __init__(self, git: Git, url: str, branch: str, inside: str, host: str) -> None:
        """``inside`` is the site's folder in the branch, with its ``/``, or nothing."""
        self._git, self._url, self._ref, self._inside = git, url, f"refs/heads/{branch}", inside
        place = f"{branch}, {inside}" if inside else branch
        self._name, self.host = f"{redacted(url)} ({place})", host

    def look(self) -> Remote:
        """Fetch the branch's last commit, without the files where the server allows it.

        Raises:
            PublishError: The remote cannot be reached, or the manifest on it is damaged.
        """
        said = self._git("ls-remote", "--", self._url, network=True, seconds=_FIRST_ANSWER)
        heads = said.decode().split()
        self._begin(_HASHES.get(len(heads[0]), "sha1") if heads else self._hash_of_empty())
        if self._ref not in heads:
            return Remote()
        revision = self._fetch()
        files, beside = self._paths()
        held = Remote(files, None, revision, inside=self._inside, beside=beside)
        if files.pop(MANIFEST, None) is None:
            return held
        data = self._git("cat-file", "blob", f"{_OLD}:{self._inside}{MANIFEST}", network=True)
        try:
            return replace(held, manifest=load_manifest(data))
        except ValueError as error:
            raise PublishError(f"the branch's {MANIFEST} is damaged: {error}") from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Commit on top of the commit that was looked at and push; nothing is ever forced.

        What others push meanwhile beside the site, the commit comes on top of.

        Raises:
            PublishError: The remote refuses, with its words; the branch is as it was.
        """
        lines = []
        for path in (*plan.added, *plan.changed):
            lines.append(f"100644 {self._blob(site.read(path))}\t{self._inside}{path}\0")
            progress.step()
        name, data = manifest_files(site.files)
        manifest = self._blob(data)
        if not plan.is_removal:
            lines.append(f"100644 {manifest}\t{self._inside}{name}\0")
        # Removals first: a file may take the place of a folder.
        lines[:0] = [f"0 {'0' * len(manifest)}\t{self._inside}{path}\0" for path in plan.gone]
        progress.step(len(plan.deleted))
        progress.tell(f"waiting for {redacted(self._url)} to take it, {TIMEOUT} s at most")
        revision, changes = plan.remote.revision, "".join(lines).encode()
        site_there = self._site_there(revision)
        for left in reversed(range(retries.TRIES)):
            commit = self._commit(changes, revision, f"{plan.message}\n\n{plan.summary}\n")
            push = ("push", "--quiet", "--no-verify", "--", "origin", f"{commit}:{self._ref}")
            try:  # it is refused by the remote unless it only adds to what we looked at
                self._git(*push, network=True)
                break
            except PublishError:
                before, revision = revision, self._fetch()
                if not left or revision == before or self._site_there(revision) != site_there:
                    raise
        return self._name

    def _fetch(self) -> str:
        """Fetch the branch's last commit and name it."""
        lean = ("--depth=1", "--no-tags", "--filter=blob:none")
        self._git("fetch", "--quiet", *lean, "--", "origin", f"+{self._ref}:{_OLD}", network=True)
        return self._git("rev-parse", "--verify", _OLD).decode().strip()

    def _commit(self, changes: bytes, revision: str, message: str) -> str:
        """Make a commit of changes of the index on top of another one, or of nothing."""
        git = self._git
        git("read-tree", revision or "--empty")
        git("update-index", "-z", "--index-info", stdin=changes)
        tree = git("write-tree", "--missing-ok").decode().strip()
        parent = ("-p", revision) if revision else ()
        commit = git("commit-tree", "--no-gpg-sign", *parent, tree, stdin=message.encode())
        return commit.decode().strip()

    def _site_there(self, revision: str) -> dict[str, str]:
        """What a commit has of the site: files of its folder, less those of sites below."""
        if not revision:
            return {}
        said = self._git("ls-tree", "-r", "-z", revision, "--", self._inside or ".")
        lines = said.decode("utf-8", "replace").split("\0")
        found = dict(line.split("\t", 1)[::-1] for line in filter(None, lines))
        named = {path.removeprefix(self._inside): entry for path, entry in found.items()}
        return {path: named[path] for path in outside_of_sites(named)}

    def _begin(self, kind: str) -> None:
        """Make an empty repository whose objects are named as the remote's are."""
        self._git("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", ".")
        self._git("config", "remote.origin.url", self._url)

    def _hash_of_empty(self) -> str:
        """Ask a remote without commits, which names no object, whether it refuses the usual kind.

        What is asked is to delete a branch that is not there, and that only as a rehearsal.
        """
        self._git("init", "--quiet", "--bare", "--template=", "--object-format=sha1", "asks")
        push = ("push", "--dry-run", "--no-verify", "--", self._url, f":{self._ref}")
        said = self._git.run("-C", "asks", *push)
        return "sha256" if _OTHER_HASH in said.stderr else "sha1"

    def _paths(self) -> tuple[dict[str, int], dict[str, int]]:
        """The files of the site's folder, as they are named in it, and the branch's others.

        Raises:
            PublishError: A file of the branch has the name of the folder.
        """
        names = self._git("ls-tree", "-r", "-z", "--name-only", _OLD)
        files: dict[str, int] = {}
        beside: dict[str, int] = {}
        for path in filter(None, names.decode("utf-8", "replace").split("\0")):
            if path.startswith(self._inside):
                files[path.removeprefix(self._inside)] = -1
                continue
            beside[path] = -1
            if self._inside.startswith(f"{path}/"):
                raise PublishError(
                    f"{path} is a file on the branch, and no folder", help="name another folder"
                )
        return files, beside

    def _blob(self, data: bytes) -> str:
        return (
            self._git("hash-object", "-w", "--no-filters", "--stdin", stdin=data).decode().strip()
        )
