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
# What may stand between two parts of a pattern is bounded: a value of nothing but the first of them would take time
# with the square of its length.
_OF_DATE_PROGRAM = late_pattern(rf"\bdate\b[^|;&`)]{{0,200}}?\+[\"']?((?:[^\s\"'`)|;%]{{0,99}}{_CONVERSION})+)")
_ADDRESS = late_pattern(r"[a-z][a-z0-9+.-]{0,20}://[^\s\"']{0,500}?((?:%[0-9A-Fa-f]{2})+)")
_FORMAT = (
    r"""(?:"((?:[^"%]|%(?![A-Za-z]))*%[A-Za-z][^"]*)"|'((?:[^'%]|%(?![A-Za-z]))*%[A-Za-z][^']*)'"""
    r"""|([^\s"'|;)]*%[A-Za-z][^\s"'|;)]*))"""
)
_OF_PROGRAMS = late_pattern(
    r"""(?:\bstat\b[^|;&]{0,200}?\s(?:-c|--format|--printf)[=\s]*"""
    r"""|\bgit\b[^|;&]{0,200}?\s--(?:format|pretty)=(?:t?format:)?"""
    r"""|\bfind\b[^|;&]{0,500}?\s-printf\s+|(?:^|[\s/;&|('"])printf\s+"""
    rf"""|(?<!-)--?[\w-]{{0,24}}(?:log|date|time|timestamp|out|output)[-_]?format(?:=|\s+)){_FORMAT}"""
)
_IN_A_NAME = late_pattern(r"(?<=[\w/-])%[tSCLEhdTV](?=[\w.-])|(?<![^\s=\"'])[A-Za-z0-9_.]+-%[tSCLEhd](?![^\s\"'])")
_LDAP = late_pattern(r"(\([A-Za-z][\w;.-]*[~<>]?=[^()%]*%[A-Za-z][^()]*\))")
_PLACEHOLDER = late_pattern(r"(?:https?|ldaps?|wss?)://[^\s\"'%]{0,500}?(?<=[/=])(%[sd])(?![A-Za-z0-9])")
"""``https://api.example.org/users/%s``: a shell or the credentials directory is no part of an address."""
_KEPT = late_pattern(r"%\{[a-z_]+\}|%\([a-z_]+\)[a-z]")
_INSTANCE = frozenset("iIjJnNpPfcrR")
"""Specifiers that stand for the unit itself, which are hardly meant for another program."""
_SEQUENCES = (
    "Ymd", "ymd", "dmY", "dmy", "mdY", "Ym", "md", "dm", "HMS", "HM", "MS", "FT", "FH", "Yj", "bd", "db", "YmdHM",
)  # fmt: skip
"""Letters in the order in which people write dates; other orders may well be specifiers."""
IN_UNITS = frozenset((*EXEC_DIRECTIVES, "Environment"))
IN_QUADLETS = frozenset((
    "Exec", "Entrypoint", "Environment", "HealthCmd", "HealthStartupCmd", "ReloadCmd", "Label", "Annotation",
    "PodmanArgs", "LogOpt",
))  # fmt: skip
IN_EITHER = IN_UNITS | IN_QUADLETS


def meant_for_others(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding a line: a format of dates or of another program, or an escaped character of an address.

    In a unit, what is no specifier is the grammar's to say; of Quadlet's keys no other rule looks at specifiers.
    """
    for line in _lines(unit):
        found, what = _intended(line.value)
        if found is None:
            continue
        group = found.lastindex or 0
        text, start = found[group], found.start(group)
        about = ValueContext(context.release, line.section, line.directive, unit_name=unit.name)
        becomes = expand(text, about)
        if becomes == text or (becomes is None and not unit.quadlet):
            continue
        doubled = re.sub(r"%(?=.)", "%%", text)
        fields = {"text": text, "what": what, "becomes": "nothing" if becomes is None else f"`{becomes}`"}
        fields["fate"] = "refuses it" if becomes is None else f"makes it `{becomes[:40]}`"
        yield Hit(line, fields, span=(start, start + len(text)), suggestion=f"Write `{doubled}`.")


def single_percent(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``%{http_code}``: what is no letter or digit after the sign is kept (specifier.c: specifier_printf)."""
    for line in _lines(unit):
        found = _KEPT.search(line.value.replace("%%", "\0\0"))
        if found is not None:
            yield Hit(line, {"text": found[0], "next": found[0][1]}, span=found.span())


def _lines(unit: Unit) -> Iterator[Assignment]:
    for (section, directive), assignments in unit.effective.items():
        if directive in IN_EITHER:
            names = IN_QUADLETS if unit.quadlet and section not in ("Unit", "Service", "Install") else IN_UNITS
            for line in assignments if directive in names else ():
                if "%" in line.value:
                    yield line


def _intended(value: str) -> tuple[re.Match[str] | None, str]:
    """What was meant for another program, and what it is called; percent signs that are doubled are meant well.

    Most values hold none of the words that the patterns begin with.
    """
    single = value.replace("%%", "\0\0")
    found = _OF_DATE_PROGRAM.search(single) if "date" in single else None
    if found is not None:
        return found, "a date format"
    for found in _DATE.finditer(single) if single.count("%") > 1 else ():
        letters = "".join(re.findall(r"%[-_0^#]?([A-Za-z])", found[0]))
        if letters.startswith(_SEQUENCES):
            return found, "a date format"
    for found in _OF_PROGRAMS.finditer(single) if any(word in single for word in _FORMATTING) else ():
        if not _INSTANCE.issuperset(re.findall(r"%(.)", found[found.lastindex or 0])):
            return found, "a format of the program"
    for mark, pattern, what in _OTHERS:
        found = pattern.search(single) if mark in single else None
        if found is not None:
            return found, what
    return _IN_A_NAME.search(single), "part of a name"


_FORMATTING = ("stat", "git", "printf", "format")
_OTHERS = (
    ("://", _ADDRESS, "part of an address"),
    ("(", _LDAP, "an LDAP filter"),
    ("://", _PLACEHOLDER, "a placeholder"),
)
