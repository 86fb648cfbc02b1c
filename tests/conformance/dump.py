"""Effective values in the spelling in which systemd dumps them, for comparing with its recordings."""

from __future__ import annotations

from collections.abc import Callable

from unitlint.catalogue import lookup
from unitlint.syntax.document import Assignment
from unitlint.units.unit import Unit
from unitlint.values.environment import assignments
from unitlint.values.exec_line import parse_exec
from unitlint.values.problem import ValueContext
from unitlint.values.size import parse_size
from unitlint.values.specifiers import FULL, NAME, expand
from unitlint.values.timespan import parse_timespan
from unitlint.values.typed import parse_boolean
from unitlint.values.unit_name import is_unit_name
from unitlint.values.words import RETAIN_ESCAPE, split_words

IMPLIED = ["basic.target", "sysinit.target"]
"""What a service comes after by itself, beside its slice."""
DEFAULTS = {
    "MemoryMax": ["18446744073709551615"], "PrivateTmp": ["no"], "Restart": ["no"], "RestartSec": ["100ms"],
    "Type": ["simple"], "UMask": ["0022"],
}  # fmt: skip
"""What systemd dumps of settings that are not made."""
NOT_DUMPED = ("StartLimitIntervalSec", "StartLimitBurst")
NEEDS_QUOTES = set(" \t\n\"'\\*?[$`!>|&()<;~")


def dumped(unit: Unit, directive: str, release: int) -> list[str]:
    """The lines that systemd's dump has for a directive of the unit."""
    found = [one for (_, name), values in unit.effective.items() if name == directive for one in values]
    values = [_expanded(one, unit, release) for one in found]
    if directive == "After":
        return sorted([*_names(values, unit), *IMPLIED, _slice(unit)])
    if directive == "Wants":
        return sorted(_names(values, unit))
    if directive == "Description" and not values:
        return [unit.name]
    if not values or directive in NOT_DUMPED:
        return DEFAULTS.get(directive, [])
    return _RENDER.get(directive, _last)(values)


def _expanded(one: Assignment, unit: Unit, release: int) -> str:
    entry = lookup("unit", one.section, one.directive) or {}
    where = str(entry.get("specifiers"))
    if where not in (FULL, NAME):
        return one.value
    about = ValueContext(release, one.section, one.directive, entry, unit_name=unit.name)
    text = expand(one.value, about, where)
    return one.value if text is None else text


def _slice(unit: Unit) -> str:
    prefix, at, _ = unit.name.partition("@")
    return f"system-{prefix}.slice" if at else "system.slice"


def _names(values: list[str], unit: Unit) -> list[str]:
    words = [word.text for value in values for word in split_words(value, flags=RETAIN_ESCAPE)]
    own = unit.name.rpartition(".")[0]
    names = [word.replace("@.", f"@{own}.") for word in words]
    return [name for name in dict.fromkeys(names) if is_unit_name(name) and name != unit.name]


def _last(values: list[str]) -> list[str]:
    return values[-1:]


def _all(values: list[str]) -> list[str]:
    return values


def _boolean(values: list[str]) -> list[str]:
    return ["yes" if parse_boolean(values[-1]) else "no"]


def _size(values: list[str]) -> list[str]:
    return [str(parse_size(values[-1]))]


def _commands(values: list[str]) -> list[str]:
    return [" ".join(map(_quoted, one.argv)) for value in values for one in parse_exec(value, 252)]


def _quoted(word: str) -> str:
    if word and not NEEDS_QUOTES & set(word):
        return word
    escaped = "".join("\\" + char if char in '"\\`$' else char for char in word)
    return '"' + escaped.replace("\t", "\\t") + '"'


def _environment(values: list[str]) -> list[str]:
    found: dict[str, str] = {}
    for value in values:
        for word in assignments(value):
            name, equals, text = word.text.partition("=")
            if equals and name.isidentifier():
                found[name] = text
    return [f"{name}={text}" for name, text in found.items()]


def _timespan(values: list[str]) -> list[str]:
    left = parse_timespan(values[-1]) if values[-1] != "infinity" else None
    if left is None:
        return ["infinity"]
    parts = []
    for name, length in (("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000), ("ms", 1000)):
        if left >= length:
            parts.append(f"{left // length}{name}")
            left %= length
    return [" ".join(parts)]


def _capabilities(values: list[str]) -> list[str]:
    return [" ".join(word.lower() for value in values for word in value.split() if word != "CAP_BOGUS")]


def _pid_file(values: list[str]) -> list[str]:
    path = values[-1] if values[-1].startswith("/") else "/run/" + values[-1]
    return ["/run/" + path.removeprefix("/var/run/") if path.startswith("/var/run/") else path]


def _output(values: list[str]) -> list[str]:
    return ["journal" if values[-1] == "syslog" else values[-1]]


def _assert(values: list[str]) -> list[str]:
    return [f"{value} untested" for value in values]


_RENDER: dict[str, Callable[[list[str]], list[str]]] = {
    **dict.fromkeys(("ExecStart", "ExecStartPre", "ExecStop"), _commands),
    **dict.fromkeys(("RestartSec", "TimeoutStartSec", "TimeoutStopSec", "WatchdogSec", "OnBootSec"), _timespan),
    **dict.fromkeys(
        ("PrivateTmp", "PrivateDevices", "ProtectClock", "ProtectHostname", "LockPersonality", "RestrictRealtime"),
        _boolean,
    ),
    **dict.fromkeys(("MemoryMax", "MemoryHigh"), _size),
    **dict.fromkeys(("Documentation", "EnvironmentFile", "ReadWritePaths"), _all),
    "Environment": _environment,
    "AssertPathExists": _assert,
    "CapabilityBoundingSet": _capabilities,
    "PIDFile": _pid_file,
    "StandardOutput": _output,
}
