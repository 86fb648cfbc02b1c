"""The files that make up one unit: itself and the drop-ins of every folder that counts for it."""

from __future__ import annotations

import os

from unitlint.errors import UnitlintError
from unitlint.files.classify import CONFS, is_quadlet_name
from unitlint.files.discover import discover
from unitlint.files.ignore import Ignored
from unitlint.files.safe_read import filled
from unitlint.units.layout import QUADLET_PATH, SEARCH_PATH
from unitlint.units.names import drop_in_folders, is_unit_name, template_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source

_READABLE = ("unit", "dropin", "conf", "conf-dropin", "link", "quadlet")


def sources_around(path: str, root: str | None = None) -> list[Source]:
    """The sources among which the unit at ``path`` and its drop-ins are.

    Below a folder of the search path (``…/etc/systemd/system``) all of that tree's folders count, else those
    beside the file.  With ``root``, ``path`` may be a unit's name.
    Raises UnitlintError where there is no such file, or where it cannot be read.
    """
    path, top = (path, root) if root is not None else _in_tree(path)
    places = [] if top is None else search_path(top)
    here = [] if _is_below(path, places) else _here(path)
    if not here and not os.path.lexists(path) and (root is None or not (is_unit_name(path) or path in CONFS)):
        raise UnitlintError(f"no such unit file: {path}")
    places = here + (places or _beside(path))
    sources = [filled(one) for one in discover(places, Ignored(gitignore=False), root=root)]
    for number, source in enumerate(sources):
        if source.kind not in _READABLE and source.path in (path, *here):
            raise UnitlintError(source.note or "a link that leads nowhere", path)
        if source.path == path and len(here) > 1:
            sources[number] = source._replace(kind="link")
    return [source for source in sources if source.kind in _READABLE]


def _in_tree(path: str) -> tuple[str, str | None]:
    """The path, and the tree in whose search path it stands, both written alike; None where there is none."""
    for one in (path, os.path.abspath(path)):
        for part in SEARCH_PATH:
            at = f"/{one}".rfind(f"/{part}")
            if at >= 0:
                return one, one[:at].rstrip("/") or one[:at]
    return path, None


def _is_below(path: str, folders: list[str]) -> bool:
    return os.path.lexists(path) and any(path.startswith(folder + "/") for folder in folders)


def _here(path: str) -> list[str]:
    """The file itself; an alias with the file to which it leads; of an instance without a file the template."""
    if os.path.islink(path):
        real = os.path.realpath(path)
        is_alias = os.path.isfile(real) and is_unit_name(os.path.basename(real))
        beside = os.path.join(os.path.dirname(path), os.path.basename(real))
        return [path, beside if os.path.exists(beside) else real] if is_alias else [path]
    if os.path.lexists(path):
        return [path]
    folder, name = os.path.split(path)
    template = os.path.join(folder, template_of(name) or name)
    return [template] if os.path.isfile(template) else []


def search_path(top: str) -> list[str]:
    """The folders below ``top`` in which systemd and Quadlet look for units and confs, each once: lib may be a link to
    usr/lib."""
    folders: dict[str, str] = {}
    for part in (*SEARCH_PATH, *QUADLET_PATH):
        folder = os.path.join(top, part.rstrip("/"))
        if os.path.isdir(folder):
            folders.setdefault(os.path.realpath(folder), folder)
    return list(folders.values())


def _beside(path: str) -> list[str]:
    folder, name = os.path.split(path)
    if is_quadlet_name(name):
        from unitlint.quadlet.names import drop_in_names, service_of

        names = (*(f"{one}.d" for one in drop_in_names(name)), *drop_in_folders(service_of(name)))
    else:
        names = drop_in_folders(name) if is_unit_name(name) else (f"{name}.d",)
    return [beside for one in names if os.path.isdir(beside := os.path.join(folder, one))]
