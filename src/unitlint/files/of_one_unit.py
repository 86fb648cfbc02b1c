"""The files that make up one unit: itself and the drop-ins of every folder that counts for it."""

from __future__ import annotations

import os

from unitlint.base.errors import UnitlintError
from unitlint.base.real_path import real_path, repository_around
from unitlint.files.classify import CONFS, is_quadlet_name, name_of_file
from unitlint.files.discover import discover, listing
from unitlint.files.links import Links
from unitlint.files.names import drop_in_folders, is_unit_file_name, template_of
from unitlint.files.patterns import Ignored
from unitlint.files.read import filled
from unitlint.files.search_path import QUADLET_PATH, SEARCH_PATH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unitlint.files.source import Source

_READABLE = ("unit", "dropin", "conf", "conf-dropin", "link", "quadlet")


def sources_around(path: str, root: str | None = None, *, follow_links: bool = False) -> list[Source]:
    """The sources among which the unit at ``path`` and its drop-ins are.

    Below a folder of the search path (``…/etc/systemd/system``) all of that tree's folders count, else those
    beside the file.  With ``root``, ``path`` may be a unit's name.
    Raises UnitlintError where there is no such file, or where it cannot be read.
    """
    path, top = (path, root) if root is not None else _in_tree(path)
    tree = [] if top is None else search_path(top, is_root=root is not None)
    here = [] if _is_below(path, tree) else _here(path, Links((path,), root, follow=follow_links))
    if not here and not os.path.lexists(path) and (root is None or not (is_unit_file_name(path) or path in CONFS)):
        raise UnitlintError(f"no such unit file: {path}")
    around = here + (tree or _beside(path))
    sources = [filled(source) for source in _found(around, root, follow_links=follow_links)]
    for number, source in enumerate(sources):
        if source.kind not in _READABLE and source.path in (path, *here):
            is_link = os.path.islink(path)
            reason = "a link that leads nowhere" if is_link else "systemd reads no unit from a file of this name"
            raise UnitlintError(source.note or reason, path)
        if source.path == path and len(here) > 1:
            sources[number] = source._replace(kind="link")
    return [source for source in sources if source.kind in _READABLE]


def _found(paths: list[str], root: str | None, *, follow_links: bool) -> Iterator[Source]:
    return discover(paths, Ignored(gitignore=False), root=root, follow_links=follow_links)


def _in_tree(path: str) -> tuple[str, str | None]:
    """The path, and the tree in whose search path it stands, both written alike; None where there is none."""
    for written in (path, os.path.abspath(path)):
        for part in SEARCH_PATH:
            at = f"/{written}".rfind(f"/{part}")
            if at >= 0:
                return written, written[:at].rstrip("/") or written[:at]
    return path, None


def _is_below(path: str, folders: list[str]) -> bool:
    return os.path.lexists(path) and any(path.startswith(folder + "/") for folder in folders)


def _here(path: str, links: Links) -> list[str]:
    """The file itself; an alias with the file to which it leads; of an instance without a file the template."""
    if os.path.islink(path) and not links.place_of(path)[1]:
        real = real_path(path)
        is_alias = os.path.isfile(real) and is_unit_file_name(os.path.basename(real))
        beside = os.path.join(os.path.dirname(path), os.path.basename(real))
        return [path, beside if os.path.exists(beside) else real] if is_alias else [path]
    if os.path.lexists(path):
        return [path]
    folder, name = os.path.split(path)
    template = os.path.join(folder, template_of(name) or name)
    return [template] if os.path.isfile(template) else []


def search_path(top: str, *, is_root: bool = False) -> list[str]:
    """The folders below ``top`` in which systemd and Quadlet look for units and confs, each once: lib may be a link to
    usr/lib.  In a root directory links lead as they do on its own system."""
    links = Links((), top if is_root else None)
    folders: dict[str, str] = {}
    for part in (*SEARCH_PATH, *QUADLET_PATH):
        folder, reason = links.place_of(os.path.join(top, part.rstrip("/")))
        if os.path.isdir(folder) and not reason:
            folders.setdefault(os.path.realpath(folder), folder)
    return list(folders.values())


def _beside(path: str) -> list[str]:
    folder, name = os.path.split(path)
    if is_quadlet_name(name):
        from unitlint.files.names import drop_in_names, service_of

        names = (*(f"{stem}.d" for stem in drop_in_names(name)), *drop_in_folders(service_of(name)))
    else:
        names = drop_in_folders(name) if is_unit_file_name(name) else (f"{name}.d",)
    return [beside for name in names if os.path.isdir(beside := os.path.join(folder, name))]


