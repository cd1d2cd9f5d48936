"""Publish: git as a subprocess that runs nobody's hooks, asks nothing and ends in time."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.errors import PublishError
from sitegen.publish import retries
from sitegen.safe_urls import redacted

TIMEOUT = 600
"""Seconds for one command, a push of a large site included."""
_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.autocrlf=false",
    "core.attributesFile=/dev/null",
    "gc.auto=0",
    "maintenance.auto=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "protocol.ext.allow=never",
)
_LOST = re.compile(
    r"could not resolve|failed to connect|"
    r"timed out|timeout|connection (?:refused|reset|closed)|early eof|"
    r"hung up|unreachable|too slow|HTTP 5\d\d|returned error: 5\d\d",
    re.IGNORECASE,
)
_KEPT = (
    *("GIT_SSH_COMMAND", "GIT_SSH", "GIT_ASKPASS", "GIT_SSL_CAINFO", "GIT_CONFIG_GLOBAL"),
    *(f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")),
)


class Git:
    """Runs git commands in one folder."""

    def __init__(self, folder: Path, url: str, more: Mapping[str, str] | None = None) -> None:
        """``url`` is the only remote that the commands speak to.

        ``more`` are variables that hold where the user has set none.
        """
        self._folder, self._environ = folder, {**(more or {}), **_environment(url)}

    def run(
        self, *arguments: str, stdin: bytes = b"", seconds: int = TIMEOUT
    ) -> subprocess.CompletedProcess[bytes]:
        """Run one command and answer with all that it said.

        Raises:
            PublishError: There is no git, or it does not end.
        """
        safe = [part for setting in _SAFE for part in ("-c", setting)]
        try:
            return subprocess.run(  # noqa: S603 - no shell, and every argument is ours or checked
                ["git", *safe, *arguments],  # noqa: S607 - the user's own git
                cwd=self._folder,
                env=self._environ,
                input=stdin,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except FileNotFoundError as error:
            raise PublishError("git is not installed", help="install git") from error
        except subprocess.TimeoutExpired as error:
            raise PublishError(
                f"git {arguments[0]} did not end in {seconds} s",
                help="see whether the remote answers, then publish again",
            ) from error

    def __call__(
        self,
        *arguments: str,
        stdin: bytes = b"",
        network: bool = False,
        seconds: int = TIMEOUT,
    ) -> bytes:
        """Run one command that must succeed; ``network`` tries again what the network lost.

        Raises:
            PublishError: It fails; the remote's own words are in the message, without secrets.
        """
        wait, tries = retries.FIRST_WAIT, retries.TRIES if network else 1
        for left in reversed(range(tries)):
            done = self.run(*arguments, stdin=stdin, seconds=seconds)
            if not done.returncode:
                return done.stdout
            words = redacted(done.stderr.decode("utf-8", "replace")).strip()
            if not (left and _LOST.search(words)):
                break
            time.sleep(wait)
            wait *= 2
        reason, remedy = _explained(words)
        raise PublishError(f"git {arguments[0]} {reason}: {words}", help=remedy)


def _explained(words: str) -> tuple[str, str]:
    if "fetch first" in words or "non-fast-forward" in words or "cannot lock ref" in words:
        return "was refused", "somebody published meanwhile: publish again to see the difference"
    if "hook declined" in words or "protected branch" in words or "GH006" in words:
        return "was refused by the remote", "ask who owns the repository; nothing was changed"
    if re.search(r"authentication|permission denied|could not read Username|40[13]", words, re.I):
        return "was not allowed", "set SITEGEN_GIT_TOKEN, or use an SSH key that may push"
    return "failed", "nothing was changed; publish again"


def _environment(url: str) -> dict[str, str]:
    """Keep the user's environment less what would point git to another repository."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environ |= {name: os.environ[name] for name in _KEPT if name in os.environ}
    environ.setdefault(
        "GIT_SSH_COMMAND",
        "ssh -o BatchMode=yes -o ConnectTimeout=20"
        " -o ServerAliveInterval=15 -o ServerAliveCountMax=4",  # a minute without a sign of life
    )
    environ |= {
        "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_HTTP_LOW_SPEED_LIMIT": "1000",
        "GIT_HTTP_LOW_SPEED_TIME": "30",
        "LC_ALL": "C",
    }
    return environ | _token(url)


def _token(url: str) -> dict[str, str]:
    """Hand a token to git by its environment, for this host only: arguments are public."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return {}
    token = os.environ.get("SITEGEN_GIT_TOKEN", "")
    if not token and parts.hostname == "github.com":
        token = os.environ.get("GITHUB_TOKEN", "")
    if parts.scheme != "https" or not token:
        return {}
    basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.https://{parts.netloc.rpartition('@')[2]}/.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
    }
