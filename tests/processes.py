"""Child processes of tests: waited for by what they print, and ended and reaped whatever happens."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def child(command: Sequence[object], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process that runs beside a test; ``options`` are those of subprocess.Popen. None is left behind."""
    with subprocess.Popen([str(word) for word in command], **options) as process:
        try:
            yield process
        finally:
            process.kill()  # does nothing to a process that has ended
