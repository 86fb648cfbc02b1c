"""``python -m unitlint`` and the console script."""

from __future__ import annotations

import gc
import os
import sys

from unitlint.base.errors import guarded


def entry() -> None:
    """Runs the command line and exits with its status."""
    # The catalogue and the rules are thousands of objects that live to the end; looking for cycles
    # among them is a fortieth of a cold start.
    gc.set_threshold(200_000, 20, 100)
    from unitlint.base.streams import prepare
    from unitlint.cli.parser import main

    prepare()
    leave(guarded(main))


def leave(status: int) -> None:
    """Ends the process without taking it apart object by object, which costs a cold start 3 ms."""
    status = guarded(lambda: _flushed(status))
    sys.stderr.flush()
    os._exit(status)


def _flushed(status: int) -> int:
    """The status, once standard output has taken everything; a reader that went away wanted no more."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return status
    return status


if __name__ == "__main__":
    entry()
