"""UL908: [Install] in a drop-in (install.c: unit_file_search)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.rules.places import line_place
from unitlint.units.unit import Unit

LATER = "counts only when the unit is next enabled; one that is enabled already keeps its links"
NEVER = "is never read: `systemctl enable` looks only into the folders of the unit's own name and its template's"


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """systemctl knows neither the drop-ins of a whole type nor those of a name cut at a dash."""
    for document in unit.documents[1:] if unit.has_fragment else unit.documents:
        folder = document.path.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
        stem = folder.removesuffix(".d").rpartition(".")[0]
        for header in document.headers:
            if header.name == "Install":
                what = NEVER if not stem or stem.endswith("-") else LATER
                yield Hit(line_place(document, header.line), {"what": what})
                break
