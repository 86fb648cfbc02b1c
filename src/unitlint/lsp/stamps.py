"""What tells whether files and folders have changed since they were read."""

from __future__ import annotations

import os
from collections.abc import Iterable

Stamp = tuple[tuple[str, int, int], ...]


def stamp_of(paths: Iterable[str]) -> Stamp:
    """The times and sizes of those that there are."""
    found = []
    for path in paths:
        try:
            status = os.stat(path or ".")
        except OSError:
            continue
        found.append((path, status.st_mtime_ns, status.st_size))
    return tuple(found)
