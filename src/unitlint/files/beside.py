"""Files that a unit names by the path of their installation, and that stand beside it in a repository."""

from __future__ import annotations

import os
from collections.abc import Iterator

from unitlint.base.safe_read import CannotReadError, read_head
from unitlint.files.search_path import tree_of_folder

FOLDERS_OF_DEFAULTS = ("default", "sysconfig", "conf.d")
"""Below /etc, with a file for each service: ``/etc/default/app``."""


def environment_file(unit: str, path: str, most: int) -> tuple[str, bytes] | None:
    """Where the file that will be ``path`` stands, with its first bytes; None where none is in sight.

    ``unit`` is the path of the unit file. The same path is looked for in a tree that is no whole system
    (``rootfs/etc/systemd/system``), then the same name beside the unit, and Debian's ``app.default``. Links are left
    alone.
    """
    for place in _places(unit, path):
        if not os.path.isfile(place) or os.path.islink(place):
            continue
        try:
            return place, read_head(place, most)
        except CannotReadError:
            continue
    return None


def _places(unit: str, path: str) -> Iterator[str]:
    folder, name = os.path.dirname(unit), os.path.basename(path)
    tree = tree_of_folder(folder.replace("\\", "/"))
    if tree not in (folder, "/"):
        yield tree.rstrip("/") + path
    if "." in name:
        yield os.path.join(folder, name)
        return
    kind = os.path.basename(os.path.dirname(path))
    if kind in FOLDERS_OF_DEFAULTS:  # a plain name beside the unit may well be the program itself
        yield os.path.join(folder, kind, name)
        yield os.path.join(folder, f"{name}.{kind}")
        yield os.path.join(folder, f"{name}.env")
