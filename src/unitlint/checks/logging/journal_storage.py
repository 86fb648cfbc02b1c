"""UL804: limits of a journal that is not kept there (journald.conf(5), Storage=)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

ON_DISK = ("SystemMaxUse", "SystemKeepFree", "SystemMaxFileSize", "SystemMaxFiles")
IN_MEMORY = ("RuntimeMaxUse", "RuntimeKeepFree", "RuntimeMaxFileSize", "RuntimeMaxFiles")
WITHOUT = {"none": (*ON_DISK, *IN_MEMORY), "volatile": ON_DISK}


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Each limit that Storage= leaves without a journal."""
    storage = unit.last("Journal", "Storage")
    if storage is None or unit.name != "journald.conf":
        return
    for name in WITHOUT.get(storage.value, ()):
        limit = unit.last("Journal", name)
        if limit is not None:
            yield Hit(limit, {"storage": storage.value}, ((storage, "because of this line"),), on_name=True)
