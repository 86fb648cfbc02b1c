"""Which drop-ins belong to which unit, in which order, and which same-named file wins."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache

from unitlint.files.source import Source
from unitlint.record import NamedTuple
from unitlint.units.names import drop_in_folders

SEARCH_PATH = ("etc/systemd/", "run/systemd/", "usr/local/lib/systemd/", "usr/lib/systemd/", "lib/systemd/")
"""systemd.unit(5), highest first; what stands in none of them has the lowest rank."""


class UnitFiles(NamedTuple):
    """The files of one unit or conf, in the order in which systemd reads them."""

    name: str
    kind: str
    scope: str
    fragment: Source | None
    drop_ins: tuple[Source, ...]


class _Tree(NamedTuple):
    """One search path: what stands in it, by name."""

    fragments: dict[str, list[Source]]
    drop_ins: dict[str, list[Source]]


def group(sources: Iterable[Source], *, adopt: bool = True) -> Iterator[UnitFiles]:
    """Sources to units and confs.

    Files of one tree (the part of the path before the search path's folder, or else the folder
    that holds unit and drop-in folder) are merged; a drop-in without a unit there goes to the only unit of
    that name in the whole set, or stands alone as a fragment.  Without ``adopt`` it always stands alone, as for
    systemd, which reads one search path only.
    """
    trees: dict[tuple[str, str], _Tree] = {}
    by_name: dict[tuple[str, str], set[str]] = {}
    for source in sources:
        home = (tree_of(source), source.scope)
        tree = trees.get(home)
        if tree is None:
            tree = trees[home] = _Tree({}, {})
        if source.kind in ("unit", "conf"):
            tree.fragments.setdefault(source.name, []).append(source)
            by_name.setdefault((source.name, source.scope), set()).add(home[0])
        elif source.kind in ("dropin", "conf-dropin"):
            tree.drop_ins.setdefault(source.name, []).append(source)
    if adopt:
        _adopt(trees, by_name)
    for (_, scope), tree in trees.items():
        yield from _units_of(tree, scope)


def tree_of(source: Source) -> str:
    """The folder that everything which merges with this file has in common."""
    folder = source.path.replace(os.sep, "/").rpartition("/")[0]
    tree = tree_of_folder(folder)
    return folder.rpartition("/")[0] if tree == folder and source.kind in ("dropin", "conf-dropin") else tree


@lru_cache(maxsize=1024)
def tree_of_folder(folder: str) -> str:
    """The part of a folder's path before the search path, or else the folder."""
    path = folder + "/"
    for part in SEARCH_PATH:
        at = path.rfind("/" + part)
        if at >= 0:
            return path[: at + 1]
        if path.startswith(part):
            return "/"
    return folder


def rank(source: Source) -> int:
    """The place of a file's folder in the search path; 0 wins."""
    path = "/" + source.path.replace(os.sep, "/")
    for number, part in enumerate(SEARCH_PATH):
        if "/" + part in path:
            return number
    return len(SEARCH_PATH)


def _adopt(trees: dict[tuple[str, str], _Tree], by_name: dict[tuple[str, str], set[str]]) -> None:
    for (top, scope), tree in trees.items():
        for name in [name for name in tree.drop_ins if name not in tree.fragments]:
            homes = by_name.get((name, scope), ())
            if len(homes) == 1:
                (home,) = homes
                if home != top:
                    trees[home, scope].drop_ins.setdefault(name, []).extend(tree.drop_ins.pop(name))


def _units_of(tree: _Tree, scope: str) -> Iterator[UnitFiles]:
    used: set[str] = set()
    for name, fragments in tree.fragments.items():
        kind = name if fragments[0].kind == "conf" else "unit"
        folders = [f"{name}.d"] if kind != "unit" else drop_in_folders(name)
        used.update(folders)
        fragment = fragments[0] if len(fragments) == 1 else min(fragments, key=rank)
        yield UnitFiles(name, kind, scope, fragment, _drop_ins(tree, folders))
    for name, found in tree.drop_ins.items():
        if f"{name}.d" not in used:
            kind = name if found[0].kind == "conf-dropin" else "unit"
            yield UnitFiles(name, kind, scope, None, _drop_ins(tree, [f"{name}.d"]))


def _drop_ins(tree: _Tree, folders: list[str]) -> tuple[Source, ...]:
    """Sorted by file name; of the same names the folder of the higher rank wins, then the more
    specific folder, and ``service.d`` loses to all (dropin.c: unit_file_find_dropin_paths)."""
    if not tree.drop_ins:
        return ()
    winners: dict[str, tuple[tuple[bool, int, int], Source]] = {}
    for depth, folder in enumerate(folders):
        for source in tree.drop_ins.get(folder[:-2], ()):
            strength = ("." not in folder[:-2], rank(source), depth)
            file_name = source.path.replace(os.sep, "/").rpartition("/")[2]
            if file_name not in winners or strength < winners[file_name][0]:
                winners[file_name] = (strength, source)
    return tuple(source for _, (_, source) in sorted(winners.items()) if source.link != "/dev/null")
