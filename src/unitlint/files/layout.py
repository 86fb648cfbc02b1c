"""Which drop-ins belong to which unit, in which order, and which same-named file wins."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from unitlint.base.records import NamedTuple
from unitlint.files.names import drop_in_folders, instance_of, is_alias, template_of
from unitlint.files.search_path import ALONE, DEPENDENCY_FOLDERS, SEARCH_PATH, tree_of_folder
from unitlint.files.source import Source, UnitFiles


class _Tree(NamedTuple):
    """One search path: what stands in it, by name."""

    fragments: dict[str, list[Source]]
    drop_ins: dict[str, list[Source]]
    links: dict[str, list[Source]]
    dependencies: dict[str, list[Source]]
    aliases: dict[str, list[str]]
    """Alias names by the name of the unit file; see :func:`_find_aliases`."""
    rejected: dict[str, list[Source]]
    """Links that make no alias, by the name of the unit file."""
    quadlets: dict[str, list[Source]]
    """Files of which Podman's generator makes units, by the names of these."""


def group(sources: Iterable[Source], *, adopt: bool = True) -> Iterator[UnitFiles]:
    """Sources to units and confs.

    Files of one tree (the part of the path before the search path's folder, or else the folder
    that holds unit and drop-in folder) are merged; a drop-in without a unit there goes to the only unit of
    that name in the whole set, or stands alone as a fragment.  Without ``adopt`` it always stands alone, as for
    systemd, which reads one search path only.  A template is a unit, and so is each instance of it that has
    drop-ins of its own.  A misplaced file stands alone.
    """
    alone: list[Source] = []
    for (_, scope), tree in _trees(sources, adopt=adopt, alone=alone).items():
        yield from _units_of(tree, scope)
    for source in alone:
        yield UnitFiles(source.name, source.kind, source.scope, source, ())


def find(sources: Iterable[Source], name: str) -> Iterator[UnitFiles]:
    """The files of the unit that goes by ``name`` in each of the trees: its own name, an alias, or an instance."""
    for (_, scope), tree in _trees(sources).items():
        real = next((unit for unit, aliases in tree.aliases.items() if name in aliases), name)
        if real in tree.fragments or real in tree.drop_ins or template_of(real) in tree.fragments:
            yield _unit(tree, scope, real)


def _trees(
    sources: Iterable[Source], *, adopt: bool = True, alone: list[Source] | None = None
) -> dict[tuple[str, str], _Tree]:
    trees: dict[tuple[str, str], _Tree] = {}
    by_name: dict[tuple[str, str], set[str]] = {}
    for source in sources:
        if source.kind in ALONE:
            if alone is not None:
                alone.append(source)
            continue
        # A template beside the unit that was made of it is a unit of its own.
        is_beside = source.template and source.host is None
        key = (f"{tree_of_source(source)}\0" if is_beside else tree_of_source(source), source.scope)
        tree = trees.get(key)
        if tree is None:
            tree = trees[key] = _Tree({}, {}, {}, {}, {}, {}, {})
        if source.kind in ("unit", "conf"):
            tree.fragments.setdefault(source.name, []).append(source)
            by_name.setdefault((source.name, source.scope), set()).add(key[0])
        elif source.kind in ("dropin", "conf-dropin"):
            tree.drop_ins.setdefault(source.name, []).append(source)
        elif source.kind == "link":
            _add_link(tree, source)
        elif source.kind == "quadlet":
            tree.quadlets.setdefault(source.name, []).append(source)
    if adopt:
        _adopt(trees, by_name)
    for tree in trees.values():
        if tree.links:
            _find_aliases(tree)
    return trees


def _add_link(tree: _Tree, source: Source) -> None:
    folder = os.path.basename(os.path.dirname(source.path))
    stem, suffix = os.path.splitext(folder)
    if suffix in DEPENDENCY_FOLDERS:
        tree.dependencies.setdefault(stem, []).append(source)
    else:
        tree.links.setdefault(source.name, []).append(source)


def tree_of_source(source: Source) -> str:
    """The folder that everything which merges with this file has in common."""
    folder = source.path.replace(os.sep, "/").rpartition("/")[0]
    tree = tree_of_folder(folder)
    beside = source.kind in ("dropin", "conf-dropin") or (
        source.kind == "link" and folder.endswith(tuple(DEPENDENCY_FOLDERS))
    )
    return folder.rpartition("/")[0] if tree == folder and beside else tree


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
            tops = by_name.get((name, scope), ())
            if len(tops) == 1:
                (only,) = tops
                if only != top:
                    trees[only, scope].drop_ins.setdefault(name, []).extend(tree.drop_ins.pop(name))


def _find_aliases(tree: _Tree) -> None:
    """Links to other names: a file of the same name in a folder of a lower rank is out of sight."""
    ends: dict[str, str] = {}
    for name, links in tree.links.items():
        link = min(links, key=rank)
        files = tree.fragments.get(name)
        if files is not None and rank(min(files, key=rank)) <= rank(link):
            continue
        target = _end_of(link, tree, ends)
        if target not in tree.fragments:
            continue
        if is_alias(name, target):
            real = instance_of(name, target)
            if real != name:
                tree.aliases.setdefault(real, []).append(name)
            tree.fragments.pop(name, None)
        elif name != target:
            tree.rejected.setdefault(target, []).append(link)


