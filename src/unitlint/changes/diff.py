"""What `git diff` prints to the lines that are new; pure, whatever its settings made of the diff."""

from __future__ import annotations

import re

from unitlint.base.whole_numbers import number_of_digits

Lines = tuple[tuple[int, int], ...]
"""First and last line of each changed stretch, counted from 1 as git counts: a line ends at ``\\n``."""
WHOLE: Lines = ((1, 1 << 62),)
"""A file that is new as a whole."""

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def changed_lines(diff: bytes) -> dict[bytes, Lines]:
    """The changed lines by path, for a diff made with the prefixes ``a/`` and ``b/``.

    Only lines that were added or altered count, as a deleted one has no place any more; renamed files are known by
    their new name, and deleted ones are left out.
    """
    found: dict[bytes, Lines] = {}
    path = None
    lines = iter(diff.split(b"\n"))
    for line in lines:
        if line.startswith(b"diff --git "):
            path = _same_name(line.removeprefix(b"diff --git "))
        elif line.startswith(b"new file mode ") and path is not None:
            found[path] = WHOLE
        elif line.startswith(b"+++ "):
            path = _name(line.removeprefix(b"+++ "))
        elif (hunk := _HUNK.match(line)) is not None:
            new = _added(lines, *(number_of_digits((digits or b"1").decode()) for digits in hunk.groups()))
            if path is not None and found.get(path) != WHOLE:
                found[path] = (*found.get(path, ()), *new)
    return found


def _added(lines: object, old: int, start: int, new: int) -> Lines:
    """The stretches of added lines in a hunk, whose lines are taken: they may look like anything."""
    stretches: list[tuple[int, int]] = []
    number, end = start, start + new
    while old > 0 or number < end:
        line = next(lines, None)  # type: ignore[call-overload]
        if line is None:
            break
        if line.startswith(b"+"):
            if stretches and stretches[-1][1] == number - 1:
                stretches[-1] = (stretches[-1][0], number)
            else:
                stretches.append((number, number))
            number += 1
        elif line.startswith(b"-"):
            old -= 1
        elif not line.startswith(b"\\"):  # "\ No newline at end of file"
            number, old = number + 1, old - 1
    return tuple(stretches)


def _same_name(names: bytes) -> bytes | None:
    """The name in ``a/NAME b/NAME``; None where there are two."""
    middle = len(names) // 2
    first, second = _name(names[:middle]), _name(names[middle + 1 :])
    return first if first == second else None


def _name(text: bytes) -> bytes | None:
    """A name without its prefix, as git quotes it (quote.c); None for /dev/null."""
    text = text.removesuffix(b"\t")
    if text.startswith(b'"') and text.endswith(b'"'):
        text = _ESCAPE.sub(_unescaped, text[1:-1])
    return text[2:] if text[:2] in (b"a/", b"b/") else None


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 0xFF]) if len(code) == 3 else _ESCAPED.get(code, code)
