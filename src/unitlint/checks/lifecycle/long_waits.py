"""UL685 and UL686: commands that may wait longer than systemd does, and checks that run before the service is there."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import is_whole_number
from unitlint.checks.lifecycle.start_timeout import SECOND, timed_commands
from unitlint.rules.model import Context, Hit
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

_SPAN = late_pattern(r"(\d{1,7})([smh]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_OPTION = late_pattern(r"(?:-t|--time(?:out)?)(?:=(\d{1,7}))?")
_WAITS = late_pattern(r"docker|podman|docker-compose|podman-compose|[\w-]*wait-online|wait-for-it(?:\.sh)?")
STOPPING = ("stop", "down", "restart")


def waits_longer(unit: Unit, context: Context) -> Iterator[Hit]:
    """``timeout 300 …`` and ``docker stop -t 300`` beyond the timeout that systemd has for the command."""
    for timed in timed_commands(unit, context):
        wait = _longest(program(timed.command), [word.text for word in timed.command.words])
        if wait * SECOND > timed.most:
            yield Hit(timed.line, {"wait": f"{wait}s", "limit": timed.known}, timed.related)


def _longest(name: str, words: list[str]) -> int:
    """The seconds that the command says it may take; 0 where it says nothing."""
    if name == "timeout":
        found = next((_SPAN.fullmatch(word) for word in words if not word.startswith("-")), None)
        return int(found[1]) * _UNITS[found[2]] if found is not None else 0
    if not _WAITS.fullmatch(name) or (name in ("docker", "podman") and not set(STOPPING) & set(words[:4])):
        return 0
    for at, word in enumerate(words):
        option = _OPTION.fullmatch(word)
        if option is not None:
            value = option[1] or (words[at + 1] if at + 1 < len(words) else "")
            return int(value) if is_whole_number(value) and len(value) <= 7 else 0
    return 0


CHECKERS = ("curl", "wget", "nc", "ncat", "redis-cli", "pg_isready", "mysqladmin", "grpc_health_probe")
_HERE = late_pattern(r"(?:\w+://)?(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/].*)?")
_PATIENT = late_pattern(
    r"-X|--request.*|-d|--data.*|--post.*|--retry\S*|--tries=.*|--waitretry.*|--wait.*|--connect-timeout.*|-w"
)


def checked_too_soon(unit: Unit, context: Context) -> Iterator[Hit]:
    """A check of the own port in ExecStartPost=, which runs once the process was forked (service_enter_start)."""
    kind = service_type(unit, context.release)
    if kind not in ("simple", "exec") or unit.all("Service", "Sockets"):
        return
    previous = ""
    for line, command in commands(unit, context.release, "ExecStartPost"):
        name, words = program(command), [word.text for word in command.words]
        if name == "sleep" or command.via_shell or (previous and previous != name):
            return
        previous = name
        is_patient = any(map(_PATIENT.fullmatch, words)) or "-" in command.prefixes
        if name in CHECKERS and not is_patient and any(map(_HERE.fullmatch, words)):
            yield Hit(line, {"program": name, "type": kind}, span=(command.path_start, command.path_end))
            return