def _end_of(link: Source, tree: _Tree, ends: dict[str, str]) -> str:
    """The name to which a chain of links leads at last; ``ends`` are those of the names that are known already."""
    seen: dict[str, None] = {}
    name = os.path.basename(link.link or "")
    while name in tree.links and name not in tree.fragments and name not in seen and name not in ends:
        seen[name] = None
        name = os.path.basename(min(tree.links[name], key=rank).link or "")
    end = ends.get(name, name)
    if end not in tree.links:  # else its file may turn out to be hidden by its link
        ends.update(dict.fromkeys(seen, end))
    return end


def _units_of(tree: _Tree, scope: str) -> Iterator[UnitFiles]:
    used: set[str] = set()
    for name in tree.fragments:
        unit = _unit(tree, scope, name)
        if tree.drop_ins:
            used.update(_folders(unit))
        yield unit
    if tree.quadlets:
        from unitlint.files.quadlet import generated_units

        for unit, folders in generated_units(tree.quadlets, lambda names: _drop_ins(tree, names), scope):
            used.update(folders)
            yield unit
    reals = {alias: name for name, aliases in tree.aliases.items() for alias in aliases}
    for name in tree.drop_ins:
        if f"{name}.d" not in used:
            unit = _unit(tree, scope, reals.get(name, name))
            used.update(_folders(unit))
            yield unit


def _unit(tree: _Tree, scope: str, name: str) -> UnitFiles:
    """The unit of this name; an instance without a file of its own has that of its template."""
    fragments = tree.fragments.get(name) or tree.fragments.get(template_of(name) or "") or []
    drop_ins = tree.drop_ins.get(name)
    is_conf = fragments[0].kind == "conf" if fragments else bool(drop_ins and drop_ins[0].kind == "conf-dropin")
    fragment = (fragments[0] if len(fragments) == 1 else min(fragments, key=rank)) if fragments else None
    unit = UnitFiles(name, name if is_conf else "unit", scope, fragment, (), tuple(tree.aliases.get(name, ())))
    if len(fragments) > 1:
        unit = unit._replace(shadowed=tuple([other for other in fragments if other is not fragment]))
    if tree.rejected and name in tree.rejected:
        unit = unit._replace(rejected=tuple(tree.rejected[name]))
    if not tree.drop_ins and not tree.dependencies:
        return unit
    folders = _folders(unit) if fragment is not None else [f"{name}.d"]
    drop_ins_found = _drop_ins(tree, folders)
    hidden = _hidden(tree, folders[-1], drop_ins_found) if len(folders) > 1 else ()
    return unit._replace(drop_ins=drop_ins_found, dependencies=_dependencies(tree, folders), hidden=hidden)


def _hidden(tree: _Tree, folder: str, chosen: tuple[Source, ...]) -> tuple[Source, ...]:
    """The files of ``service.d`` and its like in whose place others of their name were chosen."""
    by_name = {os.path.basename(source.path): source for source in chosen}
    of_type = tree.drop_ins.get(folder[:-2], ()) if "." not in folder[:-2] else ()
    return tuple(source for source in of_type if by_name.get(os.path.basename(source.path), source).path != source.path)


def _folders(unit: UnitFiles) -> list[str]:
    if unit.kind != "unit":
        return [f"{unit.name}.d"]
    folders = drop_in_folders(unit.name)
    if not unit.aliases:
        return list(folders)
    # service.d comes last, behind those of every name (dropin.c: unit_file_find_dropin_paths).
    of_names = [folder for name in (unit.name, *unit.aliases) for folder in drop_in_folders(name)[:-1]]
    return [*dict.fromkeys(of_names), folders[-1]]


def _drop_ins(tree: _Tree, folders: Iterable[str]) -> tuple[Source, ...]:
    """Sorted by file name; of the same names the folder of the higher rank wins, then the more
    specific folder, and ``service.d`` loses to all (dropin.c: unit_file_find_dropin_paths).  An empty file or a
    link to /dev/null stands among them and hides the others of its name."""
    winners: dict[str, tuple[tuple[bool, int, int], Source]] = {}
    for depth, folder in enumerate(folders):
        for source in tree.drop_ins.get(folder[:-2], ()):
            strength = ("." not in folder[:-2], rank(source), depth)
            file_name = source.path.replace(os.sep, "/").rpartition("/")[2]
            if file_name not in winners or strength < winners[file_name][0]:
                winners[file_name] = (strength, source)
    return tuple(source for _, (_, source) in sorted(winners.items()))


def _dependencies(tree: _Tree, folders: Iterable[str]) -> tuple[tuple[str, Source], ...]:
    """The links in ``x.service.wants`` and the like; one to /dev/null takes back those of its name below it."""
    winners: dict[tuple[str, str], Source] = {}
    for folder in folders if tree.dependencies else ():
        for source in sorted(tree.dependencies.get(folder[:-2], ()), key=rank):
            directive = DEPENDENCY_FOLDERS[os.path.splitext(os.path.dirname(source.path))[1]]
            winners.setdefault((directive, source.name), source)
    return tuple((directive, source) for (directive, _), source in winners.items() if source.link != os.devnull)
