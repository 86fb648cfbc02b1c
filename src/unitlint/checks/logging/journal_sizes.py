"""UL808 to UL810: sizes and levels in journald.conf that are not what comes of them (journald.conf(5))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import tree_of
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import boolean, size
from unitlint.units.unit import Unit

FORWARDS = ("ForwardToSyslog", "ForwardToKMsg", "ForwardToConsole", "ForwardToSocket")
LEVELS = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")


def level_above_journal(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL808: a service's LogLevelMax= lets through what MaxLevelStore= of the same tree's journald.conf drops."""
    line = unit.last("Service", "LogLevelMax")
    journal = context.units["journald.conf"] if line is not None and "journald.conf" in context.units else None
    stored = None if journal is None else journal.last("Journal", "MaxLevelStore")
    if line is None or journal is None or stored is None or unit.all("Service", "LogNamespace"):
        return
    wanted, kept = _level(line.value), _level(stored.value)
    if wanted is not None and kept is not None and wanted > kept and tree_of(unit.path) == tree_of(journal.path):
        yield Hit(line, {"stored": stored.value}, ((stored, "the journal keeps no more than this"),))


def _level(text: str) -> int | None:
    if text in LEVELS:
        return LEVELS.index(text)
    return int(text) if text.isdecimal() and int(text) < len(LEVELS) else None


def kept_nowhere(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL809: Storage=none with nobody to forward to.

    Silent where ForwardToSyslog= is unset: Debian's builds forward by default, upstream's do not.
    """
    storage = unit.last("Journal", "Storage")
    if storage is None or storage.value != "none" or unit.last("Journal", "ForwardToSyslog") is None:
        return
    lines = [line for name in FORWARDS if (line := unit.last("Journal", name)) is not None]
    if all(_is_off(line.value) for line in lines):
        related: tuple[tuple[Place, str], ...] = tuple((line, "not forwarded either") for line in lines)
        yield Hit(storage, {}, related)


def _is_off(value: str) -> bool:
    return boolean(value) is False


def raised(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL810: a MaxUse below twice the MaxFileSize is raised to that (journal-file.c: journal_reset_metrics)."""
    for where in ("System", "Runtime"):
        use, file = unit.last("Journal", f"{where}MaxUse"), unit.last("Journal", f"{where}MaxFileSize")
        most, one = use and size(use.value), file and size(file.value)
        if use is not None and file is not None and most and one and one * 2 > most:
            fields = {"file_size": f"{file.directive}={file.value}"}
            yield Hit(use, fields, ((file, "two files of this size are always allowed"),))
