"""The files themselves, whatever stands in them (stat-util.c: stat_warn_permissions)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from unitlint.catalogue import UNIT_TYPES
from unitlint.files.classify import conf_name
from unitlint.files.names import is_unit_file_name
from unitlint.files.unread import (
    ABOVE,
    BELOW,
    DROP_INS,
    NEARLY_SUFFIXES,
    NO_UNIT,
    WITHOUT_D,
    kind_of_folder,
    why_unread,
)
from unitlint.rules.model import Context, Hit, WholeSet, line_place
from unitlint.units.unit import Unit
from unitlint.values.unit_name import is_unit_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Header

ALL = 0o777
"""What file systems that know no modes show of every file."""


def executable(unit: Unit, context: Context) -> Iterator[Hit]:
    """Any of the three bits."""
    yield from _with_bits(unit, context, 0o111)


def writable_by_all(unit: Unit, context: Context) -> Iterator[Hit]:
    """The bit for others."""
    yield from _with_bits(unit, context, 0o002)


def _with_bits(unit: Unit, context: Context, bits: int) -> Iterator[Hit]:
    for document in unit.documents:
        if document.mode & bits and (document.mode != ALL or context.root is not None):
            yield Hit(line_place(document, 1), {"mode": f"{document.mode:04o}"})


def unreadable(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Systemd warns unless group and others may read."""
    for document in unit.documents:
        if document.mode and document.mode & 0o044 != 0o044:
            yield Hit(line_place(document, 1), {"mode": f"{document.mode:04o}"})


def shadowed(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One unit file takes the place of another; a mask is meant to."""
    if unit.has_fragment and not unit.masked and unit.documents:
        yield Hit(line_place(unit.documents[0], 1), {"unit": unit.name, "other": " and ".join(unit.shadowed)})


SUFFIXES = tuple(f".{one}" for one in UNIT_TYPES)


def never_read(unit: Unit, context: Context) -> Iterator[Hit]:
    """A drop-in or conf by its sections, which stands in the wrong folder or has another ending than systemd reads."""
    if unit.name.endswith(SUFFIXES):
        return
    folder = os.path.dirname(os.path.abspath(unit.path))
    kind, home = kind_of_folder(folder), os.path.basename(folder)
    stem, ending = os.path.splitext(unit.name)
    document = unit.documents[0]
    first = document.headers[0]
    if kind not in _BY_FOLDER:
        if not (ending in NEARLY_SUFFIXES or conf_name(unit.name) or context.root is not None or _is_certain(stem)):
            return
        problem, better = _among_units(unit.name, home, document.headers)
    else:
        names = {
            "above": os.path.basename(os.path.dirname(folder)),
            "home": home,
            "name": unit.name,
            "stem": stem,
            "typed": _with_type(home[:-2], document.headers),
        }
        problem, better = (text.format_map(names) for text in _BY_FOLDER[kind])
    yield Hit(line_place(document, first.line), {"problem": problem, "better": better})


_BY_FOLDER = {
    ABOVE: ("drop-ins of units are read below {above}/system/", "system/{home}/{name}"),
    BELOW: ("{home}/ is read one directory above", "../../{home}/{name}"),
    WITHOUT_D: ("{home}/ lacks the .d of a directory of drop-ins", "{home}.d/{name}"),
    DROP_INS: ("in {home}/ systemd reads only names that end in .conf", "{stem}.conf"),
    NO_UNIT: ("{home}/ belongs to no unit: the name before .d lacks the type of the unit", "{typed}.d/{name}"),
}
"""What is wrong with a file in each kind of folder but that of the units, and where it would be read."""


def _is_certain(stem: str) -> bool:
    """False of what may be the source of a file that goes elsewhere."""
    return stem == "override" or is_unit_file_name(stem)


def _among_units(name: str, home: str, headers: list[Header]) -> tuple[str, str]:
    """The same of a file that stands where the units do."""
    stem, ending = os.path.splitext(name)
    if ending in NEARLY_SUFFIXES:
        better = f"{stem}{NEARLY_SUFFIXES[ending]}"
        return f"in {home}/ systemd reads only names that end in the type of a unit", better
    if conf_name(name) is not None:
        return f"{name} is read one directory above {home}/", f"../{name}"
    folder = stem if is_unit_file_name(stem) else _with_type(stem, headers)
    return f"in {home}/ systemd reads unit files, not .conf files", f"{folder}.d/{stem.partition('.')[0]}.conf"


def _with_type(stem: str, headers: list[Header]) -> str:
    kinds = [header.name.lower() for header in headers if header.name.lower() in UNIT_TYPES]
    return f"{stem}.{kinds[0] if kinds else 'service'}"


def invalid_name(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A unit file whose name is none of a unit (unit-name.c: unit_name_is_valid)."""
    if not unit.name.endswith(SUFFIXES) or is_unit_file_name(unit.name):
        return
    stem = unit.name.rpartition(".")[0]
    wrong = sorted({char for char in stem if not is_unit_name(f"a{char}.service")})
    if wrong:
        what = f"it must not contain {' or '.join(map(repr, wrong))}"
    else:
        at = "it begins with @" if stem.startswith("@") else "it has more than 255 characters"
        what = at if stem else "there is nothing before the type"
    yield Hit(line_place(unit.documents[0], unit.documents[0].headers[0].line), {"name": unit.name, "what": what})


def note_folder(unit: Unit) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """The folder of a unit file where nobody looks for it, its path, and the files that dependency-link-misleading
    reports of the unit."""
    told = tuple(link.document.path for link in unit.odd_links if link.directive)
    folder = os.path.dirname(os.path.abspath(unit.path))
    if told and not why_unread(folder):
        return "", (), told
    if unit.type == "conf" or unit.quadlet or not (unit.has_fragment or unit.is_misplaced_unit):
        return None
    return (folder, (unit.path,), told) if why_unread(folder) else None


MANY = 3
"""So many files in one folder are told of as one."""


def conclude_folders(notes: list[Any], unit_at: Callable[[str], Unit]) -> Iterator[tuple[Unit, Hit]]:
    """One finding a folder where there are many: they are there for one reason."""
    folders: dict[str, list[str]] = {}
    told = {path for _, _, paths in notes for path in paths}
    for folder, own, _ in notes:
        for path in own:
            if path not in told:
                folders.setdefault(folder, []).append(path)
    for folder, paths in folders.items():
        shown = paths if len(paths) < MANY else [min(paths)]
        others = f"; the same holds for {len(paths) - 1} other unit files here" if len(paths) >= MANY else ""
        for path in shown:
            unit = unit_at(path)
            yield unit, Hit(line_place(unit.documents[0], 1), {"reason": f"{why_unread(folder)}{others}"})


UNREAD_FOLDER = WholeSet(note_folder, conclude_folders)
