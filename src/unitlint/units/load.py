"""The files of one unit to the unit, as one release of systemd takes them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from unitlint.catalogue import NEWEST, QUADLET_TYPES, sections_of
from unitlint.files.names import template_of
from unitlint.files.search_path import ALONE, UPHOLDS_SINCE
from unitlint.files.source import UnitFiles
from unitlint.syntax.document import Document
from unitlint.syntax.reader import read as read_document
from unitlint.units.judged import judged
from unitlint.units.merge import add_links, build_unit, settle
from unitlint.units.unit import OddLink, Unit
from unitlint.values.unit_name import is_unit_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.source import Source


TEMPLATES_NAMED_SINCE = 245
"""From then on a template in the folder of a unit that is none has no name to take the place of its instance."""


def load(files: UnitFiles, release: int = NEWEST, choice: int = 0, *, reads_on: bool = False) -> Unit:
    """Merges the files of one unit, which have been read, as ``release`` takes their values.

    ``choice`` is the branch that the blocks of templates take; ``reads_on`` tells that what systemd refuses does not
    end the reading, so that the rest can be checked as if that line were right.
    """
    if files.kind in ALONE:
        return _alone(files)
    kind = _kind_of(files)
    if kind in QUADLET_TYPES or (files.fragment is not None and files.fragment.kind == "quadlet"):
        from unitlint.units.load_quadlet import load_quadlet

        return load_quadlet(files, release, choice)
    unit = settled(_merged(files, sections_of(kind), choice, release, reads_on=reads_on), files, release)
    if any(document.template is not None for document in unit.documents):
        from unitlint.units.placeholders import watch

        watch(unit)
    return unit


def _kind_of(files: UnitFiles) -> str:
    """The unit's type, which ``service.d`` has for its name; of confs their name."""
    return files.name.rpartition(".")[2] if files.kind == "unit" else files.kind


def _merged(files: UnitFiles, sections: frozenset[str], choice: int, release: int, *, reads_on: bool) -> Unit:
    """The files as they stand, whatever a release says of the values in them."""
    fragment = files.fragment and document_of(files.fragment, sections, choice, release, reads_on=reads_on)
    drop_ins = [document_of(source, sections, choice, release, reads_on=reads_on) for source in files.drop_ins]
    name = files.name if "." in files.name else f"*.{files.name}"
    path = files.parts[0].path if files.parts else ""
    unit = build_unit(name, path, fragment, drop_ins, files.scope, files.kind)
    unit.reads_on = reads_on
    unit.masked_by_link = files.fragment is not None and files.fragment.link == "/dev/null"
    unit.masked = unit.masked or unit.masked_by_link
    return unit


def _alone(files: UnitFiles) -> Unit:
    """A unit in name only, of which just the text is known: a file that systemd does not read, or a preset."""
    documents = [] if files.fragment is None else [document_of(files.fragment, frozenset())]
    unit = Unit(files.name, files.fragment.path if files.fragment else "", tuple(documents), {}, {}, scope=files.scope)
    unit.has_fragment = False
    unit.type = files.kind
    return unit


def settled(unit: Unit, files: UnitFiles, release: int) -> Unit:
    """The unit without what the release ignores, and with what links in folders add."""
    settle(unit, judged(unit, release))
    unit.aliases = files.aliases
    if files.hidden:
        unit.hidden_drop_ins = tuple([source.path for source in files.hidden])
    if files.shadowed:
        unit.shadowed = tuple([source.path for source in files.shadowed])
    if files.dependencies or files.rejected:
        links = [link for link in files.dependencies if link[0] != "Upholds" or release >= UPHOLDS_SINCE]
        add_links(unit, [(directive, source.name, source.path) for directive, source in links if _is_link(source)])
        unit.odd_links = (*_odd(links, unit.name, release), *_odd([("", link) for link in files.rejected], "", release))
    return unit


def _is_link(source: Source) -> bool:
    """False for what systemd passes over (load-dropin.c: process_deps)."""
    return source.link is not None and is_unit_name(source.name)


def _odd(links: Iterable[tuple[str, Source]], unit_name: str, release: int) -> Iterator[OddLink]:
    for directive, source in links:
        target = source.link or ""
        if not directive or not _is_link(source) or not _says_its_name(source.name, target, unit_name, release):
            text = f"{source.name} -> {target}" if target else source.name
            yield OddLink(Document(source.path, text), directive, source.name, target)


def _says_its_name(name: str, target: str, unit_name: str, release: int) -> bool:
    """True where a link in a folder leads to the unit that it is named for (unit-file.c:
    unit_symlink_name_compatible)."""
    of_target = os.path.basename(target)
    if "@." in name and "@" not in unit_name and release >= TEMPLATES_NAMED_SINCE:
        return False
    return of_target in (name, template_of(name))


def document_of(
    source: Source, sections: frozenset[str], choice: int = 0, release: int = NEWEST, *, reads_on: bool = False
) -> Document:
    """What stands in a file that has been read; only these of its sections count."""
    if source.template:
        from unitlint.units.placeholders import read_source

        return read_source(source, sections, choice)  # whose mode is not that of what becomes of it
    document = read_document(source.data or b"", source.path, sections, reads_on=reads_on, release=release)
    document.mode = source.mode
    return document
