"""Mutants of unit files: small changes of values, names, sections and structure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

VALUES = (
    "", "yes", "no", "maybe", "0", "1", "-1", "infinity", "100%", "50.5%", "1G", "1.5M", "1GB", "5min", "5 minutes 3",
    "/", "/a/../b", "/var/run/x", "relative", "~", "-/opt", "%h/x", "%Q", "%%", "a b c", '"a b"', "'x", "\\x41", "\\q",
    "a=b", "A=1 B=2", "root", "0755", "0999", "SIGTERM", "always", "oneshot", "dbus", "none", "@reboot", "*:0/5",
    "daily", "a.service", "a.target b.timer", "::1", "10.0.0.0/8", "AF_UNIX", "~CAP_SYS_ADMIN", "@system-service",
    "~@mount:EPERM", "é", "x" * 300, "/bin/true", "-/bin/true", "@/bin/true x", "!!/bin/true", "|echo hi",
    "/bin/a ; /bin/b", "true", '""', "''", '/bin/a ; ""', ":", "a:", "a::ro", "dev-%i.device", "%b", "%m", "a@b.mount",
    "reboot", "0x8", "0b11", "0o17", "-0", "+5", "5\u03bcs", "\x0b5min", "1.2.3", "vsock:2:1234", "@" + "x" * 107,
    "a a", "/../a", "/proc/x", "localhost.", "65:65:", "poweroff-immediate", "read:EPERM", "/" + "y" * 300, "/x" * 150,
)  # fmt: skip
NAMES = (
    "Type", "Restart", "ExecStart", "ExecStop", "BusName", "PIDFile", "User", "Slice", "MemoryMax", "OnCalendar",
    "ListenStream", "Where", "What", "PathExists", "Description", "After", "ConditionPathExists", "Sockets",
    "WatchdogSec", "RemainAfterExit", "KillMode", "Environment", "SystemCallFilter", "PrivateTmp", "DynamicUser",
    "LimitNOFILE",
)  # fmt: skip
SECTIONS = (
    "Unit", "Service", "Socket", "Timer", "Mount", "Path", "Install", "Slice", "Target", "X-Mine", "service", "Un it",
    "", "[Service", '"Service"', "Un\x7fit", "a*", "X-[a]",
)  # fmt: skip

Lines = list[str]
Pool = dict[str, list[str]]
"""Values by directive; those for any directive stand under the empty name."""


class Tree(NamedTuple):
    """A unit file, and what stands beside it: drop-ins and links by their paths below the folder of units."""

    text: str
    drop_ins: dict[str, str] = {}
    links: dict[str, str] = {}


def mutant(text: str, pool: Pool, random: Random, values: Sequence[str] = VALUES) -> str:
    """``text`` after one to three changes; ``pool`` holds the values that real units give each directive."""
    return "\n".join(_changed(text, {"": list(values), **pool}, random))


def _changed(text: str, pool: Pool, random: Random) -> Lines:
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        random.choice(_CHANGES)(lines, pool, random)
    return lines


def mutant_tree(name: str, text: str, pool: Pool, random: Random, values: Sequence[str] = VALUES) -> Tree:
    """A mutant of the unit, one in eight times with a drop-in and one in twelve with a link."""
    pool = {"": list(values), **pool}
    lines = _changed(text, pool, random)
    drop_ins = _drop_in(name, lines, pool, random) if random.random() < 1 / 8 else {}
    links = _link(name, random) if random.random() < 1 / 12 else {}
    return Tree("\n".join(lines), drop_ins, links)


def _drop_in(name: str, lines: Lines, pool: Pool, random: Random) -> dict[str, str]:
    """Some of the unit's lines once more, changed, under a header of the unit or none."""
    places = _assignments(lines)
    if not places:
        return {}
    number = random.choice(places)
    header = next((line for line in reversed(lines[:number]) if line.startswith("[")), "[Unit]")
    copy = [header, *(lines[random.choice(places)] for _ in range(random.randint(0, 2))), lines[number]]
    for _ in range(random.randint(1, 2)):
        random.choice(_CHANGES)(copy, pool, random)
    folder = random.choice((name, name, name.replace("@.", "@i.")))
    return {f"{folder}.d/{random.choice(('x.conf', '10-y.conf'))}": "\n".join(copy)}


def _link(name: str, random: Random) -> dict[str, str]:
    """A second name of the unit, or a link in one of its folders."""
    stem, _, suffix = name.rpartition(".")
    other = f"zz-{stem.partition('@')[0][:60].replace('-', '')}"
    if random.random() < 0.5:
        alias = random.choice((f"{other}.{suffix}", f"{other}.target", f"{other}@.{suffix}", f"{other}@i.{suffix}"))
        return {alias: name}
    entry = random.choice(("a.service", "a", "a@.service", "a@i.service", "a.socket"))
    target = random.choice(("../a.service", "../b.service", "../a@.service", "../a@j.service", "/dev/null"))
    return {f"{name}.{random.choice(('wants', 'requires'))}/{entry}": target}


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
