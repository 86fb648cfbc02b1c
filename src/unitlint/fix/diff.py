"""What would change, as ``git apply`` and people read it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from unitlint.base.foreign_text import safe, safe_in_diff


def unified(path: str, before: str, after: str) -> str:
    """The unified diff of one file; a last line without an end is marked as such."""
    from difflib import unified_diff

    name = safe(path.replace(os.sep, "/"))
    return "".join(_lines(unified_diff(_at_newlines(before), _at_newlines(after), name, name)))


def _at_newlines(text: str) -> list[str]:
    """Lines as git counts them: other signs that end a line in Python do not."""
    parts = text.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


def _lines(found: Iterator[str]) -> Iterator[str]:
    for line in found:
        shown = safe_in_diff(line.removesuffix("\n"))
        yield f"{shown}\n" if line.endswith("\n") else f"{shown}\n\\ No newline at end of file\n"
