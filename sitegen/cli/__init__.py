"""The command line: arguments -> one call -> printing -> exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from types import FunctionType
from typing import NoReturn

import click

from sitegen.cli.printing import say
from sitegen.cli.streams import flush, lacking, make_fit
from sitegen.data import DISTRIBUTION, VERSION, is_checkout
from sitegen.errors import (
    EXIT_BUG,
    EXIT_INTERRUPTED,
    EXIT_OUTPUT,
    SitegenError,
    WriteError,
    did_you_mean,
)
from sitegen.limits.memory import own_process
from sitegen.store.patterns import OURS

_VERSION = f"%(prog)s %(version)s ({DISTRIBUTION}{', from a checkout' if is_checkout() else ''})"

COMMANDS = {
    "init": "init",
    "inspect": "inspect",
    "build": "build",
    "serve": "serve",
    "check": "check",
    "publish": "publish",
    "verify": "publish",
    "diff": "publish",
    "chunk": "chunk",
    "completion": "completion",
    "config": "config",
    "toctree": "toctree",
}
"""Each command, and the module of this package that holds it."""


_ROOM = 1 << 16  # values of one frame: its chunk is the next power of two above, 1 MB


class Commands(click.Group):
    """The commands; only the one that is asked for is loaded, `--help` asks for all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(f"sitegen.cli.{COMMANDS[cmd_name]}"), cmd_name
        )
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; a word that is none may be one misspelled."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}: {did_you_mean(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="sitegen", message=_VERSION)
def cli() -> None:
    """Turn chunk datasets of documentation into a static site worth reading.

    Exit codes: 0 done; 1 input refused; 2 usage or config; 3 findings under --strict; 4 output or
    disk; 5 publishing; 130 interrupted; 70 a bug of ours.
    """


def _leave(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def main() -> None:
    """Run the command line; errors of ours end in one clear line and their exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)  # unwinds the stack: the stage is removed, the lock freed
    gc.enable()
    gc.set_threshold(500_000, 20, 20)  # stages leave few cycles behind, and millions of objects
    try:
        code = cli.main(standalone_mode=False) or 0
    except SitegenError as error:
        say(f"error: {error}")
        code = error.exit_code
    except click.ClickException as error:
        with suppress(OSError):  # that it cannot be told cannot be told
            error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted; the old output is untouched")
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except (MemoryError, ImportError, OSError) as error:
        if lack := lacking(error):
            say(f"error: {lack}")
            code = EXIT_OUTPUT
        else:
            code = _bug()
    except Exception:  # noqa: BLE001 - the last line of defence: a bug of ours, shown as one
        code = _bug()
    sys.exit(code)


def with_room(work: Callable[[], None]) -> None:
    """Do some work, all of whose calls find room in one chunk of memory.

    CPython takes room for the variables of calls in chunks of 16 KB and gives each back as soon as
    it is empty. A loop whose calls cross the end of one takes and returns memory with every call,
    which is twenty times as slow. A frame that says it needs much gets a chunk that is large enough
    for those above it too; of what nobody uses, nothing is taken.
    """
    FunctionType(_call.__code__.replace(co_stacksize=_ROOM), globals())(work)


def _call(work: Callable[[], None]) -> None:
    work()


def _bug() -> int:
    import traceback  # noqa: PLC0415 - what reads sources loads with it

    with suppress(OSError):
        traceback.print_exc()
    return EXIT_BUG


def run() -> NoReturn:
    """Run the command line as a process, and end it without taking its memory apart.

    To free the objects of a large site one by one takes a tenth of a second and more; the system
    takes them all at once.
    """
    make_fit()
    own_process()
    code: int | str | None = EXIT_BUG
    try:
        with_room(main)
    except SystemExit as leaving:
        code = leaving.code
    try:
        flush()
    except WriteError as error:
        say(f"error: {error}")
        code = error.exit_code
    OURS.keep()
    os._exit(code if isinstance(code, int) else int(code is not None))
