"""What stands before the message of a line: time, host, sender and PID, in every text format of journalctl, syslog
and dmesg (journalctl(1), dmesg(1), RFC 3164 and 5424)."""

from __future__ import annotations

import re

from unitlint.base.records import NamedTuple
from unitlint.base.whole_numbers import is_whole_number

_SENDER = r"([^\s:\[\]][^:\[\]]{0,62}?|\([^()]{1,40}\))(?:\[(\d+)\])?: ?"
_HOST = r"(?:(\S*[^\s:\]]|\[[\w.-]+\]) )?"
"""journalctl --no-hostname leaves it out; who shows a log may write ``[HOST]``."""
_ZONE = r"(?:Z|[+-]\d\d:?\d\d)"

SHORT = re.compile(
    rf"((?:[^\W\d]\S{{1,4}}|\d{{1,2}}\u6708) {{1,2}}\d{{1,2}} \d\d:\d\d:\d\d(?:[.,]\d+)?) {_HOST}{_SENDER}"
)
"""``May 08 11:46:49 host systemd[1]: …``, also with one blank before a single digit, as web pages show it; Chinese and
Japanese months begin with their number."""
ISO = re.compile(rf"(\d{{4}}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:{_ZONE})?) {_HOST}{_SENDER}")
FULL = re.compile(
    rf"([^\W\d]\S{{1,3}} \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Za-z+-][\w+:-]{{0,5}}) {_HOST}{_SENDER}"
)
"""short-full and with-unit, whose sender is the unit."""
UNIX = re.compile(rf"(\d{{9,11}}\.\d{{1,6}}) {_HOST}{_SENDER}")
MONOTONIC = re.compile(
    r"(\[ *\d+\.\d+(?: *<[^<>]*>)?\]) (?:(\S+) )?"
    r"(?:(kernel): |([^\s:\[\]()]+|\([^()]{1,40}\))\[(\d+)\]: (?!segfault at ))"
)
"""short-monotonic, and what daemons write to the kernel's ring buffer."""
LEVEL = re.compile(
    r"\[ *(?:EMERG|ALERT|CRIT|ERR|ERROR|WARNING|NOTICE|INFO|DEBUG) *\] (\([^()]{1,40}\)|[\w@./-]+)(?:\[(\d+)\])?: "
)
"""What journald writes to a console or what a test prints: ``[ NOTICE  ] systemd: …``"""
DMESG = re.compile(r"(\[ *\d+\.\d+(?: *<[^<>]*>)?\]|\[\S+ \S+ +\d+ \d\d:\d\d:\d\d \d{4}\]) ?")
CONSOLE = re.compile(r"\[ *(?:FAILED|DEPEND|TIME|OK|ASSERT|INFO|SKIP|UNSUPP) *\] +")
"""What the manager writes onto the screen at boot: ``[FAILED] Failed to start web.service - Web.``"""
CONTAINER = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) "
    r"(?:(?:stdout|stderr) [FP](?::\S*)? |(?=[^\W\d]\S{1,4} {1,2}\d{1,2} \d\d:\d\d:\d\d ))"
)
"""What a container runtime puts before the lines of a program (Kubernetes, CRI logging format), and the time that
`kubectl logs --timestamps`, CloudWatch and CI systems put before a line which has its own."""
TALOS = re.compile(r"\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)\]: ")
"""A line of the ring buffer as talosctl shows it, behind what dmesg -x puts before it."""
DMESG_ISO = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{{6}}{_ZONE}) ")
KMSG = re.compile(r"\d+,\d+,(\d+),[^;]*;")
DECODED = re.compile(r"(?:kern|user|daemon|syslog) *: *(?:emerg|alert|crit|err|warn|warning|notice|info|debug) *: ")
SYSLOG = re.compile(r"<\d{1,3}>(?:1 (\S+) (\S+) (\S+) (\S+) \S+ (?:-|\[.*?\](?!\[)) ?)?")
BARE = re.compile(
    r"(systemd(?:-[a-z]+)?|kernel|audit|init|\([^()\s]{1,40}\)|[\w@./-]+)(?:\[(\d+)\]): |(kernel|systemd|audit): "
)
NO_TIME = re.compile(
    r"(?:(\d\d:\d\d:\d\d(?:\.\d+)?) )?(?:[\w.-]+ )?"
    r"(?:(systemd(?:-[a-z]+)?|audit|init|\([^()\s]{1,40}\))\[(\d*)\]: |(kernel|systemd|audit): )"
)
"""A line that was pasted without its time, or without the day: ``host systemd[1]: …``, ``10:26:06 systemd: …``"""
EARLY = re.compile(
    r"(?<![^\W\d])[^\W\d][^\s:]{1,4} [ \d]\d \d\d:\d\d:\d\d |\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d|\[ *\d+\.\d{6}\] "
    r"|(?:kern|user|daemon): *[a-z]+: \["
)
"""What a head may begin with that stands behind something else, such as the file's name of a grep."""
GUEST = re.compile(r"(?:<\d{1,3}>)?\[ *\d+\.\d{6}\] ")
"""A line of another kernel's ring buffer, which a hypervisor or netconsole writes into a log of its own."""
RING = re.compile(r"\[ *\d+\.\d+\] ?")
NESTED = re.compile(r"(systemd(?:-[a-z]+)?|\([^()\s]{1,40}\))\[(\d+)\]: (?!segfault at )")
"""What a daemon writes to the kernel's ring buffer, and not what the kernel writes of the daemon."""


