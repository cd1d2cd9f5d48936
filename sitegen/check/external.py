"""Health: addresses of other hosts, asked politely -> findings about those that fail."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fnmatch import fnmatchcase
from http import HTTPStatus
from threading import Event

from msgspec import Struct

from sitegen.check.anchors import host_of
from sitegen.check.examined import Examined, Places
from sitegen.check.fetch import Answer, ask
from sitegen.config import ExternalConfig
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Remote, RenderedPage
from sitegen.read.remote.hosts import RefusedError
from sitegen.store.recall import Store

CACHE_FILE = "external-2.sqlite"
FIRST_WAIT = 1.0  # seconds; doubled after each try
PAUSE = 0.1  # seconds between two questions to one host
LONGEST_WAIT = 60.0  # seconds; a host that wants more is left alone
_TRIES = 3
_HOSTS = 8  # asked at a time, each by one connection
_SILENT = 3  # addresses without an answer, after which a host is left alone
_KNOWN = {True: 7 * 86_400, False: 86_400}  # seconds for which a good and a bad answer hold
_BUSY = frozenset((429, 500, 502, 503, 504))
_KEEPS_OUT = frozenset((401, 403, 405, 406, 407, 429, 451, 999))  # readers may see the page


class Asked(Struct, frozen=True):
    """The answers by address, and how many of them were ``known`` from an earlier check.

    ``left_out`` addresses were not to be asked, or their host keeps silent.
    """

    answers: Mapping[str, Answer]
    known: int
    left_out: int


def external(
    site: Examined, config: ExternalConfig, store: Store, step: Callable[[int], object]
) -> tuple[list[Diagnostic], Asked]:
    """Ask for every address of another host once, and report each on every page that has it.

    ``step`` is told how many addresses are done, by any thread.
    """
    by_page = [(page, _first(page)) for page in site.pages]
    urls = dict.fromkeys(url for _, found in by_page for url in found)
    asked = _ask_all(list(urls), config, store, step)
    findings: list[Diagnostic] = []
    for page, found in by_page:
        places = Places(page.document)
        for url, remote in found.items():
            if url in asked.answers:
                findings += _judged(url, asked.answers[url], places.of(remote))
    return findings, asked


def _first(page: RenderedPage) -> Mapping[str, Remote]:
    """Give the addresses of a page without their fragments, each where it stands first."""
    found: dict[str, Remote] = {}
    for remote in page.body.remotes:
        found.setdefault(remote.url.partition("#")[0], remote)
    return found


def _ask_all(
    urls: list[str], config: ExternalConfig, store: Store, step: Callable[[int], object]
) -> Asked:
    wanted = [url for url in urls if _is_wanted(url, config)]
    now = time.time()
    known = {
        url: answer
        for url, answer in store.find(wanted, Answer).items()
        if now - answer.asked < _KNOWN[answer.status < 400]
    }
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in wanted:
        if url not in known:
            by_host[host_of(url)].append(url)
    step(len(urls) - sum(map(len, by_host.values())))
    answers = dict(known)
    asker = _Asker(config, step)
    pool = ThreadPoolExecutor(_HOSTS)
    try:
        for new in pool.map(asker.host, by_host.values()):
            answers |= new
            store.keep({url: answer for url, answer in new.items() if answer.status})
    finally:
        asker.stop.set()  # whoever interrupts a check need not wait for all hosts
        pool.shutdown(cancel_futures=True)
    return Asked(answers, len(known), len(urls) - len(answers))


def _is_wanted(url: str, config: ExternalConfig) -> bool:
    host = host_of(url)
    if config.allow and not any(fnmatchcase(host, pattern.lower()) for pattern in config.allow):
        return False
    return not any(fnmatchcase(url, pattern) for pattern in config.ignore)


class _Asker:
    """Asks hosts, each for one address after the other."""

    def __init__(self, config: ExternalConfig, step: Callable[[int], object]) -> None:
        self._config, self._step = config, step
        self.stop = Event()

    def host(self, urls: Sequence[str]) -> Mapping[str, Answer]:
        """Ask one host; one that keeps silent, or wants to be left alone, is."""
        answers: dict[str, Answer] = {}
        silent = 0
        for url in urls:
            if silent < _SILENT and not self.stop.is_set():
                with suppress(RefusedError):
                    answers[url] = answer = self._patiently(url)
                    silent = 0 if answer.status else silent + 1
                    silent = _SILENT if answer.wait > LONGEST_WAIT else silent
                self.stop.wait(PAUSE)
            self._step(1)
        return answers

    def _patiently(self, url: str) -> Answer:
        """Ask again while a host is busy: when it says so, else later each time."""
        answer = self._ask(url)
        for number in range(_TRIES - 1):
            is_settled = answer.status and answer.status not in _BUSY
            if is_settled or answer.wait > LONGEST_WAIT or self.stop.is_set():
                break
            self.stop.wait(max(FIRST_WAIT * 2**number, answer.wait))
            answer = self._ask(url)
        return answer

    def _ask(self, url: str) -> Answer:
        return ask(url, self._config.timeout, lambda host: host in self._config.allow)


def _judged(url: str, answer: Answer, place: Location) -> Iterator[Diagnostic]:
    severity, remedy = Severity.WARNING, ""
    if answer.status == 0:
        message = f"{url} does not answer: {answer.words}"
    elif answer.status in _KEEPS_OUT:
        severity, remedy = Severity.INFO, "look at it in a browser"
        message = f"{url} answers programs with {_named(answer)}"
    elif answer.status >= 400:
        message = f"{url} answers {_named(answer)}"
    elif answer.moved:
        severity, remedy = Severity.INFO, "write the new address"
        message = f"{url} has moved to {answer.moved}"
    else:
        return
    yield Diagnostic("link-external", severity, message, place, remedy)


def _named(answer: Answer) -> str:
    """Name a status in our words: the host's own may hold anything."""
    try:
        return f"{answer.status} {HTTPStatus(answer.status).phrase}"
    except ValueError:
        return str(answer.status)
