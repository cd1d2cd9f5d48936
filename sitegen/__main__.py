"""The command line as a process: ``sitegen``, or ``python -m sitegen``."""

import gc

gc.disable()  # nothing of what loads is garbage; the command line says how often to look for some

from sitegen.store.patterns import OURS  # noqa: E402

OURS.recall()  # before modules that have some are loaded

from sitegen.cli import run  # noqa: E402

if __name__ == "__main__":
    run()