class Head(NamedTuple):
    """``end`` is where the message begins; ``sender`` is "" where the format names none."""

    stamp: str
    sender: str
    pid: str
    end: int


def read_head(line: str) -> Head | None:
    """The head of a line; None where there is none that is known."""
    first = line[:1]
    if first == "[":
        return _bracketed(line)
    if first == "<":
        return _syslog(line)
    if is_whole_number(first):
        found = CONTAINER.match(line)
        if found:
            return in_container(line[found.end() :], found[1], found.end())
        found = DMESG_ISO.match(line)
        if found:
            return _ring(line, found[1], found.end())
        found = ISO.match(line) or UNIX.match(line) or SHORT.match(line)
        if found:
            return Head(found[1], found[3], found[4] or "", found.end())
        found = KMSG.match(line)
        if found:
            return _ring(line, f"{int(found[1]) / 1e6:.6f}", found.end()) if len(found[1]) < 16 else None
        return _bare(line) if line[2:3] == ":" else None
    found = SHORT.match(line) or FULL.match(line)
    if found:
        return Head(found[1], found[3], found[4] or "", found.end())
    found = DECODED.match(line)
    if found:
        head = _bracketed(line[found.end() :])
        return head and head._replace(end=head.end + found.end())
    return _bare(line)


def in_container(line: str, stamp: str, end: int = 0) -> Head:
    """The head of what a program in a container wrote at a time: that of a log that it passes on, or its own."""
    inner = read_head(line)
    return (
        Head(inner.stamp or stamp, inner.sender, inner.pid, end + inner.end)
        if inner
        else Head(stamp, "container", "", end)
    )


def _bracketed(line: str) -> Head | None:
    found = MONOTONIC.match(line)
    if found:
        return Head(found[1], found[3] or found[4], found[5] or "", found.end())
    found = DMESG.match(line) or TALOS.match(line)
    if found:
        return _ring(line, found[1], found.end())
    found = LEVEL.match(line)
    if found:
        return Head("", found[1], found[2] or "", found.end())
    found = CONSOLE.match(line)
    return Head("", "systemd", "1", found.end()) if found else None


def of_guest(head: Head, line: str) -> Head:
    """The head with that of another kernel's ring buffer behind it, where there is one."""
    found = GUEST.match(line, head.end) if head.sender != "kernel" else None
    return _ring(line, head.stamp, found.end()) if found else head


def _ring(line: str, stamp: str, end: int) -> Head:
    """A line of the kernel's ring buffer, to which systemd may have written too."""
    found = NESTED.match(line, end)
    return Head(stamp, found[1], found[2], found.end()) if found else Head(stamp, "kernel", "", end)


def _syslog(line: str) -> Head | None:
    """With a priority in front: RFC 5424 with a version, else whatever follows."""
    found = SYSLOG.match(line)
    if found is None:
        return None
    if found[1]:
        pid = found[4] if is_whole_number(found[4]) else ""
        return Head(found[1], found[3], pid, found.end())
    inner = read_head(line[found.end() :]) if line[found.end() : found.end() + 1] != "<" else None
    return inner and inner._replace(end=inner.end + found.end())


def _bare(line: str) -> Head | None:
    found = BARE.match(line)
    if found:
        return Head("", found[1] or found[3], found[2] or "", found.end())
    found = NO_TIME.match(line)
    return Head("", found[2] or found[4], found[3] or "", found.end()) if found else None
