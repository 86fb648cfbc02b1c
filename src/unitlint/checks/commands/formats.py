"""Percent signs that were meant for another program: dates, addresses and log formats (systemd.unit(5), Specifiers)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import Assignment
from unitlint.units.commands import EXEC_DIRECTIVES
from unitlint.units.unit import Unit
from unitlint.values.problem import ValueContext
from unitlint.values.specifiers import expand

_CONVERSION = r"%[-_0^#]?[YymdHMSjFTsaAbBeIlpuVwZzkCDgGhNRUWXx]"
_DATE = late_pattern(rf"{_CONVERSION}(?:[-:._T,]?{_CONVERSION})+")
_OF_DATE_PROGRAM = late_pattern(rf"\bdate\b[^|;&`)]*?\+[\"']?((?:[^\s\"'`)|;%]*{_CONVERSION})+)")
_ADDRESS = late_pattern(r"[a-z][a-z0-9+.-]*://[^\s\"']*?((?:%[0-9A-Fa-f]{2})+)")
_SEQUENCES = (
    "Ymd", "ymd", "dmY", "dmy", "mdY", "Ym", "md", "dm", "HMS", "HM", "MS", "FT", "FH", "Yj", "bd", "db", "YmdHM",
)  # fmt: skip
"""Letters in the order in which people write dates; other orders may well be specifiers."""
IN_UNITS = frozenset((*EXEC_DIRECTIVES, "Environment"))
IN_QUADLETS = frozenset((
    "Exec", "Entrypoint", "Environment", "HealthCmd", "HealthStartupCmd", "ReloadCmd", "Label", "Annotation",
    "PodmanArgs", "LogOpt",
))  # fmt: skip


def meant_for_others(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding a line: a date format, or an escaped character of an address.

    In a unit, what is no specifier is the grammar's to say; of Quadlet's keys no other rule looks at specifiers.
    """
    for line in _lines(unit):
        found, what = _intended(line.value)
        if found is None:
            continue
        text = found[1] if found.re.groups else found[0]
        start = found.start(1) if found.re.groups else found.start()
        about = ValueContext(context.release, line.section, line.directive, unit_name=unit.name)
        becomes = expand(text, about)
        if becomes == text or (becomes is None and not unit.quadlet):
            continue
        doubled = re.sub(r"%(?=.)", "%%", text)
        fields = {"text": text, "what": what, "becomes": "nothing" if becomes is None else f"`{becomes}`"}
        fields["fate"] = "refuses it" if becomes is None else f"makes it `{becomes[:40]}`"
        yield Hit(line, fields, span=(start, start + len(text)), suggestion=f"write `{doubled}`")


def _lines(unit: Unit) -> Iterator[Assignment]:
    for (section, directive), assignments in unit.effective.items():
        names = IN_QUADLETS if unit.quadlet and section not in ("Unit", "Service", "Install") else IN_UNITS
        if directive in names:
            yield from (line for line in assignments if "%" in line.value)


def _intended(value: str) -> tuple[re.Match[str] | None, str]:
    """What was meant for another program, and what it is called; percent signs that are doubled are meant well."""
    single = value.replace("%%", "\0\0")
    found = _OF_DATE_PROGRAM.search(single)
    if found is not None:
        return found, "a date format"
    for found in _DATE.finditer(single):
        letters = "".join(re.findall(r"%[-_0^#]?([A-Za-z])", found[0]))
        if any(letters.startswith(sequence) for sequence in _SEQUENCES):
            return found, "a date format"
    return _ADDRESS.search(single), "part of an address"
