"""The one error that a person's mistake raises, and the one place that prints it."""

from __future__ import annotations

import os
import sys

from unitlint.base.foreign_text import safe, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

USAGE = 2
"""The exit status for usage, settings, unreadable files and internal errors."""


class UnitlintError(Exception):
    """A mistake that a person can mend: where it is, what it is, and what to do."""

    def __init__(
        self,
        message: str,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        head = safe(f"{place}: {self.message}" if place else self.message)
        hints = (self.hint or "").splitlines()
        return "\n  ".join([head, *map(safe, hints)])


def guarded(main: Callable[[], int]) -> int:
    """Runs ``main`` and turns whatever it raises into a message and an exit status."""
    try:
        return main()
    except UnitlintError as error:
        print(f"unitlint: {error}", file=sys.stderr)
    except SystemExit as end:  # argparse's help, and its word on a mistake
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BrokenPipeError:
        # The reader of our output has gone; Python would complain once more at exit.
        from unitlint.base.streams import discard_output

        discard_output()
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    except Exception as error:
        if os.environ.get("UNITLINT_TRACEBACK"):
            raise
        if isinstance(error, FileNotFoundError) and _is_working_directory_gone():
            say("the working directory does not exist any more", "change to one that does")
        elif not (isinstance(error, OSError) and _is_of_output(error)):
            reason = f"internal error: {type(error).__name__}: {error}"
            say(reason, "set UNITLINT_TRACEBACK=1 to see where, and please report it")
    return USAGE


def _is_working_directory_gone() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _is_of_output(error: OSError) -> bool:
    """Whether standard output takes no more, which is told then."""
    from unitlint.base.streams import discard_output, why_not_written

    reason = why_not_written(error)
    if reason:
        say(reason)
        discard_output()
    return bool(reason)


MOST_OF_REASON = 200
"""Characters of an exception's text that are shown: it may quote a whole file."""


def failure(error: Exception, what: str) -> str:
    """What a report says of an exception because of which only one file or rule goes unchecked.

    ``what`` is a clause such as "internal error in rule UL301". Raises the exception again under UNITLINT_TRACEBACK.
    """
    if os.environ.get("UNITLINT_TRACEBACK"):
        raise error
    if isinstance(error, UnitlintError):
        return " ".join(str(error).split())
    reason = safe(" ".join(f"{type(error).__name__}: {error}".split()))
    reason = reason if len(reason) <= MOST_OF_REASON else reason[: MOST_OF_REASON - 3] + "..."
    return f"{what}: {reason} (UNITLINT_TRACEBACK=1 shows where)"


class BadValueError(ValueError):
    """What is wrong with a value, with a hint; the caller adds file and line."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
