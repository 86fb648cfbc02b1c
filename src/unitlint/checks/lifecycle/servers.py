"""UL680: servers as tasks, whose start never ends (systemd.service(5), Type=oneshot)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.commands.foreground import is_python, words_stay
from unitlint.checks.service import deciding, endless, is_whole
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment
    from unitlint.values.exec_line import Command

SERVERS = frozenset((
    "uvicorn", "gunicorn", "hypercorn", "daphne", "waitress-serve", "prometheus", "alertmanager", "grafana-server",
    "etcd", "traefik", "syncthing", "tail", "journalctl", "dockerd", "containerd", "kubelet", "loki", "promtail",
    "code-server", "ttyd", "websockify", "jupyter-lab", "redis-server", "sshd", "dnsmasq", "chronyd", "mosquitto",
))  # fmt: skip
"""Programs that do nothing but serve, or follow a log, when words_stay() knows that they stay or _STAYS says so."""
_VERBS = {
    "flask": ("run",), "streamlit": ("run",), "caddy": ("run",), "rails": ("s", "server"), "minio": ("server",),
    "ollama": ("serve",), "celery": ("worker", "beat"), "gitea": ("web",), "forgejo": ("web",), "consul": ("agent",),
    "vault": ("server",), "nomad": ("agent",), "k3s": ("server", "agent"), "npm": ("start",), "yarn": ("start",),
}  # fmt: skip
"""The subcommands of others that serve."""
_STAYS = {"redis-server": "--daemonize no", "sshd": "-D", "dnsmasq": "-k", "chronyd": "-n", "mosquitto": "-c"}
_KNOWN = SERVERS | {*_VERBS, *_STAYS, "sleep", "node", "nodejs", "nginx", "php"}
_NO_SERVER = late_pattern(r"--?(?:help|version|check(?:-config)?|test|validate|dry-run|V|t|h)")
_TASKS = frozenset((
    "version", "help", "cli", "generate", "config", "check", "healthcheck", "validate", "convert", "list", "show",
    "status", "snapshot", "completion", "--reset-database", "--generate", "--paths", "--device-id",
))  # fmt: skip
"""First arguments of servers that end at once."""
_SCRIPT = late_pattern(r"(?:.*/)?server\.[cm]?js")


def server_as_task(unit: Unit, context: Context) -> Iterator[Hit]:
    """A command of a oneshot that serves until somebody stops it."""
    if unit.value("Service", "Type") != "oneshot" or not is_whole(unit):
        return
    for line, command in commands(unit, context.release, "ExecStart"):
        if command.via_shell or not _may_serve(program(command)):
            continue
        words = [program(command), *(word.text for word in command.words)]
        name = _served_by(words)
        if name is not None:
            yield _never_ends(unit, line, command, name)
            return


@lru_cache(maxsize=1024)
def _may_serve(name: str) -> bool:
    """Whether the program is one of which :func:`_told` knows something."""
    return name in _KNOWN or name.endswith("_exporter") or is_python(name)


def _never_ends(unit: Unit, line: Assignment, command: Command, name: str) -> Hit:
    limit = deciding(unit, "TimeoutStartSec")
    outcome = "the start never ends"
    related: tuple[tuple[Place, str], ...] = ()
    if limit is not None and not endless(limit):
        outcome = f"systemd kills it after {limit.directive}={limit.value}, and the start fails"
        related = ((limit, "the limit"),)
    return Hit(line, {"program": name, "outcome": outcome}, related, span=(command.path_start, command.path_end))


def _served_by(words: list[str]) -> str | None:
    """The words that tell that the command is a server; None for a task, and where nothing is known."""
    told, arguments = _told(words), words[1:]
    if told is None or any(map(_NO_SERVER.fullmatch, arguments)):
        return None
    return None if _TASKS & {word.partition("=")[0] for word in arguments[:1]} else told


def _told(words: list[str]) -> str | None:
    """The same before a word such as ``--help`` is looked for."""
    name, arguments = words[0], words[1:]
    if name == "sleep":
        return "sleep infinity" if arguments == ["infinity"] else None
    if name in _STAYS:
        told = _STAYS[name]
        return f"{name} {told}" if told in " ".join(arguments) else None
    if is_python(name):
        return "http.server" if ("-m", "http.server") in pairwise(arguments) else None
    if name in ("node", "nodejs"):
        return f"{name} server.js" if arguments and _SCRIPT.fullmatch(arguments[0]) else None
    if name in ("nginx", "php"):
        return words_stay(words)
    if name in _VERBS:
        return f"{name} {arguments[0]}" if arguments[:1] and arguments[0] in _VERBS[name] else None
    is_server = name in SERVERS or name.endswith("_exporter")
    return name if is_server and words_stay(words) is not None else None
