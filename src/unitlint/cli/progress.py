"""A progress bar for runs that take long; short ones never import what draws it."""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""After so many seconds a bar appears."""
_EVERY = 0.1


class Progress:
    """Called with (units done, units in all); draws on standard error and leaves nothing behind."""

    def __init__(self) -> None:
        self._next = time.monotonic() + PATIENCE
        self._bar: Bar | None = None
        self._task: object = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next or done >= total:
            return
        self._next = now + _EVERY
        if self._bar is None:
            self._bar = _started()
            self._task = self._bar.add_task("checking", total=total)
        self._bar.update(self._task, completed=done, total=total)  # type: ignore[arg-type]


def _started() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("units"))
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    bar.start()
    return bar
