"""UL119: the name of an instance in a unit that has none (unit-printf.c, systemd.unit(5))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import lookup
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit

_INSTANCE = late_pattern(r"(?<!%)(?:%%)*(%[iI])(?![A-Za-z0-9]*\})")
HARMLESS = ("Description", "Documentation", "DefaultInstance")


def in_plain_unit(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the first specifier that is empty, with the other lines; the directives that expand them.

    Files of a template are sometimes kept under another name (``app_at.service``) and installed under the right one.
    """
    stem = unit.name.rpartition(".")[0]
    if not unit.has_fragment or "@" in unit.name or stem.endswith(("_at", "-at", "-template", ".")):
        return
    if unit.last("Install", "DefaultInstance") is not None:
        return
    found = list(_specifiers(unit))
    if found:
        (line, specifier, span), *others = found
        related = tuple((other, f"{name} is empty as well") for other, name, _ in others)
        yield Hit(line, {"specifier": specifier, "type": unit.type}, related, span=span)


def _specifiers(unit: Unit) -> Iterator[tuple[Assignment, str, tuple[int, int]]]:
    for (section, directive), lines in unit.effective.items():
        entry = lookup(unit.catalogue_kind, section, directive)
        if directive in HARMLESS or entry is None or not (entry.get("specifiers") or directive.startswith("Exec")):
            continue
        for line in lines:
            found = _INSTANCE.search(line.value) if "%" in line.value else None
            if found is not None:
                yield line, found[1], found.span(1)
