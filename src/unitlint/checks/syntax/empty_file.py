"""UL013: an empty unit file, which masks the unit (unit-file.c: unit_file_resolve_symlink, null_or_empty_path)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.files.classify import LINK_FOLDERS
from unitlint.rules.model import Context, Hit
from unitlint.rules.places import line_place
from unitlint.units.unit import Unit


def empty_file_masks_unit(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Only a fragment without a single byte masks; one that holds a comment does not, nor a note in a .wants folder."""
    if unit.path.rpartition("/")[0].endswith(LINK_FOLDERS):
        return
    if unit.masked and unit.documents and not unit.documents[0].text:
        yield Hit(line_place(unit.documents[0], 1))
