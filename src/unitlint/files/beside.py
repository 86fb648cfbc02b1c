"""Files that a unit names by the path of their installation, and that stand beside it in a repository."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from unitlint.base.real_path import real_path
from unitlint.base.safe_read import CannotReadError, read_head
from unitlint.files.search_path import tree_of_folder

FOLDERS_OF_DEFAULTS = ("default", "sysconfig", "conf.d")
"""Below /etc, with a file for each service: ``/etc/default/app``."""


def environment_file(unit: str, path: str, most: int) -> tuple[str, bytes] | None:
    """Where the file that will be ``path`` stands, with its first bytes; None where none is in sight.

    ``unit`` is the path of the unit file. The same path is looked for in a tree that is no whole system
    (``rootfs/etc/systemd/system``), then the same name beside the unit, and Debian's ``app.default``. No link is
    followed, and nothing is read outside of the tree or the unit's directory: its lines are shown in a report.
    """
    if os.pardir in path.split("/"):
        return None
    for top, below in _places(unit, path):
        place = os.path.join(top, below)
        if os.path.isfile(place) and real_path(place) == os.path.join(real_path(top or os.curdir), below):
            try:
                return place, read_head(place, most)
            except CannotReadError:
                continue
    return None


_MOST_CONFS = 50


def drop_in_to_be(unit: str, variable: str) -> bool:
    """Whether ``app.service.conf`` stands beside the unit file ``app.service`` or ``app-1.2.service``.

    So may any conf whose section [Service] sets the variable: a package installs it as a drop-in.
    """
    stem, dot, kind = unit.rpartition(".")
    if any(os.path.isfile(f"{name}{dot}{kind}.conf") for name in (stem, re.sub(r"-\d[\w.]*$", "", stem))):
        return True
    try:
        with os.scandir(os.path.dirname(unit) or os.curdir) as entries:
            confs = [entry.path for entry in entries if entry.name.endswith(".conf") and entry.is_file()]
        texts = [read_head(conf, 4096) for conf in confs[:_MOST_CONFS] if not conf.endswith(f"{dot}{kind}.conf")]
    except (OSError, CannotReadError):
        return False
    return any(b"[Service]" in text and variable.encode() in text for text in texts)


def names_drop_in(text: str, unit: str) -> bool:
    """Whether a comment of the unit file says what stands in a drop-in: ``# see app.service.d/env.conf``."""
    return any(f"{unit}.d" in line for line in text.split("\n") if line.lstrip()[:1] in ("#", ";"))


def _places(unit: str, path: str) -> Iterator[tuple[str, str]]:
    folder, name = os.path.dirname(unit), os.path.basename(path)
    tree = tree_of_folder(folder.replace("\\", "/"))
    if tree not in (folder, "/"):
        yield tree, os.path.normpath(path.lstrip("/"))
    if "." in name:
        yield folder, name
        return
    kind = os.path.basename(os.path.dirname(path))
    if kind in FOLDERS_OF_DEFAULTS:  # a plain name beside the unit may well be the program itself
        yield folder, os.path.join(kind, name)
        yield folder, f"{name}.{kind}"
        yield folder, f"{name}.env"
