"""Filters of system calls that let through too much, or too little."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.records import NamedTuple
from unitlint.checks.sandbox.capabilities import capability_set
from unitlint.checks.sandbox.facts import SECTION, called, on
from unitlint.rules.model import Context, Hit, Place
from unitlint.security.settings import history_of
from unitlint.security.syscalls import members
from unitlint.syntax.document import Assignment
from unitlint.units.commands import commands
from unitlint.units.unit import Unit
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

DIRECTIVE = "SystemCallFilter"
NEEDED_BY_ALL = (
    (("read",), "read a file", "every program fails at once"),
    (("openat", "open", "openat2"), "open a file", "every program fails at once"),
    (("mmap", "mmap2"), "map memory", "every program fails at once"),
)
WHOLE_PROGRAM = 60
"""A line with so many calls is meant as what a program may use, not as exceptions; @system-service has over 300."""
FORKS = ("clone", "clone3", "fork", "vfork")
SENDS = ("sendmsg", "sendto", "sendmmsg")
CALLS = {
    "CAP_SYS_TIME": (
        "clock_settime", "clock_settime64", "settimeofday", "adjtimex", "clock_adjtime", "clock_adjtime64", "stime",
    ),
    "CAP_SYS_MODULE": ("init_module", "finit_module", "delete_module"),
    "CAP_SYS_BOOT": ("reboot", "kexec_load", "kexec_file_load"),
    "CAP_CHOWN": ("chown", "chown32", "fchown", "fchown32", "fchownat", "lchown", "lchown32"),
    "CAP_SETUID": ("setuid", "setuid32", "setreuid", "setreuid32", "setresuid", "setresuid32"),
    "CAP_SETGID": (
        "setgid", "setgid32", "setregid", "setregid32", "setresgid", "setresgid32", "setgroups", "setgroups32",
    ),
    "CAP_SYS_CHROOT": ("chroot", "setns"),
    "CAP_SYS_PACCT": ("acct",),
}  # fmt: skip


def allow_after_deny(unit: Unit, context: Context) -> Iterator[Hit]:
    """A list without ``~`` after one with it: systemd takes it as what not to deny."""
    lines = unit.all(SECTION, DIRECTIVE)
    if not lines or not lines[0].value.startswith("~"):
        return
    denied: frozenset[str] = frozenset()
    for line in lines:
        if line.value.startswith("~"):
            denied |= named_in(line, context.release)
            continue
        named = named_in(line, context.release)
        if len(named) < WHOLE_PROGRAM:
            continue  # taken off the list on purpose
        undone = denied & named
        outcome = f"allows {len(undone)} calls of the denied ones again" if undone else "does nothing"
        yield Hit(line, {"outcome": outcome}, ((lines[0], "the first line makes it a list of what is denied"),))


def too_narrow(unit: Unit, context: Context) -> Iterator[Hit]:
    """What every program needs, and what Type= needs."""
    found = filter_of(unit, context.release)
    if found is None or not unit.has_fragment:
        return
    for calls, deed, outcome in NEEDED_BY_ALL:
        if found.denies_all(calls):
            yield Hit(found.lines[-1], {"call": calls[0], "deed": deed, "outcome": outcome})
            return
    kind = unit.last(SECTION, "Type")
    related: tuple[tuple[Place, str], ...] = () if kind is None else ((kind, "needs it"),)
    if kind is not None and kind.value == "forking" and found.denies_all(FORKS):
        outcome = "Type=forking waits for a child that cannot be created"
        yield Hit(found.lines[-1], {"call": "clone", "deed": "fork", "outcome": outcome}, related)
    if kind is not None and kind.value in ("notify", "notify-reload") and found.denies_all(SENDS):
        outcome = f"Type={kind.value} waits for a READY=1 that cannot be sent"
        yield Hit(found.lines[-1], {"call": "sendmsg", "deed": "send a message", "outcome": outcome}, related)


def capability_without_calls(unit: Unit, context: Context) -> Iterator[Hit]:
    """A capability that is given by name, of which the filter leaves no call."""
    found = filter_of(unit, context.release)
    if found is None:
        return
    lines = unit.all(SECTION, "AmbientCapabilities")
    given = (
        capability_set(unit, "AmbientCapabilities", context.release)
        if lines and not lines[0].value.startswith("~")
        else None
    )
    for capability in sorted((given or frozenset()) & CALLS.keys()):
        if found.denies_all(CALLS[capability]):
            fields = {"capability": capability, "call": CALLS[capability][0]}
            yield Hit(lines[-1], fields, ((found.lines[-1], "denies its calls"),))
    for name, capability in (("ProtectClock", "CAP_SYS_TIME"), ("ProtectKernelModules", "CAP_SYS_MODULE")):
        if on(unit, name) is not None and given and capability in given:
            return  # ambient-outside-bounding-set speaks of it


class Filter(NamedTuple):
    """``names`` are the calls let through where ``allow``, else those denied."""

    allow: bool
    names: frozenset[str]
    lines: tuple[Assignment, ...]

    def denies(self, call: str) -> bool:
        """True where the call fails, or ends the process."""
        return (call not in self.names) if self.allow else call in self.names

    def denies_all(self, calls: Iterable[str]) -> bool:
        """True where none of several ways to the same end is left."""
        return all(self.denies(call) for call in calls)


def filter_of(unit: Unit, release: int) -> Filter | None:
    """The filter that all lines add up to at ``release``; None where there is none, or no word of it is known."""
    history, lines = history_of(unit, DIRECTIVE, release), unit.all(SECTION, DIRECTIVE)
    allows, names = history[-1][1] if history else (False, None)
    return None if names is None or not lines else Filter(allows, names, lines)


def named_in(line: Assignment, release: int) -> frozenset[str]:
    """The calls of one line, its groups resolved."""
    words = split_words(line.value.removeprefix("~"))
    return frozenset[str]().union(*(members(word.text.partition(":")[0], release) for word in words))


COMPILERS = (
    "java", "node", "nodejs", "npm", "npx", "yarn", "pnpm", "deno", "bun", "dotnet", "luajit", "pypy",
    "pypy3", "mono", "julia", "pwsh", "chromium", "chrome", "google-chrome", "firefox", "wine",
    "polkadot", "wasmtime", "wasmer",
)  # fmt: skip
INTERPRETING = ("-Xint", "--jitless", "-joff")
"""Arguments that switch the compiler off, for those of which it is known."""


def write_execute(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the command; scripts that start such a program are not looked into."""
    switch = on(unit, "MemoryDenyWriteExecute")
    for line, command in commands(unit, context.release) if switch is not None else ():
        words = called(command)
        known = words[0] in COMPILERS
        if switch is None or not known or "+" in command.prefixes or any(one in words for one in INTERPRETING):
            continue
        span = (command.path_start, command.path_end)
        yield Hit(line, {"program": words[0]}, ((switch, "forbids it"),), span=span)
