"""UL811 and UL812: settings in confs that a conf read later overrides (conf-parser.c: config_parse_many)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import lookup
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment, Document
from unitlint.units.unit import Unit
from unitlint.values.typed import parse_boolean

_FOLDER = late_pattern(r"(?:^|/)(etc|run|usr/local/lib|usr/lib|lib)/systemd/")
VENDOR = ("usr/local/lib", "usr/lib", "lib")


def beaten_by_vendor(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A line below /etc that a file of a package overrides, because its name sorts later."""
    for line, winner in _overridden(unit):
        if _folder(line.document) == "etc" and _folder(winner.document) in VENDOR:
            yield Hit(line, _fields(winner), ((winner, "this value takes effect"),))


def overridden(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Other lines that a later file overrides; an administrator's file that replaces a package's value is as meant."""
    for line, winner in _overridden(unit):
        if _folder(winner.document) == _folder(line.document):
            yield Hit(line, _fields(winner), ((winner, "this value takes effect"),))


def _fields(winner: Assignment) -> dict[str, object]:
    name = winner.document.path.replace("\\", "/").rpartition("/")[2]
    return {"winner": f"{winner.directive}={winner.value}", "file": name}


def _overridden(unit: Unit) -> Iterator[tuple[Assignment, Assignment]]:
    """Lines of one-value settings that do not count, each with the line of another file that does."""
    if len(unit.documents) < 2:
        return
    for (section, directive), lines in unit.assignments.items():
        entry = lookup(unit.name, section, directive)
        winner = unit.last(section, directive)
        if entry is None or entry.get("repeatable") or winner is None or len(lines) < 2:
            continue
        last = {id(line.document): line for line in lines}
        for line in last.values():
            if line.document is not winner.document and not _are_alike(line.value, winner.value):
                yield line, winner


def _are_alike(first: str, second: str) -> bool:
    """True for the same text, and for two spellings of yes or of no."""
    switch = parse_boolean(first)
    return first == second or (switch is not None and switch is parse_boolean(second))


def _folder(document: Document) -> str:
    found = _FOLDER.search(document.path.replace("\\", "/"))
    return "" if found is None else str(found[1])
