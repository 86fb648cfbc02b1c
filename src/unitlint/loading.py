"""The units of a checked set, each read and merged when it is asked for."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence

from unitlint.catalogue import NEWEST, QUADLET_TYPES, sections_of
from unitlint.files.safe_read import filled
from unitlint.ignores import MARK
from unitlint.syntax.reader import read as read_document
from unitlint.units.layout import ALONE, UPHOLDS_SINCE, UnitFiles, tree_of_folder
from unitlint.units.merge import add_links, build_unit, settle
from unitlint.units.taken import Said
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source
    from unitlint.syntax.document import Document

_MOST_KEPT = 1000
"""A unit takes about 5 kB, and the units that rules look up stand near to each other."""


_MARK = MARK.encode()


class UnitsByName(Mapping[str, "Unit"]):
    """The units by name, and what could not be read among their files.

    Of several files that define a unit of the same name (in folders that are no search path) the last one answers
    to the name; the others are still units of their own.  An alias is looked up like a name, but not counted;
    so is the file name of a Quadlet.
    """

    def __init__(self, groups: Sequence[UnitFiles], release: int = NEWEST, *, partial: bool = False) -> None:
        self._all = groups
        self.partial = partial
        """Whether only some files were named, so that what is missing here may well be elsewhere."""
        self._release = release
        self._at_releases: dict[int, UnitsByName] = {}
        self._aliases = {alias: files.name for files in groups for alias in files.aliases}
        self._groups = {files.name: files for files in groups}
        self.quadlets: dict[str, dict[str, str]] = {}
        """By tree the Podman Quadlets in it: the service of each by the name of the file."""
        for files in groups:
            if files.fragment is not None and files.fragment.kind == "quadlet":
                folder, _, name = files.fragment.path.replace(os.sep, "/").rpartition("/")
                self._aliases[name] = files.name
                self.quadlets.setdefault(tree_of_folder(folder), {})[name] = files.name
        self._loaded: OrderedDict[str | int, Unit] = OrderedDict()
        self.checked: str | int | None = None
        """The unit to be held whatever else is asked for; see :meth:`to_check`."""
        self._by_path: dict[str, UnitFiles] = {}
        self.ignoring: set[str] = set()
        """Files with comments that suppress findings (ignores.py)."""
        self.unread: dict[str, Source] = {}
        """Files that turned out to be no units (kind ``skip``) or could not be read (``error``), by path."""

    def __getitem__(self, name: str) -> Unit:
        return self.of(self._groups[self._aliases.get(name, name)])

    def for_release(self, release: int) -> UnitsByName:
        """The same units as another release takes them; they are read once more, as units share nothing."""
        if release == self._release:
            return self
        if release not in self._at_releases:
            self._at_releases[release] = UnitsByName(self._all, release, partial=self.partial)
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

    def to_check(self, files: UnitFiles) -> Unit:
        """The unit that these files make, held until the next one is checked."""
        self.checked = files.name if self._groups[files.name] is files else id(files)
        return self.of(files)

    def at(self, path: str) -> Unit:
        """The unit whose fragment has this path."""
        if not self._by_path:
            self._by_path = {files.fragment.path: files for files in reversed(self._all) if files.fragment}
        return self.of(self._by_path[path])

    def _load(self, files: UnitFiles, choice: int = 0) -> Unit:
        fragment = files.fragment and self._read(files.fragment)
        drop_ins = tuple([source for source in map(self._read, files.drop_ins) if source is not None])
        return load(files._replace(fragment=fragment, drop_ins=drop_ins), self._release, choice)

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
        return source

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    def __contains__(self, name: object) -> bool:
        return name in self._groups or name in self._aliases


def load(files: UnitFiles, release: int = NEWEST, choice: int = 0) -> Unit:
    """Merges the files of one unit, which have been read, as ``release`` takes their values.

    ``choice`` is the branch that the blocks of templates take.
    """
    if files.kind in ALONE:
        return _alone(files)
    kind = files.name.rpartition(".")[2] if files.kind == "unit" and "." in files.name else files.kind
    if files.kind == "unit" and "." not in files.name:
        kind = files.name
    if kind in QUADLET_TYPES or (files.fragment is not None and files.fragment.kind == "quadlet"):
        from unitlint.quadlet.load import load_quadlet

        return load_quadlet(files, release)
    sections = sections_of(kind)
    fragment = files.fragment and document_of(files.fragment, sections, choice)
    drop_ins = [document_of(one, sections, choice) for one in files.drop_ins]
    first = files.fragment or (files.drop_ins[0] if files.drop_ins else None)
    name = files.name if "." in files.name else f"*.{files.name}"
    unit = build_unit(name, first.path if first else "", fragment, drop_ins, files.scope, files.kind)
    unit.masked = unit.masked or (files.fragment is not None and files.fragment.link == "/dev/null")
    if any(map(_is_template, unit.documents)):
        from unitlint.places.unknown import watch

        watch(unit)
    return settled(unit, files, release)


def _alone(files: UnitFiles) -> Unit:
    """A unit in name only, of which just the text is known: a file that systemd does not read, or a preset."""
    documents = [] if files.fragment is None else [document_of(files.fragment, frozenset())]
    unit = Unit(files.name, files.fragment.path if files.fragment else "", tuple(documents), {}, {}, scope=files.scope)
    unit.has_fragment = False
    unit.type = files.kind
    return unit


def _is_template(document: Document) -> bool:
    return document.template is not None


def settled(unit: Unit, files: UnitFiles, release: int) -> Unit:
    """The unit without what the release ignores, and with what links in folders add."""
    from unitlint.checks.directives.judged import judged

    found = judged(unit, release)
    settle(unit, Said(release, found.problems, found.stops))
    unit.aliases = files.aliases
    if files.shadowed:
        unit.shadowed = tuple([source.path for source in files.shadowed])
    if files.dependencies:
        add_links(
            unit,
            [
                (directive, source.name, source.path)
                for directive, source in files.dependencies
                if directive != "Upholds" or release >= UPHOLDS_SINCE
            ],
        )
    return unit


def document_of(source: Source, sections: frozenset[str], choice: int = 0) -> Document:
    """What stands in a file that has been read; only these of its sections count."""
    if source.template:
        from unitlint.places.unknown import read_source

        return read_source(source, sections, choice)  # whose mode is not that of what becomes of it
    document = read_document(source.data or b"", source.path, sections)
    document.mode = source.mode
    return document
