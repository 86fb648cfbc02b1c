"""The files that make up one unit: itself and the drop-ins of every folder that counts for it."""

from __future__ import annotations

import os

from unitlint.errors import UnitlintError
from unitlint.files.discover import discover
from unitlint.files.ignore import Ignored
from unitlint.files.safe_read import filled
from unitlint.units.layout import SEARCH_PATH
from unitlint.units.names import drop_in_folders, is_unit_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source

_READABLE = ("unit", "dropin", "conf", "conf-dropin")


def sources_around(path: str, root: str | None = None) -> list[Source]:
    """The sources among which the unit at ``path`` and its drop-ins are.

    Below a folder of the search path (``…/etc/systemd/system``) all of that tree's folders count, else those
    beside the file.  With ``root``, ``path`` may be a unit's name.
    Raises UnitlintError where there is no such file, or where it cannot be read.
    """
    top = root if root is not None else _tree_above(path)
    here = [] if root is not None and not os.path.lexists(path) else [path]
    places = here + (_beside(path) if top is None else _search_path(top))
    if not os.path.lexists(path) and (root is None or not is_unit_name(path)):
        raise UnitlintError(f"no such unit file: {path}")
    sources = [filled(one) for one in discover(places, Ignored(gitignore=False), root=root)]
    for source in sources:
        if source.path == path and source.kind not in _READABLE:
            raise UnitlintError(source.note or "a link that leads nowhere", path)
    return [source for source in sources if source.kind in _READABLE]


def _tree_above(path: str) -> str | None:
    absolute = os.path.abspath(path)
    for part in SEARCH_PATH:
        at = absolute.rfind(f"/{part}")
        if at >= 0:
            return absolute[:at] or "/"
    return None


def _search_path(top: str) -> list[str]:
    """The folders of the search path below ``top``, each once: lib may be a link to usr/lib."""
    folders: dict[str, str] = {}
    for part in SEARCH_PATH:
        folder = os.path.join(top, part.rstrip("/"))
        if os.path.isdir(folder):
            folders.setdefault(os.path.realpath(folder), folder)
    return list(folders.values())


def _beside(path: str) -> list[str]:
    folder, name = os.path.split(path)
    names = drop_in_folders(name) if is_unit_name(name) else [f"{name}.d"]
    return [beside for one in names if os.path.isdir(beside := os.path.join(folder, one))]
