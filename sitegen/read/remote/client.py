"""Client: one request over HTTP, with its redirects, and again while a host is busy or lost."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from http.client import HTTPException
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from msgspec import Struct
from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from sitegen.errors import ReadError
from sitegen.read.remote.connect import ask
from sitegen.read.remote.file import shown
from sitegen.read.remote.hosts import RefusedError, is_this_machine, wait_of
from sitegen.read.remote.pace import SlowError

TRIES = 5
FIRST_WAIT = 0.5  # seconds; doubled after each try
LONGEST_WAIT = 60.0  # ... that a host may ask for
REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_NO_REFUSALS = frozenset({416, 429})
_HEADERS = {"User-Agent": "sitegen", "Accept": "*/*", "Accept-Encoding": "identity"}

T = TypeVar("T")


class CutError(OSError):
    """An answer ended before its end."""


class _BusyError(OSError):
    """A host that asks to be left alone for so many seconds."""

    def __init__(self, answer: BaseHTTPResponse) -> None:
        super().__init__(f"it answers {answer.status} {answer.reason or ''}".rstrip())
        self.wait = wait_of(answer.headers)


def explain(url: str, answer: BaseHTTPResponse) -> ReadError:
    """Say why a web server does not give a file."""
    if answer.status in {401, 403}:
        return ReadError(
            f"{url} may not be read: its host answers {answer.status}",
            help="name an address that needs no login, such as a signed one, or download the file",
        )
    said = {404: "there is nothing at", 410: "what was there is gone for good:"}
    words = said.get(answer.status, f"the host answers {answer.status} {answer.reason or ''} for")
    return ReadError(f"{words} {url}", help="check the address of the input")


class Door(Struct, frozen=True):
    """How addresses are asked: a token for ``origin`` alone, and what refusals mean.

    Only ``origin`` (scheme and host) and this machine may be asked without encryption.
    """

    origin: str = ""
    token: str = ""
    explain: Callable[[str, BaseHTTPResponse], ReadError] = explain

    def headers(self, url: str) -> dict[str, str]:
        """What tells the host who asks; no other host is told."""
        is_ours = self.token and url.startswith(f"{self.origin}/")
        return {"Authorization": f"Bearer {self.token}"} if is_ours else {}


def exchange(
    door: Door, url: str, headers: Mapping[str, str], take: Callable[[BaseHTTPResponse], T]
) -> T:
    """Ask for an address and give what ``take`` makes of the answer; what fails is tried again.

    ``take`` reads what it needs of the answer, which is closed only if that fails.

    Raises:
        ReadError: the host refuses, cannot be reached, or must not be asked.
    """
    wait = FIRST_WAIT
    for left in reversed(range(TRIES)):
        try:
            answer = _follow(door, url, headers)
            with ExitStack() as held:
                held.callback(answer.close)
                if answer.status == 429 or answer.status >= 500:
                    raise _BusyError(answer)
                taken = take(answer)
                held.pop_all()  # it may be read on, or be read to its end
                return taken
        except RefusedError as error:
            raise ReadError(
                f"{shown(url)} is not asked: {error}", help="name the address of a file on the web"
            ) from error
        except SlowError as error:
            raise too_slow(url, error) from error
        except (HTTPError, HTTPException, OSError) as error:
            asked = error.wait if isinstance(error, _BusyError) else 0.0
            if not left or asked > LONGEST_WAIT or _is_for_good(error):
                raise _lost(url, error) from error
            time.sleep(max(asked, wait))
            wait *= 2
    raise AssertionError  # the last try returns or raises


def too_slow(url: str, error: SlowError) -> ReadError:
    """Say that a web server takes too long to give a file."""
    return ReadError(
        f"{shown(url)}: {error}", help="try again later, or download the file and name it here"
    )


def _is_for_good(error: Exception) -> bool:
    """Whether trying again would not help: a certificate is wrong, a name is nobody's."""
    return isinstance(error, SSLError | ssl.SSLError)


def _lost(url: str, error: Exception) -> ReadError:
    host = urlsplit(url).hostname
    if isinstance(error, _BusyError):
        wait = f" and asks to wait {error.wait:.0f} seconds" if error.wait else ""
        return ReadError(
            f"{host} is too busy: {error}{wait}", help="try again later; what came is kept"
        )
    if isinstance(error, CutError):
        return ReadError(f"{shown(url)}: {error}", help="try again later; what came is kept")
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    reason = getattr(cause, "strerror", None) or type(cause).__name__
    if isinstance(error, SSLError | ssl.SSLError):
        reason = "its certificate is not one that this machine trusts"
    return ReadError(
        f"{host} cannot be asked: {reason}",
        help="check the address and the network; proxies are taken from HTTPS_PROXY",
    )


def _follow(door: Door, url: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
    """Ask, and where an answer leads: from a host of the internet to no private one."""
    is_public = False
    for _ in range(REDIRECTS + 1):
        _check(door, url)
        given = {**_HEADERS, **headers, **door.headers(url)}
        answer, is_public = ask(url, given, is_public=is_public)
        location = answer.headers.get("Location")
        if answer.status in _MOVED and location:
            answer.close()
            url = urljoin(url, location)
        elif answer.status < 400 or answer.status in _NO_REFUSALS or answer.status >= 500:
            return answer
        else:
            with closing(answer):
                raise door.explain(shown(url), answer)
    raise RefusedError(f"it leads through more than {REDIRECTS} redirects")


def _check(door: Door, url: str) -> None:
    """Refuse what is no address of the web, names a user, or can be read and changed by others."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        raise RefusedError(f"it leads to {parts.scheme or 'no'}://, which is not of the web")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("a name or a password stands in it")
    is_ours = door.origin and url.startswith(f"{door.origin}/")
    if parts.scheme == "http" and not (is_ours or is_this_machine(host)):
        raise RefusedError("without encryption (http://) what comes may be anybody's")
