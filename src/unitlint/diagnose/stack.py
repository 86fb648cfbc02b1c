"""The stack of a core dump, as systemd-coredump writes it below its message."""

from __future__ import annotations

import re

_FRAME = re.compile(r"#\d+\s+0x[0-9a-f]+\s+(\S+)\s+\((\S+?)\)?(?: \+ 0x[0-9a-f]+\))?$")
SHOWN_FRAMES = 4


def frames(lines: list[str]) -> str:
    """The innermost functions of the first thread, ``poll (libc.so.6) < n/a (libcurl.so.4)``; "" for none."""
    found = []
    for line in lines:
        frame = _FRAME.match(line.strip())
        if frame:
            found.append(f"{frame[1]} ({frame[2]})")
        elif found:
            break
    return " < ".join(found[:SHOWN_FRAMES])
