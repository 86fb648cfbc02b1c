"""Mutants of unit files: small changes of values, names, sections and structure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

VALUES = (
    "", "yes", "no", "maybe", "0", "1", "-1", "infinity", "100%", "50.5%", "1G", "1.5M", "1GB", "5min", "5 minutes 3",
    "/", "/a/../b", "/var/run/x", "relative", "~", "-/opt", "%h/x", "%Q", "%%", "a b c", '"a b"', "'x", "\\x41", "\\q",
    "a=b", "A=1 B=2", "root", "0755", "0999", "SIGTERM", "always", "oneshot", "dbus", "none", "@reboot", "*:0/5",
    "daily", "a.service", "a.target b.timer", "::1", "10.0.0.0/8", "AF_UNIX", "~CAP_SYS_ADMIN", "@system-service",
    "~@mount:EPERM", "é", "x" * 300, "/bin/true", "-/bin/true", "@/bin/true x", "!!/bin/true", "|echo hi",
    "/bin/a ; /bin/b", "true",
)  # fmt: skip
NAMES = (
    "Type", "Restart", "ExecStart", "ExecStop", "BusName", "PIDFile", "User", "Slice", "MemoryMax", "OnCalendar",
    "ListenStream", "Where", "What", "PathExists", "Description", "After", "ConditionPathExists", "Sockets",
    "WatchdogSec", "RemainAfterExit", "KillMode", "Environment", "SystemCallFilter", "PrivateTmp", "DynamicUser",
    "LimitNOFILE",
)  # fmt: skip
SECTIONS = ("Unit", "Service", "Socket", "Timer", "Mount", "Path", "Install", "Slice", "X-Mine", "service", "Un it")

Lines = list[str]
Pool = dict[str, list[str]]
"""Values by directive; those for any directive stand under the empty name."""


def mutant(text: str, pool: Pool, random: Random, values: Sequence[str] = VALUES) -> str:
    """``text`` after one to three changes; ``pool`` holds the values that real units give each directive."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        random.choice(_CHANGES)(lines, {"": list(values), **pool}, random)
    return "\n".join(lines)


def _assignments(lines: Lines) -> list[int]:
    return [number for number, line in enumerate(lines) if "=" in line and line[:1].isalpha()]


def _new_value(lines: Lines, pool: Pool, random: Random) -> None:
    places = _assignments(lines)
    if places:
        number = random.choice(places)
        name = lines[number].partition("=")[0]
        lines[number] = f"{name}={random.choice([*pool[''], *pool.get(name.strip(), ())])}"


def _nudged_value(lines: Lines, _pool: Pool, random: Random) -> None:
    places = _assignments(lines)
    if places:
        number = random.choice(places)
        name, _, value = lines[number].partition("=")
        at = random.randint(0, len(value))
        piece = random.choice((" ", ";", ",", "%", "\\", '"', "'", ":", "/", "-", "0", "K", "x", "#", "\t", "~", "$"))
        lines[number] = f"{name}={value[:at]}{piece}{value[at + random.randint(0, 1) :]}"


def _other_directive(lines: Lines, _pool: Pool, random: Random) -> None:
    places = _assignments(lines)
    if places:
        number = random.choice(places)
        name, _, value = lines[number].partition("=")
        at = random.randint(0, len(name) - 1)
        other = random.choice(
            (random.choice(NAMES), name[:at] + name[at + 1 :], name.lower(), f" {name} ", f"X-{name}")
        )
        lines[number] = f"{other}={value}"


def _new_line(lines: Lines, pool: Pool, random: Random) -> None:
    name = random.choice((*NAMES, *filter(None, pool)))
    lines.insert(random.randint(0, len(lines)), f"{name}={random.choice([*pool[''], *pool.get(name, ())])}")


def _other_section(lines: Lines, _pool: Pool, random: Random) -> None:
    places = [number for number, line in enumerate(lines) if line.startswith("[")]
    if places and random.random() < 0.7:
        lines[random.choice(places)] = f"[{random.choice(SECTIONS)}]"
    else:
        lines.insert(random.randint(0, len(lines)), f"[{random.choice(SECTIONS)}]")


def _structure(lines: Lines, _pool: Pool, random: Random) -> None:
    number = random.randrange(len(lines))
    change = random.randrange(6)
    if change == 0:
        lines[number : number + 1] = [] if len(lines) > 1 else [""]
    elif change == 1:
        lines.insert(random.randint(0, len(lines)), lines[number])
    elif change == 2:
        lines[number] += "\\"
    elif change == 3:
        lines[number] += "\r"
    elif change == 4:
        lines[number] = random.choice(("# ", "; ", " ", "\t", "=")) + lines[number]
    else:
        at = random.randint(0, len(lines[number]))
        lines[number : number + 1] = [lines[number][:at], lines[number][at:]]


_CHANGES: tuple[Callable[[Lines, Pool, Random], None], ...] = (
    _new_value, _new_value, _nudged_value, _nudged_value, _other_directive, _new_line, _other_section, _structure,
)  # fmt: skip
