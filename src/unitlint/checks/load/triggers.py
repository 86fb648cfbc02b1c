"""UL231 to UL233: timers and paths that trigger nothing (timer.c: timer_verify, path.c: path_verify)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.load.condition import every, given, is_on, is_taken, load_condition, section_place
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TIMES = ("OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec", "OnCalendar")
CHANGES = ("OnClockChange", "OnTimezoneChange")
PATHS = ("PathExists", "PathExistsGlob", "PathChanged", "PathModified", "DirectoryNotEmpty")


@load_condition
def timer_without_trigger(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL231: at the trigger that was taken back or ignored, else at the section."""
    if any(every(unit, "Timer", directive, context) for directive in TIMES):
        return
    if any(is_on(unit, "Timer", directive, context) for directive in CHANGES):
        return
    yield Hit(given(unit, "Timer", *TIMES, *CHANGES) or section_place(unit, "Timer"), on_name=True)


@load_condition
def path_without_condition(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL232: at the path that was taken back or ignored, else at the section."""
    if any(every(unit, "Path", directive, context) for directive in PATHS):
        return
    yield Hit(given(unit, "Path", *PATHS) or section_place(unit, "Path"), on_name=True)


def trigger_unit_twice(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL233: a second Unit=, whichever way it came; the first stays (load-fragment.c: config_parse_trigger_unit)."""
    section = unit.type.capitalize()
    first = None
    for assignment in unit.assignments.get((section, "Unit"), ()):
        if first is not None:
            yield Hit(assignment, {"first": first.value}, ((first, "this one counts"),))
        elif assignment.value and is_taken(assignment, unit, context):
            first = assignment
