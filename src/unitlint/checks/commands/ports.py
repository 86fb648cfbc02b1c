"""UL562: ports below 1024 for a process that is not root (ip(7), ip_unprivileged_port_start)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import is_whole_number
from unitlint.checks.references import socket_of
from unitlint.checks.sandbox.capabilities import AMBIENT, BOUNDING, capability_set
from unitlint.checks.service import runs_shell, variables_in
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.service import other_user
from unitlint.units.unit import Unit
from unitlint.values.privileges import unknown_capabilities

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command

SECTION = "Service"
BIND = "CAP_NET_BIND_SERVICE"
FIRST_FREE = 1024
_OPTION = late_pattern(r"--?(?:[\w.-]*[-_.])?(?:port|addr|address|urls|https?|(?:listen|bind)(?:[-_]addr\w*)?|b|p|l)$")
_LETTER = late_pattern(r"-[bpl]$")
"""Options that stand for many things: ``-l 3`` may be a level and ``-b 16`` a size."""
WELL_KNOWN = frozenset((
    21, 22, 23, 25, 53, 67, 69, 80, 81, 88, 110, 111, 123, 143, 161, 162, 179, 389, 443, 445, 465, 514, 515, 546, 547,
    554, 587, 631, 636, 853, 873, 989, 990, 993, 995,
))  # fmt: skip
"""Ports that a number behind ``-p`` surely means (/etc/services)."""
_REMOTE = late_pattern(
    r"(?i)(?:remote|server(?!\.port)|upstream|target|peer|dest|proxy|smtp|mail|ldap|db|database|mysql|redis|forward|backend|connect"
    r"|host)",
)
_OF_HERE = late_pattern(
    r"(?:(?:tcp|udp|http|https)[46]?://|(?:tcp|udp)[46]?:)?"
    r"(?:[*+]|0\.0\.0\.0|127\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]*\]|localhost)?:(\d{1,5})/?"
)
_EVERYWHERE = late_pattern(r"(?:0\.0\.0\.0|\[::\]):(\d{1,5})")
"""An address that nobody connects to: what is behind an option may be the other end of a tunnel all the same."""
_SOCAT = late_pattern(r"(?i)(?:TCP|UDP|SCTP)[46]?-L(?:ISTEN)?:(\d{1,5})\b")
LONGEST = len("65535")
CLIENTS = frozenset((
    "ssh", "autossh", "sshfs", "scp", "sftp", "nc", "ncat", "telnet", "mysql", "mysqldump", "psql", "pg_dump",
    "redis-cli", "curl", "wget", "nmap", "docker", "podman", "nerdctl", "sshpass", "mosh", "rsync", "mkdir", "install",
    "kill", "ldapsearch", "tunnel", "ssh-keyscan", "swaks", "openvpn", "stunnel", "git", "iperf3", "ip", "iptables",
    "nft", "ufw", "wait-for-it", "wait-for-it.sh", "cp", "tcpdump", "tshark",
))  # fmt: skip
"""Programs whose port is one elsewhere, or whose -p has nothing to do with ports."""
VARIABLES = (
    "PORT",
    "SERVER_PORT",
    "ASPNETCORE_URLS",
    "HTTP_PORT",
    "HTTPS_PORT",
    "LISTEN_PORT",
    "LISTEN_ADDR",
    "LISTEN_ADDRESS",
    "BIND_ADDR",
    "BIND_ADDRESS",
)


def low_port(unit: Unit, context: Context) -> Iterator[Hit]:
    """An option or variable by which a program is told to listen on such a port; sockets handed over need no right."""
    user = other_user(unit)
    if user is None or not unit.has_fragment:
        return
    for line, start, end, port in ports_of(unit, context):
        if 0 < port < FIRST_FREE:
            if _may_bind(unit, context.release) or _gets_sockets(unit, context):
                return
            fields = {"port": port, "user": user.value}
            yield Hit(line, fields, ((user, "not root"),), span=(start, end))
            return


def _may_bind(unit: Unit, release: int) -> bool:
    """True with the capability, and where another finding says why it is not there (UL430, UL461)."""
    if any(unknown_capabilities(line.value) for name in (AMBIENT, BOUNDING) for line in unit.all(SECTION, name)):
        return True
    given = capability_set(unit, AMBIENT, release) or frozenset()
    bounding = capability_set(unit, BOUNDING, release)
    is_chosen = bounding is not None and BIND in bounding and not unit.all(SECTION, AMBIENT)
    return BIND in given or bool(is_chosen) or bool(unit.all(SECTION, "PAMName"))


def _gets_sockets(unit: Unit, context: Context) -> bool:
    return bool(unit.all(SECTION, "Sockets")) or socket_of(unit, context) is not None


def ports_of(unit: Unit, context: Context) -> Iterator[tuple[Assignment, int, int, int]]:
    """The ports on which options, operands and variables tell programs to listen: (line, start, end, port)."""
    for line, command in commands(unit, context.release, "ExecStart"):
        if "+" in command.prefixes or "!" in command.prefixes or program(command) in CLIENTS or runs_shell(command):
            continue
        for start, end, port in (*_in_arguments(command), *_in_operands(command)):
            yield line, start, end, port
    for line in unit.all(SECTION, "Environment"):
        for name, value, word in variables_in(line.value):
            set_port = _port(value) if name in VARIABLES else None
            if set_port is not None:
                yield line, word.start, word.end, set_port


def _in_arguments(command: Command) -> Iterator[tuple[int, int, int]]:
    for at, word in enumerate(command.words):
        option, equals, value = word.text.partition("=")
        if not option.startswith("-"):
            continue
        following = command.words[at + 1] if not equals and at + 1 < len(command.words) else word
        text = value if equals else following.text
        port = _port(text)
        if port is None or _REMOTE.search(option) or not _OPTION.match(option):
            continue
        if _LETTER.match(option) is None or _is_surely_a_port(option, text, port):
            yield word.start, following.end, port


def _is_surely_a_port(letter: str, text: str, port: int) -> bool:
    """True for an address such as ``:80``, and for ``-p 80``."""
    return ":" in text or (letter == "-p" and port in WELL_KNOWN)


def _in_operands(command: Command) -> Iterator[tuple[int, int, int]]:
    """``python -m http.server 80``, ``php -S 0.0.0.0:80``, ``runserver 0.0.0.0:80`` and ``socat TCP-LISTEN:443``."""
    for word, following in pairwise(command.words):
        if word.text == "http.server" or (word.text == "-S" and program(command).startswith("php")):
            port = _port(following.text)
            if port is not None:
                yield word.start, following.end, port
        elif not word.text.startswith("-"):
            found = _EVERYWHERE.fullmatch(following.text) if ":" in following.text else None
            if found is not None:
                yield following.start, following.end, int(found[1])
    for word in command.words if program(command) == "socat" else ():
        found = _SOCAT.match(word.text)
        if found is not None:
            yield word.start, word.end, int(found[1])


def _port(text: str) -> int | None:
    """The port of ``80``, ``:80`` or ``0.0.0.0:80``; None for an address elsewhere and for a place without a port."""
    if ":" in text:
        found = _OF_HERE.fullmatch(text)
        return int(found[1]) if found is not None else None
    return int(text) if is_whole_number(text) and len(text) <= LONGEST else None
