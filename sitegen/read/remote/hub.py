"""The Hub: ``hf://datasets/owner/name[@revision][/rest]`` -> the files of its very commit.

One request of the Hub's API lists a commit with the sizes and ids of its files and the card's
configurations; the bytes come by ranges as from any other host.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct
from urllib3.response import BaseHTTPResponse

from sitegen.errors import ConfigError, ReadError
from sitegen.read.remote.client import Door, exchange
from sitegen.read.remote.file import RemoteFile

_ADDRESS = re.compile(
    r"hf://datasets/(?P<repository>\w[\w.-]*/\w[\w.-]*)"
    r"(?:@(?P<revision>refs/(?:convert|pr)/[^/]+|[^/]+))?(?:/(?P<rest>.*))?"
)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_MOST = 64 << 20  # bytes of a listing
_PUBLIC = "https://huggingface.co"
_TOKEN = "set HF_TOKEN to a token that may read it"  # noqa: S105 - a remedy


class Listing(Struct, frozen=True):
    """A commit of a dataset: ``address`` names it, ``files`` are by their paths in it."""

    address: str
    files: Mapping[str, RemoteFile]
    configs: Sequence[Mapping[str, Any]]


def parse(text: str) -> tuple[str, str, str]:
    """Repository, revision and the rest of an address.

    Raises:
        ConfigError: it is no address of a dataset.
    """
    match = _ADDRESS.fullmatch(text)
    rest = unquote(match["rest"] or "").strip("/") if match else ""
    if match is None or {".", ".."} & set(rest.split("/")):
        raise ConfigError(
            f"not a dataset of the Hub: {text!r}",
            help="write hf://datasets/owner/name, hf://datasets/owner/name@revision/path or "
            "hf://datasets/owner/name/config:split",
        )
    return match["repository"], unquote(match["revision"] or "main"), rest


def list_files(repository: str, revision: str) -> Listing:
    """List a revision of a dataset.

    Raises:
        ReadError: there is none, it is private, or the Hub does not answer.
    """
    door = _door()
    at = f"{door.origin}/api/datasets/{repository}/revision/{quote(revision, safe='')}"
    name = f"{repository}@{revision}"
    found = exchange(_door(name), f"{at}?blobs=true", {}, partial(_read, name))
    commit = str(found.get("sha", ""))
    if not _COMMIT.fullmatch(commit):
        raise ReadError(f"the Hub names no commit for {name}", help="check HF_ENDPOINT")
    address = f"hf://datasets/{repository}@{commit}"
    files = {
        path: RemoteFile(f"{address}/{quote(path)}", size, version)
        for path, size, version in map(_facts, found.get("siblings") or ())
        if path and not {"", ".", ".."} & set(path.split("/"))
    }
    card = found.get("cardData")
    configs = card.get("configs") if isinstance(card, dict) else None
    named = configs if isinstance(configs, list) else []
    return Listing(address, files, [config for config in named if isinstance(config, dict)])


def place_of(file: RemoteFile) -> tuple[str, Door]:
    """Where the bytes of a file are, and how to ask there."""
    repository, commit, path = parse(file.url)
    door = _door(f"{repository}@{commit[:12]}", path)
    return f"{door.origin}/datasets/{repository}/resolve/{commit}/{quote(path)}", door


def _door(name: str = "", path: str = "") -> Door:
    endpoint = (os.environ.get("HF_ENDPOINT") or _PUBLIC).rstrip("/")
    if urlsplit(endpoint).scheme not in {"http", "https"} or not urlsplit(endpoint).netloc:
        raise ConfigError("HF_ENDPOINT is not an address", help=f"write {_PUBLIC}")
    return _door_to(endpoint, os.environ.get("HF_TOKEN", "").strip(), name, path)


@cache
def _door_to(endpoint: str, token: str, name: str, path: str) -> Door:
    return Door(endpoint, token, partial(_refusal, name, path, has_token=bool(token)))


def _facts(sibling: Any) -> tuple[str, int, str]:
    """Path, size and what the bytes of a file are known by; no path where it says something else.

    The id of a blob is that of its bytes, whatever the commit.
    """
    if not isinstance(sibling, dict):
        return "", 0, ""
    lfs = sibling.get("lfs")
    blob = (lfs.get("sha256") or lfs.get("oid")) if isinstance(lfs, dict) else None
    version, size = blob or sibling.get("blobId"), sibling.get("size")
    path = sibling.get("rfilename")
    if not isinstance(path, str) or not isinstance(size, int) or size < 0:
        return "", 0, ""
    return path, size, f'"{version}"' if isinstance(version, str) and version else ""


def _read(name: str, answer: BaseHTTPResponse) -> Mapping[str, Any]:
    data = answer.read(_MOST + 1, decode_content=True)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ReadError(
            f"what the Hub says of {name} is not to be understood", help="check HF_ENDPOINT"
        )
    return found


def _refusal(
    name: str, path: str, _url: str, answer: BaseHTTPResponse, *, has_token: bool
) -> ReadError:
    """Say why the Hub does not give a dataset; to who is not known it hides that there is one."""
    code = answer.headers.get("X-Error-Code", "")
    repository, _, revision = name.partition("@")
    if code == "RevisionNotFound":
        return ReadError(
            f"{repository} has no revision {revision!r}", help="name a branch, a tag or a commit"
        )
    if code == "EntryNotFound" or (answer.status == 404 and path):
        return ReadError(f"{name} has no file {path!r}", help="check the path")
    if code == "GatedRepo":
        login = "accept its terms on its page" if has_token else f"accept its terms, and {_TOKEN}"
        return ReadError(f"{repository} is gated: its owners let in whom they choose", help=login)
    if answer.status == 410:
        return ReadError(f"{repository} is gone for good", help="check the name of the dataset")
    if answer.status in {401, 403, 404} or code == "RepoNotFound":
        hidden = "it is not one that HF_TOKEN may read" if has_token else "it is private"
        return ReadError(
            f"there is no dataset {repository} on the Hub, or {hidden} ({answer.status})",
            help=f"check its name; if it is private, {_TOKEN}",
        )
    return ReadError(f"the Hub answers {answer.status} for {name}", help="try again later")