_FRAGMENTS = ("unit", "conf", "quadlet")
_KINDS = (*_FRAGMENTS, "dropin", "conf-dropin")


def with_companions(
    sources: Iterable[Source],
    named: Iterable[str],
    ignored: Ignored,
    root: str | None = None,
    within: Sequence[str] | None = None,
    *,
    follow_links: bool = False,
) -> Iterator[Source]:
    """The sources, and after them, marked as ``context``, what belongs to those whose paths are ``named``.

    These are the files that systemd would merge with them, and the units beside them, which rules may ask for: a
    timer, a slice.  Where a drop-in has no unit beside it, the git repository around it is searched for one of that
    name, as checking the whole repository would find it; of the repository only what lies ``within`` these folders
    (absolute paths), where some are given.
    """
    names = frozenset(named)
    seen: set[str] = set()
    chosen: list[Source] = []
    for source in sources:
        seen.add(os.path.abspath(source.path))
        if source.path in names and source.kind in _KINDS:
            chosen.append(source)
        yield source
    folders = dict.fromkeys(folder for source in chosen for folder in _merged_folders(_folder_of_unit(source)))
    found = [source for folder in folders for source in listing(folder or ".", root, follow_links=follow_links)]
    known = {_file_name_of_unit(source) for source in (*chosen, *found) if source.kind in _FRAGMENTS}
    for source in (*found, *_elsewhere(_without_unit(chosen, known), ignored, root, within)):
        absolute = os.path.abspath(source.path)
        if absolute not in seen and source.kind in (*_KINDS, "link"):
            seen.add(absolute)
            yield source._replace(context=True)


def _folder_of_unit(source: Source) -> str:
    """The folder in which the unit of a file stands."""
    folder = os.path.dirname(source.path)
    return os.path.dirname(folder) if folder.endswith(".d") else folder


def _file_name_of_unit(source: Source) -> str:
    """The name of the unit's file; that of a Quadlet is another than that of the service which is made of it."""
    return name_of_file(source.path) if source.kind == "quadlet" else source.name


def _merged_folders(folder: str) -> list[str]:
    """The folders whose files are merged with those of ``folder``: those of the search path, or it alone."""
    whole = folder.replace(os.sep, "/") + "/"
    for part in SEARCH_PATH:
        at = f"/{whole}".rfind(f"/{part}")
        if at >= 0:
            scope = whole[at + len(part) :].rstrip("/")
            others = [os.path.join(whole[:at], other, scope).rstrip("/") for other in SEARCH_PATH]
            return [folder, *(other for other in others if os.path.isdir(other) and other != folder)]
    return [folder]


def _without_unit(drop_ins: Iterable[Source], units: set[str]) -> dict[str, str]:
    """Drop-ins whose unit is not there, by the name of the unit; those of types and prefixes belong to many."""
    return {
        source.name: source.path
        for source in drop_ins
        if source.kind == "dropin"
        and (is_unit_file_name(source.name) or is_quadlet_name(source.name))
        and not source.name.partition(".")[0].endswith("-")
        and units.isdisjoint((source.name, template_of(source.name) or source.name))
    }


def _elsewhere(
    paths: dict[str, str], ignored: Ignored, root: str | None, within: Sequence[str] | None
) -> Iterator[Source]:
    """The files of these units, wherever in the repository around the paths they are."""
    wanted = {name for unit in paths for name in (unit, template_of(unit)) if name}
    for top in dict.fromkeys(_searched(path, within) for path in paths.values()):
        for source in discover([top], ignored, root=root) if top else ():
            if _file_name_of_unit(source) in wanted:
                yield source


def _searched(path: str, within: Sequence[str] | None) -> str | None:
    """The folder to be searched for the unit of the drop-in ``path``."""
    repository = _repository(path)
    if repository is None or within is None or _contains(within, repository):
        return repository
    return next((folder for folder in within if _contains((folder,), path)), None)


def _contains(folders: Sequence[str], path: str) -> bool:
    absolute = os.path.join(os.path.abspath(path), "")
    return any(absolute.startswith(os.path.join(folder, "")) for folder in folders)


def _repository(path: str) -> str | None:
    """The folder of the git repository around a path, as seen from the working folder."""
    folder = repository_around(os.path.dirname(os.path.abspath(path)))
    return None if folder is None else os.path.relpath(folder)
