"""UL685 and UL686: commands that may wait longer than systemd does, and checks that run before the service is there."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import is_whole_number
from unitlint.checks.lifecycle.start_timeout import LIMITS, SECOND, START
from unitlint.checks.service import DEFAULT_TIMEOUT, deciding
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit
from unitlint.values.typed import INFINITY, timespan

_SPAN = late_pattern(r"(\d{1,7})([smh]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_OPTION = late_pattern(r"(?:-t|--time(?:out)?)(?:=(\d{1,7}))?")
_WAITS = late_pattern(r"docker|podman|docker-compose|podman-compose|[\w-]*wait-online|wait-for-it(?:\.sh)?")
STOPPING = ("stop", "down", "restart")


def waits_longer(unit: Unit, context: Context) -> Iterator[Hit]:
    """``timeout 300 …`` and ``docker stop -t 300`` beyond the timeout that systemd has for the command."""
    if not unit.has_fragment:
        return
    is_task = service_type(unit, context.release) == "oneshot"
    for directive, (name, _) in LIMITS.items():
        limit = deciding(unit, name)
        if (directive == "ExecStart" and not is_task) or (is_task and limit is None and name == START):
            continue
        most = DEFAULT_TIMEOUT if limit is None else timespan(limit.value)
        if most is None or most in (0, INFINITY):
            continue
        for line, command in commands(unit, context.release, directive):
            wait = _longest(program(command), [word.text for word in command.words])
            if wait * SECOND > most:
                known = f"{name}={limit.value}" if limit else f"the default {name}=90s"
                related: tuple[tuple[Place, str], ...] = ((limit, "the limit"),) if limit else ()
                yield Hit(line, {"wait": f"{wait}s", "limit": known}, related)


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
_PATIENT = late_pattern(r"--retry\S*|--tries=.*|--waitretry.*|--wait.*|--connect-timeout.*|-w")


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
