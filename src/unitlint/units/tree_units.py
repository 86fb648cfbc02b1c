"""The names under which a root tree has units, whether they are checked or not."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from unitlint.quadlet.names import quadlet_type, service_of
from unitlint.record import NamedTuple
from unitlint.units.layout import QUADLET_PATH, SEARCH_PATH
from unitlint.units.names import is_unit_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.root import RootTree

MADE_BY = {"system": ("run/systemd/generator", "run/systemd/transient", "etc/systemd/system.control"), "user": ()}
"""Further folders of the search path (path-lookup.c), which a tree that is not running mostly lacks."""
_ALIAS = re.compile(rb"^[ \t]*Alias[ \t]*=[ \t]*(.*)$", re.MULTILINE)
_HEAD = 64 * 1024


class TreeUnits(NamedTuple):
    """Every name of a unit of one manager: files, links, aliases that enabling makes, generated services."""

    names: frozenset[str]
    masked: frozenset[str]
    """Names whose first file in the search path is empty or a link to /dev/null."""


_known: WeakKeyDictionary[RootTree, dict[str, TreeUnits]] = WeakKeyDictionary()


def units_of_tree(root: RootTree, scope: str) -> TreeUnits:
    """The units of the system's or the users' managers; looked up once a tree."""
    scopes = _known.setdefault(root, {})
    if scope not in scopes:
        scopes[scope] = _units(root, scope)
    return scopes[scope]


def _units(root: RootTree, scope: str) -> TreeUnits:
    names: set[str] = set()
    masked: set[str] = set()
    for folder in (*(f"{part}{scope}" for part in SEARCH_PATH), *MADE_BY[scope]):
        for name in root.names_in(folder):
            if is_unit_name(name) and name not in names:
                names.add(name)
                if _is_mask(root, f"{folder}/{name}"):
                    masked.add(name)
                else:
                    names.update(_aliases(root, f"{folder}/{name}"))
    names.update(_generated(root))
    return TreeUnits(frozenset(names), frozenset(masked))


def _is_mask(root: RootTree, path: str) -> bool:
    folder, _, name = path.rpartition("/")
    place = os.path.join(root.resolve(folder) or "", name)
    if os.path.islink(place):
        return os.readlink(place) == os.devnull
    return os.path.isfile(place) and os.path.getsize(place) == 0


def _aliases(root: RootTree, path: str) -> Iterator[str]:
    """Names that the unit gets when it is enabled; they are taken for there, as enabling may come later."""
    for line in _ALIAS.findall(root.head(path, _HEAD)):
        yield from line.decode("utf-8", "replace").split()


def _generated(root: RootTree) -> Iterator[str]:
    """Services of init scripts (systemd-sysv-generator(8)) and of Podman Quadlets."""
    for name in root.names_in("etc/init.d"):
        yield f"{name.removesuffix('.sh')}.service"
    for folder in QUADLET_PATH:
        for name in root.names_in(folder):
            if quadlet_type(name):
                yield service_of(name)
