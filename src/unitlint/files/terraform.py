"""Files that Terraform fills in: those that ``templatefile("…")`` of a ``.tf`` file names."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from unitlint.base.safe_read import CannotReadError, read_bytes

_CALL = re.compile(rb"""templatefile\(\s*"([^"\n]{1,500})\"""")
UP = 3
"""So many folders above a template its module may stand."""
MOST_FILES = 200


def is_rendered(path: str) -> bool:
    """Whether a ``.tf`` file beside ``path`` or in a folder above hands a file of its name to templatefile."""
    folder, name = os.path.split(os.path.abspath(path))
    for _ in range(UP):
        if name in _named_in(folder):
            return True
        folder = os.path.dirname(folder)
    return False


@lru_cache(maxsize=512)
def _named_in(folder: str) -> frozenset[str]:
    found: set[str] = set()
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".tf"))
    except OSError:
        return frozenset()
    for name in names[:MOST_FILES]:
        try:
            data = read_bytes(os.path.join(folder, name))
        except CannotReadError:
            continue
        found.update(os.path.basename(call.decode("utf-8", "replace")) for call in _CALL.findall(data))
    return frozenset(found)
