"""What programs are told to take, and what the kernel lets them have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.checks.memory.limits import slices_above
from unitlint.checks.service import CGROUP_SECTIONS, unit_memory_limit
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, integer, size
from unitlint.values.words import split_words

UNITS = {"": 1, "b": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_HEAP = late_pattern(r"-Xm[xs](\d+)([kKmMgGtT]?)")
_OLD_SPACE = late_pattern(r"--max[-_]old[-_]space[-_]size[= ](\d+)")
_GO_LIMIT = late_pattern(r"(\d+)((?:[KMGT]i)?B?)")
_OPTIONS_WITH_SIZE = late_pattern(
    r"--(?:maxmemory|innodb[-_]buffer[-_]pool[-_]size|shared[-_]buffers|max[-_]memory|memory[-_]limit|cache[-_]size"
    r"|storage\.local\.memory-chunks|db_cache)[= ](\d+(?:\.\d+)?) ?([kKmMgGtT]?)(?:i?[bB])?"
)
_CACHE_GB = late_pattern(r"--wiredTigerCacheSizeGB[= ](\d+(?:\.\d+)?)")
_MEMCACHED = late_pattern(r"memcached\b.*?\s(?:-m|--memory-limit=?) ?(\d+)(?=\s|$)")
"""memcached(1): megabytes."""
_FORMS = (
    ("-Xm", _HEAP, 0),
    ("space", _OLD_SPACE, 2**20),
    ("--", _OPTIONS_WITH_SIZE, 0),
    ("--wired", _CACHE_GB, 2**30),
    ("memcached", _MEMCACHED, 2**20),
)
"""What stands in every match, the pattern, and the bytes of one; 0 where the second group names the unit."""
_SHARE = late_pattern(r"-XX:MaxRAMPercentage=(\d+(?:\.\d+)?)")
JAVA_SHARE = 85.0
"""A heap above this share of the limit leaves too little for threads, metaspace and buffers (java(1))."""


class Wish(NamedTuple):
    """An option or variable that tells a program how much memory to take, in bytes or as a share of the limit."""

    line: Assignment
    text: str
    start: int
    end: int
    bytes: float
    is_share: bool = False


def above_limit(unit: Unit, context: Context) -> Iterator[Hit]:
    """A heap or cache that the unit's own limit, or that of a slice around it, has no room for; one finding a unit."""
    wishes = list(_wishes(unit, context))
    for outer in (unit, *slices_above(unit, context)) if wishes else ():
        limit = unit_memory_limit(outer) or _high(outer)
        most = None if limit is None else size(limit.value)
        if limit is None or most is None or most == INFINITY:
            continue
        for wish in wishes:
            if (wish.is_share and wish.bytes > JAVA_SHARE) or (not wish.is_share and wish.bytes >= most):
                fields = {"option": wish.text, "limit": f"{limit.directive}={limit.value}"}
                where = "the limit" if outer is unit else f"the limit of {outer.name}"
                yield Hit(wish.line, fields, ((limit, where),), span=(wish.start, wish.end))
                return


def _high(unit: Unit) -> Assignment | None:
    return next((found for section in CGROUP_SECTIONS if (found := unit.last(section, "MemoryHigh"))), None)


def _wishes(unit: Unit, context: Context) -> Iterator[Wish]:
    for line, command in commands(unit, context.release, "ExecStart"):
        stretch = line.value[command.start : command.end]
        yield from _in_text(line, stretch, command.start)
    for line in unit.all("Service", "Environment"):
        for word in split_words(line.value):
            name, _, value = word.text.partition("=")
            if name == "GOMEMLIMIT":
                yield from _go_limit(line, value, word.start, word.end)
            else:
                yield from _in_text(line, line.value[word.start : word.end], word.start)


def _in_text(line: Assignment, text: str, start: int) -> Iterator[Wish]:
    for sign, pattern, unit in _FORMS:
        for found in pattern.finditer(text) if sign in text else ():
            yield _wish(line, found, start, float(found[1]) * (unit or UNITS[found[2].lower()]))
    for found in _SHARE.finditer(text) if "-XX" in text else ():
        yield _wish(line, found, start, float(found[1]))._replace(is_share=True)


def _wish(line: Assignment, found: re.Match[str], start: int, number: float) -> Wish:
    return Wish(line, found[0], start + found.start(), start + found.end(), number)


def _go_limit(line: Assignment, value: str, start: int, end: int) -> Iterator[Wish]:
    found = _GO_LIMIT.fullmatch(value)
    if found is not None:
        yield Wish(line, f"GOMEMLIMIT={value}", start, end, float(found[1]) * UNITS[found[2][:1].lower()])


def cannot_be_killed(unit: Unit, _context: Context) -> Iterator[Hit]:
    """OOMScoreAdjust=-1000 beside MemoryMax=: the kernel finds nothing to kill in the control group (oom_kill.c)."""
    adjust = unit.last("Service", "OOMScoreAdjust")
    limit = unit.last("Service", "MemoryMax")
    if adjust is None or limit is None or unit.scope == "user" or size(limit.value) in (None, INFINITY):
        return
    if integer(adjust.value) == -1000:
        yield Hit(adjust, {"limit": f"MemoryMax={limit.value}"}, ((limit, "the limit"),))
