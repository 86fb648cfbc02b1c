"""Arguments of the Python calls: a wrong type is a TypeError that says what is expected."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def expect(value: object, types: type | tuple[type, ...], name: str, expected: str) -> None:
    """Raises TypeError where the argument ``name`` is of none of the types."""
    if not isinstance(value, types):
        raise TypeError(f"{name} must be {expected}, not {type(value).__name__}")


def listed_paths(paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] | None) -> list[str]:
    """One path, several or None as a list; raises TypeError for anything else."""
    if isinstance(paths, (str, os.PathLike)):
        return [os.fspath(paths)]
    listed: list[Any] = (
        list(paths or ()) if hasattr(paths or (), "__iter__") and not isinstance(paths, bytes) else [paths]
    )
    found: list[str] = []
    for path in listed:
        expect(path, (str, os.PathLike), "paths", "a str, a path or a list of these")
        found.append(os.fspath(path))
    return found
