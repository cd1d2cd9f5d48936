"""Publish to ``hf://spaces/owner/name`` and ``hf://datasets/owner/name``: one commit on the Hub."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from sitegen.data import install_line
from sitegen.errors import ConfigError, PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan, Remote, manifest_files
from sitegen.publish.retries import retried
from sitegen.publish.target import Target, place_in_branch
from sitegen.safe_urls import redacted
from sitegen.workers.progress import Progress
from sitegen.write.manifest import load_manifest

if TYPE_CHECKING:
    from huggingface_hub import HfApi

_KINDS = {"spaces": "space", "datasets": "dataset", "models": "model"}
_SILENCE = 30.0  # seconds of a Hub that says nothing
_NAME = re.compile(r"\w[\w.-]*")
_T = TypeVar("_T")


@contextmanager
def open_publisher(target: Target) -> Iterator[Repository]:
    """Take a repository of the Hub; the token is ``HF_TOKEN`` of the environment.

    Raises:
        ConfigError: It is not a repository, or huggingface_hub is not installed.
    """
    branch, inside = place_in_branch(target.fragment)
    owner, _, name = target.path.strip("/").partition("/")
    if target.host not in _KINDS or not (_NAME.fullmatch(owner) and _NAME.fullmatch(name)):
        raise ConfigError(
            f"not a repository of the Hub: {target.text!r}", help="write hf://spaces/owner/name"
        )
    try:
        from huggingface_hub import HfApi, get_session  # noqa: PLC0415 - an optional library
        from huggingface_hub.utils.tqdm import disable_progress_bars  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError("hf:// needs huggingface_hub", help=install_line("hub")) from error
    disable_progress_bars()  # ours is the only one, and only on a terminal
    get_session().timeout = _SILENCE
    token = os.environ.get("HF_TOKEN") or False
    api = HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None, token=token)
    repository = {"repo_id": f"{owner}/{name}", "repo_type": _KINDS[target.host]}
    yield Repository(api, repository, branch or "main", inside)


class Repository:
    """A repository of the Hub; it changes with one commit or not at all."""

    host = "hugging-face"

    def __init__(self, api: HfApi, repository: dict[str, Any], branch: str, inside: str) -> None:
        """``repository`` are the arguments that name it in every call.

        ``inside`` is the site's folder in it, with its ``/``, or nothing.
        """
        self._api, self._repository = api, repository
        self._branch, self._inside = branch, inside

    def look(self) -> Remote:
        """List the branch's last commit and read the manifest.

        Raises:
            PublishError: The repository is missing, or the Hub does not answer.
        """
        from huggingface_hub.hf_api import RepoFile  # noqa: PLC0415

        named: dict[str, Any] = {**self._repository, "revision": self._branch}
        info = self._try(lambda: self._api.repo_info(**named, timeout=_SILENCE))
        at: dict[str, Any] = {**self._repository, "revision": info.sha}
        tree = self._try(lambda: list(self._api.list_repo_tree(**at, recursive=True)))
        beside = {entry.path: entry.size for entry in tree if isinstance(entry, RepoFile)}
        ours = [path for path in beside if path.startswith(self._inside)]
        files = {path.removeprefix(self._inside): beside.pop(path) for path in ours}
        held = Remote(files, None, str(info.sha), inside=self._inside, beside=beside)
        if files.pop(MANIFEST, None) is None:
            return held
        try:
            return replace(held, manifest=load_manifest(self._manifest(at)))
        except ValueError as error:
            raise PublishError(f"the repository's {MANIFEST} is damaged: {error}") from error

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        """Make one commit on top of the one that was looked at.

        Raises:
            PublishError: The Hub refuses; the repository is as it was.
        """
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete  # noqa: PLC0415

        operations: list[Any] = []
        for path in (*plan.added, *plan.changed):
            operations.append(CommitOperationAdd(f"{self._inside}{path}", site.read(path)))
            progress.step()
        name, data = manifest_files(site.files)
        if not plan.is_removal:
            operations.append(CommitOperationAdd(f"{self._inside}{name}", data))
        operations += [
            CommitOperationDelete(f"{self._inside}{path}", is_folder=False) for path in plan.gone
        ]
        commit = self._try(
            lambda: self._api.create_commit(
                **self._repository,
                operations=operations,
                commit_message=plan.message,
                commit_description=plan.summary,
                revision=self._branch,
                parent_commit=plan.remote.revision,
            )
        )
        progress.step(len(plan.deleted))
        return str(commit.commit_url)

    def _manifest(self, at: dict[str, Any]) -> bytes:
        with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
            path = self._try(
                lambda: self._api.hf_hub_download(
                    **at, filename=f"{self._inside}{MANIFEST}", cache_dir=folder
                )
            )
            return Path(str(path)).read_bytes()

    def _try(self, call: Callable[[], _T]) -> _T:
        from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415

        # What its library for HTTP raises where there is no answer, whichever that is.
        kinds = [kind for kind in HfHubHTTPError.__mro__ if issubclass(kind, Exception)]
        lost = next(kind for kind in kinds if kind.__name__ == "HTTPError")

        def checked() -> _T:
            try:
                return call()
            except HfHubHTTPError as error:
                status = error.response.status_code
                if status >= 500 or status == 429:
                    raise OSError(str(error)) from error
                raise PublishError(
                    f"the Hub refuses ({status}): {redacted(str(error))}",
                    help=_REMEDIES.get(status, "nothing was changed"),
                ) from error
            except lost as error:
                raise OSError(f"no answer comes ({error})") from error

        return retried(checked, what="asking the Hub")


_REMEDIES = {
    401: "set HF_TOKEN to a token that may write",
    403: "set HF_TOKEN to a token that may write",
    404: "create the repository first, and set HF_TOKEN if it is private",
    409: "somebody published meanwhile: publish again",
    412: "somebody published meanwhile: publish again",
}
