"""Publish to ``rsync+ssh://user@host/srv/www``: another machine's folder, step by step."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sitegen.errors import ConfigError, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish import retries
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan, Remote, manifest_files
from sitegen.publish.target import Target
from sitegen.safe_urls import redacted
from sitegen.workers.progress import Progress
from sitegen.write.manifest import Entry, load_manifest, parents

_HOST = re.compile(r"(?:[\w.][\w.-]*@)?[\w.][\w.-]*(?::\d{1,5})?")
_LISTED = re.compile(r"-\S+ +([\d,]+) \S+ \S+ (.+)")
_WILD, _LITERAL = re.compile(r"[*?\[]"), r"\\\g<0>"  # signs of patterns; no path has a backslash
_AT_ONCE = 1_000  # rules: each file of the folders concerned is held against all of them
_TIMEOUT = 600  # seconds
_LOST = {10, 12, 30, 35, 255}  # rsync's codes for a lost connection, and that of ssh
_MISSING = 23


@contextmanager
def open_publisher(target: Target) -> Iterator[Machine]:
    """Check host and path; the folder above must exist there.

    Raises:
        ConfigError: It is not a host and an absolute path.
    """
    if not _HOST.fullmatch(target.host) or not target.path.strip("/"):
        raise ConfigError(
            f"not a folder of a machine: {redacted(target.text)!r}",
            help="write rsync+ssh://user@host/srv/www/docs",
        )
    host, _, port = target.host.partition(":")
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        yield Machine(host, port, target.path.rstrip("/"), Path(folder))


class Machine:
    """A folder that ssh leads to. Like with objects, pages come after what they need."""

    host = "none"

    def __init__(self, host: str, port: str, path: str, scratch: Path) -> None:
        """``scratch`` is an empty folder of ours."""
        self._place, self._scratch = f"{host}:{path}/", scratch
        ssh = f"ssh -o BatchMode=yes -o ConnectTimeout=20{f' -p {port}' if port else ''}"
        self._ssh = os.environ.get("RSYNC_RSH", ssh)

    def look(self) -> Remote:
        """List the folder and fetch the manifest.

        Raises:
            PublishError: The machine cannot be reached, or the manifest is damaged.
        """
        listing = self._rsync("-r", "--list-only", "--8-bit-output", "--", self._place, missing="")
        files = {
            match[2]: int(match[1].replace(",", ""))
            for line in listing.splitlines()
            if (match := _LISTED.fullmatch(line))
        }
        if files.pop(MANIFEST, None) is None:
            return Remote(files)
        self._rsync("--", f"{self._place}{MANIFEST}", f"{self._scratch}/")
        try:
            return Remote(files, load_manifest((self._scratch / MANIFEST).read_bytes()))
        except ValueError as error:
            raise PublishError(f"the target's {MANIFEST} is damaged: {error}") from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Send in steps; within each, files move to their places together at its end.

        Raises:
            PublishError: A step fails; a second publish completes this one.
        """
        self._manifest(plan.interim)
        for phase in plan.phases:
            if phase:
                self._listed(site.folder, phase, "--delay-updates")
                progress.step(len(phase))
        for removal in filter(None, plan.removals):
            for start in range(0, len(removal), _AT_ONCE):
                self._delete(removal[start : start + _AT_ONCE])
            progress.step(len(removal))
        if plan.is_removal:
            self._delete([MANIFEST])
        else:
            self._manifest(site.files)
        return self._place

    def _manifest(self, files: dict[str, Entry] | object) -> None:
        name, data = manifest_files(files)  # type: ignore[arg-type]
        (self._scratch / name).write_bytes(data)
        self._listed(self._scratch, [name])

    def _listed(self, folder: Path, paths: Iterable[str], *options: str) -> None:
        names = "".join(f"{path}\0" for path in paths).encode()
        modes = ("--perms", "--chmod=D755,F644")
        how = ("--ignore-times", "--from0", "--files-from=-", *modes, *options)
        self._rsync(*how, "--", f"{folder}/", self._place, stdin=names)

    def _delete(self, paths: Sequence[str]) -> None:
        """Delete exactly these files there, and folders that this leaves empty.

        A folder that holds nothing is sent; what no rule names is protected, and so is a folder
        where a file is named.

        `--delete-missing-args` says the same, but rsync 3.4.3 and the security updates of older
        ones refuse their own lists of such files (https://github.com/RsyncProject/rsync/issues/910).
        """
        folders = sorted({above for path in paths for above in parents(path)})
        rules = [f"+ /{_WILD.sub(_LITERAL, folder)}/" for folder in folders]
        for path in map(partial(_WILD.sub, _LITERAL), paths):
            rules += [f"- /{path}/", f"+ /{path}"]
        how = ("-r", "--delete", "--from0", "--include-from=-", "--exclude=*")
        with tempfile.TemporaryDirectory(dir=self._scratch) as nothing:
            self._rsync(
                *how, "--", f"{nothing}/", self._place, stdin="\0".join([*rules, ""]).encode()
            )

    def _rsync(self, *arguments: str, stdin: bytes = b"", missing: str | None = None) -> str:
        """Run rsync; ``missing`` is the answer when the folder is not there yet."""
        command = ["rsync", "--protect-args", "--timeout=30", "-e", self._ssh, *arguments]
        wait = retries.FIRST_WAIT
        for left in reversed(range(retries.TRIES)):
            done = _run(command, stdin)
            if not done.returncode:
                return done.stdout.decode("utf-8", "surrogateescape")
            words = redacted(done.stderr.decode("utf-8", "replace")).strip()
            if missing is not None and done.returncode == _MISSING and "No such file" in words:
                return missing
            if not left or done.returncode not in _LOST:
                break
            time.sleep(wait)
            wait *= 2
        raise PublishError(f"rsync failed: {words}", help="mend this, then publish again")


def _run(command: list[str], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - no shell, and every argument is ours or checked
            command, input=stdin, env=environ, capture_output=True, timeout=_TIMEOUT, check=False
        )
    except FileNotFoundError as error:
        raise PublishError("rsync is not installed", help="install rsync") from error
    except subprocess.TimeoutExpired as error:
        raise PublishError(f"rsync did not end in {_TIMEOUT} s", help="publish again") from error
