"""Output that fills the disk, and core dumps (systemd.exec(5), coredump.conf(5))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.service import is_lasting, restarts, unit_memory_limit
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, size

FILES = {"file:": "overwrites the file from its beginning at every start", "append:": "grows without limit"}
SYSTEM_PATHS = ("/dev/", "/proc/", "/sys/", "/run/")


def to_file(unit: Unit, context: Context) -> Iterator[Hit]:
    """A lasting service's output to a file, which no journal bounds and no rotation reaches."""
    if not is_lasting(unit, context):
        return
    for directive in ("StandardOutput", "StandardError"):
        line = unit.last("Service", directive)
        form = next((form for form in FILES if line is not None and line.value.startswith(form)), None)
        if line is None or form is None or line.value[len(form) :].startswith(SYSTEM_PATHS):
            continue
        yield Hit(line, {"path": line.value[len(form) :], "how": FILES[form]})


ENDLESS = ("infinity", "unlimited")

SETTINGS_OF_FILES = ("Compress", "ExternalSizeMax", "MaxUse", "KeepFree")

WITHOUT = {
    "none": (*SETTINGS_OF_FILES, "JournalSizeMax"),
    "journal": SETTINGS_OF_FILES,
    "external": ("JournalSizeMax",),
}
"""What each Storage= leaves without effect (coredump.c: save_external_coredump, submit_coredump)."""


def unlimited(unit: Unit, context: Context) -> Iterator[Hit]:
    """In a service that is restarted, so that one fault makes many dumps."""
    line = unit.last("Service", "LimitCORE")
    if line is None or line.value not in ENDLESS or not is_lasting(unit, context) or not restarts(unit):
        return
    limit = unit_memory_limit(unit)
    bound = None if limit is None else size(limit.value)
    if limit is None or bound is None or bound == INFINITY:
        yield Hit(line, {"size": "all the memory of the service"})
    else:
        related: tuple[tuple[Place, str], ...] = ((limit, "only this limits a dump"),)
        yield Hit(line, {"size": f"up to {limit.value}"}, related)


def without_effect(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Limits for a place where no dump is kept, and a place in which none fits; a limit of 0 says the same again."""
    storage = unit.last("Coredump", "Storage")
    kind = "external" if storage is None else storage.value
    related: tuple[tuple[Place, str], ...] = () if storage is None else ((storage, "because of this line"),)
    for name in WITHOUT.get(kind, ()):
        line = unit.last("Coredump", name)
        if line is not None and size(line.value) != 0:
            yield Hit(line, {"problem": f"has no effect, because Storage={kind}"}, related, on_name=True)
    largest = {"external": "ExternalSizeMax", "journal": "JournalSizeMax"}.get(kind)
    line = None if largest is None else unit.last("Coredump", largest)
    if line is not None and size(line.value) == 0:
        yield Hit(line, {"problem": f"discards every dump, so Storage={kind} keeps none"}, related)


USELESS = 2**20
"""No process dumps less than this; the libraries alone take more."""


def too_small(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL813: sizes that leave a dump without a stack trace, or cut it off (coredump.c: save_external_coredump).

    Silent for Storage=none, where ProcessSizeMax=0 switches the handling of dumps off; of a place that takes no dump
    at all UL807 speaks.
    """
    storage = unit.last("Coredump", "Storage")
    kind = "external" if storage is None else storage.value
    if kind == "none":
        return
    stored = "JournalSizeMax" if kind == "journal" else "ExternalSizeMax"
    for name, outcome in (
        ("ProcessSizeMax", "no dump gets a stack trace, and coredumpctl shows only that a process crashed"),
        (stored, "every dump is removed or cut off"),
    ):
        line = unit.last("Coredump", name)
        most = None if line is None else size(line.value)
        if line is not None and most is not None and most < USELESS and (most > 0 or name == "ProcessSizeMax"):
            yield Hit(line, {"outcome": outcome})
