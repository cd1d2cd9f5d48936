"""Publish to ``gh-pages:`` and ``git+https://host/repo.git#branch``: one commit, pushed at once."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import ConfigError, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish.git_command import Git
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan, Remote, manifest_files
from sitegen.publish.progress import Progress
from sitegen.publish.target import Target, redacted
from sitegen.write.manifest import load_manifest

_BRANCH = re.compile(r"(?!.*(\.\.|//|@\{|\.lock$))[A-Za-z0-9][\w./-]*(?<![./])")
_SHORT = re.compile(r"(?!-)(?:[\w.-]+@)?(?!-)([\w.-]+):(?![/-])([\w./~-]+)")  # git@host:owner/repo
_OLD = "refs/sitegen/old"


@contextmanager
def open_publisher(target: Target) -> Iterator[Branch]:
    """Make an empty repository of our own; that of the checkout is only asked for its address.

    Raises:
        ConfigError: The remote or the branch is none that git may be given.
    """
    branch = target.fragment or "gh-pages"
    if not _BRANCH.fullmatch(branch):
        raise ConfigError(f"not a name of a branch: {branch!r}")
    url = _remote_url(target) if target.scheme == "gh-pages" else target.text.split("#")[0][4:]
    url = _checked(url)
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        git = Git(Path(folder), url)
        git("init", "--quiet", "--bare", "--template=", ".")
        git("config", "remote.origin.url", url)
        is_github = target.scheme == "gh-pages" or "github.com" in url
        yield Branch(git, branch, redacted(url), "github-pages" if is_github else "none")


def _remote_url(target: Target) -> str:
    """Read a remote's address from the checkout's own configuration, without running its hooks."""
    name = target.path or "origin"
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise ConfigError(f"not a name of a remote: {name!r}")
    found = Git(Path.cwd(), "").run("config", "--local", "--get", f"remote.{name}.url")
    if found.returncode:
        raise ConfigError(
            f"this folder's repository has no remote {name!r}",
            help="write the address: git+https://host/owner/repo.git#gh-pages",
        )
    return found.stdout.decode("utf-8", "replace").strip()


def _checked(url: str) -> str:
    """Allow https, ssh and plain files; git has schemes that start programs."""
    if url.startswith("/"):
        url = f"file://{url}"
    if _SHORT.fullmatch(url):
        return url
    match = re.fullmatch(r"(https|ssh|file)://([^/\s]*)(/[^\s]*)", url)
    hosts = match[2].split("@") if match else []
    if match is None or any(part.startswith("-") for part in hosts):
        raise ConfigError(
            f"not a remote to push to: {redacted(url)!r}", help="https, ssh and file are allowed"
        )
    if ":" in match[2].rpartition("@")[0]:
        raise ConfigError("a password in the remote's address", help="see docs/publish")
    return url


class Branch:
    """A branch of a remote repository; what is on it changes with one commit or not at all."""

    def __init__(self, git: Git, branch: str, name: str, host: str) -> None:
        """Take a repository whose ``origin`` is the remote."""
        self._git, self._ref, self.host = git, f"refs/heads/{branch}", host
        self._name = f"{name} ({branch})"

    def look(self) -> Remote:
        """Fetch the branch's last commit, without the files where the server allows it.

        Raises:
            PublishError: The remote cannot be reached, or the manifest on it is damaged.
        """
        heads = self._git("ls-remote", "--", "origin", self._ref, network=True).split()
        if not heads:
            return Remote()
        lean = ("--depth=1", "--no-tags", "--filter=blob:none")
        self._git("fetch", "--quiet", *lean, "--", "origin", f"+{self._ref}:{_OLD}", network=True)
        revision = self._git("rev-parse", "--verify", _OLD).decode().strip()
        names = self._git("ls-tree", "-r", "-z", "--name-only", _OLD)
        paths = [path.decode("utf-8", "replace") for path in names.split(b"\0") if path]
        files = dict.fromkeys(paths, -1)
        if files.pop(MANIFEST, None) is None:
            return Remote(files, None, revision)
        data = self._git("cat-file", "blob", f"{_OLD}:{MANIFEST}", network=True)
        try:
            return Remote(files, load_manifest(data), revision)
        except ValueError as error:
            raise PublishError(f"the branch's {MANIFEST} is damaged: {error}") from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Commit on top of the commit that was looked at and push; nothing is ever forced.

        Raises:
            PublishError: The remote refuses, with its words; the branch is as it was.
        """
        git, revision = self._git, plan.remote.revision
        if revision:
            git("read-tree", _OLD)
        lines = []
        for path in (*plan.added, *plan.changed):
            lines.append(f"100644 {self._blob(site.read(path))}\t{path}\0")
            progress.step()
        name, data = manifest_files(site.files)
        lines.append(f"100644 {self._blob(data)}\t{name}\0")
        # Removals first: a file may take the place of a folder.
        gone = [f"0 {'0' * 40}\t{path}\0" for path in plan.deleted]
        git("update-index", "-z", "--index-info", stdin="".join(gone + lines).encode())
        tree = git("write-tree", "--missing-ok").decode().strip()
        parent = ("-p", revision) if revision else ()
        message = f"Publish the site\n\n{plan.summary}\n".encode()
        commit = git("commit-tree", "--no-gpg-sign", *parent, tree, stdin=message).decode().strip()
        progress.step(len(plan.deleted))
        # A plain push is refused by the remote unless it only adds to what we looked at.
        git("push", "--quiet", "--no-verify", "--", "origin", f"{commit}:{self._ref}", network=True)
        return self._name

    def _blob(self, data: bytes) -> str:
        return (
            self._git("hash-object", "-w", "--no-filters", "--stdin", stdin=data).decode().strip()
        )
