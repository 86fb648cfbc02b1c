"""Mends of the directive's name and place: misspelled, renamed, in the wrong section."""

from __future__ import annotations

from sys import intern

from unitlint.base.finding import Edit, Fix
from unitlint.base.likeness import MOST_SLIPS, is_only_name, slips
from unitlint.base.whole_numbers import whole_number
from unitlint.catalogue import known_directives, lookup, parser_of
from unitlint.checks.directives.reports import OLD_NAMES
from unitlint.fix import edits
from unitlint.fix.value_problems import is_assigned, problems_with
from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Context, Hit
    from unitlint.units.unit import Unit

OBSOLETE_BUT_TAKEN = "config_parse_obsolete_unit_deps"
"""Takes the values as those of the directive that replaces it (load-fragment.c)."""


def misspelt(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """The nearest name, where the unit loads with it; safe where no other is as near and nobody else assigns it."""
    line, meant = hit.at, hit.replacement
    if not isinstance(line, Assignment) or meant is None or slips(line.directive, meant) > MOST_SLIPS:
        return None
    problems = problems_with(unit, line.section, meant, line.value, context)
    if problems is None or any(one.effect == "refused" for one in problems):
        return None
    safe = (
        is_only_name(line.directive, meant, known_directives(unit.catalogue_kind, line.section, context.release))
        and not is_assigned(unit, line.section, meant)
        and len(unit.assignments[line.section, line.directive]) == 1
        and line.value != ""
    )
    return Fix((edits.of_name(line, meant),), safe, intern(f"write `{meant}`"))


def rename(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """The name of today, where both mean the same to systemd."""
    line, new = hit.at, hit.replacement
    if not isinstance(line, Assignment) or new is None or not new.isalnum():
        return None
    if problems_with(unit, line.section, new, line.value, context) != ():
        return None
    kind = unit.catalogue_kind
    entry, other = lookup(kind, line.section, line.directive) or {}, lookup(kind, line.section, new) or {}
    parser = parser_of(entry, context.release)
    same = line.directive in OLD_NAMES and parser == parser_of(other, context.release)
    if not same and parser != OBSOLETE_BUT_TAKEN:
        return None  # the value means something else there, such as CPUShares= and CPUWeight=
    return Fix((edits.of_name(line, new),), safe=True, says=f"write `{new}`")


def removed(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """The directive of today with the value that means the same there; the line goes only where none took its place.

    Another release may still know the directive, so that taking it away is not safe.
    """
    line = hit.at
    if not isinstance(line, Assignment):
        return None
    if line.directive == "MemoryLimit":
        return memory_limit(unit, hit, context)
    if line.directive in CONVERTED:
        return _converted(unit, line, context)
    return rename(unit, hit, context) or (None if hit.replacement else take_away(hit))


CONVERTED: dict[str, tuple[str, int]] = {
    "CPUShares": ("CPUWeight", 1024), "StartupCPUShares": ("StartupCPUWeight", 1024),
    "BlockIOWeight": ("IOWeight", 500), "StartupBlockIOWeight": ("StartupIOWeight", 500),
    "BlockIOReadBandwidth": ("IOReadBandwidthMax", 0), "BlockIOWriteBandwidth": ("IOWriteBandwidthMax", 0),
    "BlockIOAccounting": ("IOAccounting", 0), "DefaultBlockIOAccounting": ("DefaultIOAccounting", 0),
}  # fmt: skip
"""What took the place of a directive of cgroup v1, with the old default of a weight, whose new default is 100
(cgroup.c: cgroup_weight_cpu_to_io and its like); 0 where values stay what they are."""


def _converted(unit: Unit, line: Assignment, context: Context) -> Fix | None:
    """None where the new directive is assigned as well, or where the value is no number: a person has to decide."""
    name, default = CONVERTED[line.directive]
    if is_assigned(unit, line.section, name):
        return None
    value = line.value
    if default:
        number = whole_number(value)
        if number is None:
            return None
        value = str(min(max(number * 100 // default, 1), 10_000))
    if problems_with(unit, line.section, name, value, context) != ():
        return None
    written = [edits.of_name(line, name)]
    if value != line.value:
        edit = edits.of_value(line, 0, len(line.value), value)
        if edit is None:
            return None
        written.append(edit)
    return Fix(tuple(written), safe=False, says=f"write `{name}={value}`")


def take_away(hit: Hit) -> Fix | None:
    """The line goes."""
    line = hit.at
    if not isinstance(line, Assignment):
        return None
    gone = edits.without_lines(line.document, line.line, line.end_line)
    return Fix((gone,), safe=False, says="remove the line")


def memory_limit(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """``MemoryMax=`` in place of ``MemoryLimit=``; safe where no other memory bound is set, as systemd then takes the
    old for the new on cgroup v2 (cgroup.c: cgroup_context_apply)."""
    line = hit.at
    if not isinstance(line, Assignment) or problems_with(unit, line.section, "MemoryMax", line.value, context) != ():
        return None
    if is_assigned(unit, line.section, "MemoryMax"):
        return take_away(hit)
    bounds = ("MemoryMax", "MemoryHigh", "MemoryLow", "MemoryMin", "MemorySwapMax", "MemoryZSwapMax")
    safe = not any(is_assigned(unit, line.section, bound) for bound in bounds)
    safe = safe and len(unit.assignments[line.section, "MemoryLimit"]) == 1
    return Fix((edits.of_name(line, "MemoryMax"),), safe, "write `MemoryMax`")


def move(unit: Unit, hit: Hit, context: Context) -> Fix | None:
    """The lines of the assignment to the end of the section where it belongs, which is added if there is none."""
    line, section = hit.at, str(hit.fields.get("right", ""))
    if not isinstance(line, Assignment) or problems_with(unit, section, line.directive, line.value, context) != ():
        return None
    document = line.document
    if section == "Install" and not (unit.has_fragment and document is unit.documents[0]):
        return None  # systemd reads no [Install] in drop-ins
    gone = edits.without_lines(document, line.line, line.end_line)
    end = edits.line_end(document)
    text = gone.old if gone.old[-1:] in ("\n", "\r") else gone.old + end
    place = edits.end_of_section(document, section)
    if place is None:
        if document.last_header(section) is not None or document.lines[-1].endswith("\\"):
            return None
        gap = "" if document.text[-1:] in ("\n", "\r") else end
        place = Edit(len(document.text), "", f"{gap}{end}[{section}]{end}")
    if place.start == gone.start + len(gone.old):
        return None  # an empty section stands right below
    added = place._replace(new=place.new + text)
    safe = not is_assigned(unit, section, line.directive)
    safe = safe and len(unit.assignments[line.section, line.directive]) == 1 and line.value != ""
    return Fix((gone, added) if gone.start < added.start else (added, gone), safe, f"move it to [{section}]")
