"""A process for work that may hang, abort or take all memory: this one outlives it.

It is a copy of this one where that is safe and a fresh interpreter elsewhere, and ends with it.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

Answers = Callable[..., Any]
"""What a process does: gets the arguments of a question, gives or raises the answer."""

_TASKS = Path("/proc/self/task")
_FRESH = (
    "import sys; sys.path[:] = sys.argv[3:]\n"
    "from sitegen.limits.process import answer_on\n"
    "answer_on(int(sys.argv[1]), int(sys.argv[2]), None)"
)
_is_expendable = False


def is_expendable() -> bool:
    """Whether this process may be ended by what it does: another one waits for it, and says so."""
    return _is_expendable


def make_expendable() -> None:
    """Let what this process does end it."""
    global _is_expendable  # noqa: PLW0603 - it is a fact about the process
    _is_expendable = True


class EndedError(Exception):
    """The process ended instead of answering; ``signal`` is what ended it, 0 if nothing did."""

    def __init__(self, number: int) -> None:
        """Keep the number of the signal."""
        super().__init__(signal.Signals(number).name if number else "it ended by itself")
        self.signal = number


class Process:
    """A process that answers questions, one after the other, by what ``make`` makes in it.

    ``is_idle`` is false while it answers, and when it was given up or has ended.
    """

    def __init__(self, make: Callable[[], Answers]) -> None:
        """Start it; ``make`` is a function of a module.

        Raises:
            OSError: there is no room for one.
        """
        asked, asking = _pipe()
        answers, answering = _pipe()
        self.is_copy = _has_one_thread()
        try:
            if self.is_copy:
                self._id = _copy(asked, answering, make)
            else:
                self._id = _fresh(asked, answering)
        except BaseException:
            os.close(asking)
            os.close(answers)
            raise
        finally:
            os.close(asked)
            os.close(answering)
        self.is_idle = True
        self._asking = os.fdopen(asking, "wb")
        self._answers = os.fdopen(answers, "rb")
        if not self.is_copy:
            self.ask(make)

    def ask(self, *question: object) -> Any:
        """Ask, and wait for the answer.

        Raises:
            EndedError: the process ended.
            Exception: what it raised.
        """
        self.is_idle = False
        try:
            pickle.dump(question, self._asking)
            self._asking.flush()
            has_failed, answer = pickle.load(self._answers)  # noqa: S301 - from a process of ours
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            raise EndedError(self._wait()) from error
        self.is_idle = True
        if has_failed:
            raise answer
        return answer

    def end(self) -> None:
        """End it at once, whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self._id, signal.SIGKILL)
        self._wait()

    def _wait(self) -> int:
        """Wait for its end; the signal that ended it."""
        with suppress(OSError):
            self._asking.close()
        self._answers.close()
        try:
            _, status = os.waitpid(self._id, 0)
        except ChildProcessError:  # somebody else waits for all children
            return 0
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are no standard streams, even where those are closed."""
    import fcntl  # noqa: PLC0415 - Windows has none

    ends = os.pipe()
    above = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 3) for end in ends]
    for end in ends:
        os.close(end)
    return above[0], above[1]


def _has_one_thread() -> bool:
    """Whether this process may be copied: a copy would hold for ever what other threads lock."""
    if threading.current_thread() is not threading.main_thread():
        return False
    try:
        return len(os.listdir(_TASKS)) == 1  # noqa: PTH208 - threads of libraries are seen too
    except OSError:
        return threading.active_count() == 1 and sys.platform == "linux"


def _copy(asked: int, answering: int, make: Callable[[], Answers]) -> int:
    process = os.fork()
    if process:
        return process
    try:
        answer_on(asked, answering, make)
    finally:
        os._exit(1)


def _fresh(asked: int, answering: int) -> int:
    import subprocess  # noqa: PLC0415 - a copy needs none

    arguments = [str(asked), str(answering), *(path or os.getcwd() for path in sys.path)]  # noqa: PTH109
    command = [sys.executable, "-P", "-c", _FRESH, *arguments]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - this interpreter
        command, stdin=nothing, stdout=nothing, stderr=nothing, pass_fds=(asked, answering)
    )
    process.returncode = 0  # we wait for it
    return process.pid


def answer_on(asked: int, answering: int, make: Callable[[], Answers] | None) -> NoReturn:
    """Answer what comes in by one pipe on the other, until there is nobody who asks."""
    gc.freeze()
    make_expendable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks gets it too, and ends this one
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGPROF):
        signal.signal(number, signal.SIG_DFL)
    questions, answers = _only_open(asked, answering)
    with _given_up():
        if make is None:
            (make,) = pickle.load(questions)  # noqa: S301 - from the process that started this
            pickle.dump((False, None), answers)
            answers.flush()
        answer = make()
        while True:
            question = pickle.load(questions)  # noqa: S301 - as above
            _answer(answer, question, answers)
    os._exit(0)


def _only_open(asked: int, answering: int) -> tuple[BinaryIO, BinaryIO]:
    """Close all else: locks, sockets and the ends of other pipes are not this process's to hold."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):  # a library that aborts says so there; who asks says it better
        os.dup2(nothing, standard)
    first, second = sorted((asked, answering))
    os.closerange(3, first)
    os.closerange(first + 1, second)
    os.closerange(second + 1, os.sysconf("SC_OPEN_MAX"))
    return os.fdopen(asked, "rb"), os.fdopen(answering, "wb")


@contextmanager
def _given_up() -> Any:
    with suppress(EOFError, BrokenPipeError):
        yield


def _answer(answer: Answers, question: tuple[object, ...], answers: BinaryIO) -> None:
    try:
        data = pickle.dumps((False, answer(*question)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - it is raised where it was asked
        data = pickle.dumps((True, error), pickle.HIGHEST_PROTOCOL)
    answers.write(data)
    answers.flush()
