"""The units of a checked set, each read and merged when it is asked for."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from unitlint.base.errors import failure
from unitlint.catalogue import NEWEST
from unitlint.files.classify import name_of_file
from unitlint.files.read import filled
from unitlint.files.search_path import tree_of_folder
from unitlint.files.source import UnitFiles
from unitlint.syntax.lines import MARK
from unitlint.syntax.unfilled import is_among_templates, is_filled_in, language_of, may_hold_placeholders
from unitlint.units.load import load
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source

_MOST_KEPT = 128
"""A unit takes about 15 kB, and the units that rules look up stand near to each other."""

_MARK = MARK.encode()
PLACEHOLDERS_IN = ("unit", "dropin", "quadlet")
"""Kinds of files in which placeholders are looked for."""


class UnitsByName(Mapping[str, "Unit"]):
    """The units by name, and what could not be read among their files.

    Of several units of the same name, as in folders for several machines, the one answers to it that stands nearest to
    the unit that is just checked; where none is, the last one.  An alias is looked up like a name, but not counted;
    so is the file name of a Quadlet.
    """

    def __init__(
        self,
        groups: Sequence[UnitFiles],
        release: int = NEWEST,
        *,
        partial: bool = False,
        for_people: bool = False,
    ) -> None:
        self._all = groups
        self.partial = partial
        """Whether only some files were named, so that what is missing here may well be elsewhere."""
        self._release = release
        self._for_people = for_people
        """Whether more is read than systemd does: what follows a refused value, and placeholders as unknown."""
        self._at_releases: dict[int, UnitsByName] = {}
        self._aliases = {alias: files.name for files in groups for alias in files.aliases}
        self._groups = {files.name: files for files in groups}
        self.quadlets: dict[str, dict[str, str]] = {}
        """By tree the Podman Quadlets in it: the service of each by the name of the file."""
        for files in groups:
            if files.fragment is not None and files.fragment.kind == "quadlet":
                folder = files.fragment.path.replace(os.sep, "/").rpartition("/")[0]
                name = name_of_file(files.fragment.path)
                self._aliases[name] = files.name
                self.quadlets.setdefault(tree_of_folder(folder), {})[name] = files.name
        self._rivals = _rivals(groups) if len(self._groups) < len(groups) else {}
        self._here: UnitFiles | None = None
        self._loaded: OrderedDict[str | int, Unit] = OrderedDict()
        self.checked: str | int | None = None
        """The unit to be held whatever else is asked for; see :meth:`to_check`."""
        self._by_path: dict[str, UnitFiles] = {}
        self.ignoring: set[str] = set()
        """Files with comments that suppress findings (engine/suppress.py)."""
        self.unread: dict[str, Source] = {}
        """Files that turned out to be no units (kind ``skip``) or could not be read (``error``), by path."""

    def __getitem__(self, name: str) -> Unit:
        if name in self._rivals:
            return self.of(nearest(self._rivals[name], self._here))
        return self.of(self._groups[self._aliases.get(name, name)])

    def for_release(self, release: int) -> UnitsByName:
        """The same units as another release takes them; they are read once more, as units share nothing."""
        if release == self._release:
            return self
        if release not in self._at_releases:
            self._at_releases[release] = UnitsByName(
                self._all, release, partial=self.partial, for_people=self._for_people
            )
            self._at_releases[release].unread = self.unread
            self._at_releases[release].ignoring = self.ignoring
        return self._at_releases[release]

    def of(self, files: UnitFiles) -> Unit:
        """The unit that these files make; one without documents where none of them could be read."""
        key: str | int = files.name if self._groups[files.name] is files else id(files)
        unit = self._loaded.get(key)
        if unit is None:
            unit = self._loaded[key] = self._load(files)
            if len(self._loaded) > _MOST_KEPT:
                self._forget(key)
        return unit

    def _forget(self, newest: str | int) -> None:
        """Lets go of the unit that was loaded first, unless it is just being checked.

        Its files and their assignments know each other; taken apart they are gone at once, and a large set needs no
        search for such circles, which costs a tenth of the time.
        """
        key, unit = self._loaded.popitem(last=False)
        if key in (newest, self.checked):
            self._loaded[key] = unit
            return
        for document in unit.documents:
            document.assignments = []

    def forget_all(self) -> None:
        """Lets go of all units, whose findings have been made."""
        for unit in self._loaded.values():
            for document in unit.documents:
                document.assignments = []
        self._loaded.clear()
        for at_release in self._at_releases.values():
            at_release.forget_all()

    def to_check(self, files: UnitFiles) -> Unit:
        """The unit that these files make, held until the next one is checked."""
        self.checked = files.name if self._groups[files.name] is files else id(files)
        self._here = files
        return self.of(files)

    def at(self, path: str) -> Unit:
        """The unit whose fragment has this path."""
        if not self._by_path:
            self._by_path = {files.fragment.path: files for files in reversed(self._all) if files.fragment}
        return self.of(self._by_path[path])

    def _load(self, files: UnitFiles, choice: int = 0) -> Unit:
        try:
            fragment = files.fragment and self._read(files.fragment)
            drop_ins = tuple([source for source in map(self._read, files.drop_ins) if source is not None])
            files = files._replace(fragment=fragment, drop_ins=drop_ins)
            return load(files, self._release, choice, reads_on=self._for_people)
        except Exception as error:
            first = files.parts[0]
            self.unread[first.path] = first._replace(kind="error", note=failure(error, "internal error"))
            return Unit(files.name, first.path, (), {}, {}, has_fragment=False)

    def at_choice(self, files: UnitFiles, choice: int) -> Unit:
        """The unit with another choice of the branches of its templates; it answers to no name."""
        return self._load(files, choice)

    def _read(self, source: Source) -> Source | None:
        source = filled(source)
        if source.kind in ("skip", "error"):
            self.unread[source.path] = source
            return None
        if source.data and _MARK in source.data:
            self.ignoring.add(source.path)
        if self._for_people and source.data and not source.template and source.kind in PLACEHOLDERS_IN:
            return _as_unfilled(source)
        return source

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def __contains__(self, name: object) -> bool:
        return name in self._groups or name in self._aliases


def _rivals(groups: Sequence[UnitFiles]) -> dict[str, list[UnitFiles]]:
    """The names to which several units answer, by their own names, aliases, or names of Quadlet files."""
    by_name: dict[str, list[UnitFiles]] = {}
    for files in groups:
        of_file = name_of_file(files.fragment.path) if files.fragment and files.fragment.kind == "quadlet" else ""
        for name in filter(None, (files.name, *files.aliases, of_file)):
            by_name.setdefault(name, []).append(files)
    return {name: rivals for name, rivals in by_name.items() if len(rivals) > 1}


def nearest(rivals: Sequence[UnitFiles], here: UnitFiles | None) -> UnitFiles:
    """Of several units the last of those that have the most in common with ``here``: the manager, then folders."""
    if here is None or not here.parts:
        return rivals[-1]
    folders = _folders(here)

    def likeness(rival: UnitFiles) -> tuple[bool, int]:
        pairs = zip(_folders(rival), folders, strict=False)
        return rival.scope == here.scope, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    return max(reversed(rivals), key=likeness)


def _folders(files: UnitFiles) -> list[str]:
    return os.path.dirname(files.parts[0].path).replace(os.sep, "/").split("/") if files.parts else []


def _as_unfilled(source: Source) -> Source:
    """The source, as a template where it holds placeholders that nobody has filled in."""
    data = source.data or b""
    if not may_hold_placeholders(data):
        return source
    is_rendered = False
    if b"${" in data:
        from unitlint.files.terraform import is_rendered as named_by_terraform

        is_rendered = named_by_terraform(source.path) or (is_among_templates(source.path) and is_filled_in(data))
    language = language_of(data, is_rendered=is_rendered)
    return source._replace(template=language) if language else source
