"""Programs that are known to stay in the foreground, whatever their settings say (from the manual page of each)."""

from __future__ import annotations

import re

from unitlint.base.late_patterns import late_pattern
from unitlint.units.commands import program, without_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command

SHELLS = ("sh", "bash", "dash", "ash", "ksh", "zsh")
ALWAYS = frozenset((
    "node", "nodejs", "deno", "bun", "npm", "npx", "yarn", "pnpm", "uvicorn", "hypercorn", "daphne", "flask",
    "streamlit", "waitress-serve", "prometheus", "node_exporter", "alertmanager", "grafana-server", "minio", "consul",
    "vault", "nomad", "etcd", "traefik", "syncthing", "gitea", "forgejo", "tail", "journalctl", "inotifywait",
    "cloudflared", "pm2-runtime", "ollama", "frpc", "frps", "xray", "sing-box", "mihomo", "headscale", "navidrome",
    "dockerd", "containerd", "buildkitd", "kubelet", "k3s", "loki", "promtail", "influxd", "gotify", "mailpit",
    "dotnet", "mix", "iex", "websockify", "jupyter", "jupyter-lab", "code-server", "ttyd",
))  # fmt: skip
"""They have no option that sends them to the background."""
UNLESS = {
    "gunicorn": ("-D", "--daemon", "-c", "--config"), "unicorn": ("-D", "--daemonize"),
    "puma": ("-d", "--daemon", "-C", "--config"), "rails": ("-d", "--daemon"),
    "celery": ("multi", "--detach", "-D"), "caddy": ("start",),
    "docker": ("-d", "--detach", "start"), "docker-compose": ("-d", "--detach"), "podman": ("-d", "--detach", "start"),
    "php": (), "java": (), "perl": (), "ruby": (), "socat": ("fork",),
    "k5start": ("-b",), "krenew": ("-b",),
}  # fmt: skip
"""They stay unless one of these words is given: one that makes them fork, or a settings file that may do so.

Only certain calls of some are known, see :func:`stays`.
"""
_BACKGROUND = late_pattern(
    r"(?<![&|>])&(?![&>0-9])|\bnohup\b|\bsetsid\b|\bdaemon\b|--daemon|--background|start-stop-daemon"
)


_STARTER = late_pattern(r"-{0,2}(?:start|daemon|background|fork|detach)(?:[-_=][\w=-]*)?")
"""An argument of a program that starts another one, or goes to the background itself: start-domain, --daemon=yes."""


def is_python(name: str) -> bool:
    """True for ``python``, ``python3.11`` and the like."""
    return without_version(name) in ("python", "pypy")


def stays(command: Command) -> str | None:
    """The words that tell that the command stays in the foreground; None where that is not known."""
    words = [program(command), *(word.text for word in command.words)]
    if command.via_shell or (words[0] in SHELLS and "-c" in words[:-1]):
        return _script_stays(" ".join(words) if command.via_shell else words[words.index("-c") + 1])
    return words_stay(words)


def words_stay(words: list[str]) -> str | None:
    """The same for a program with its arguments; ``env`` in front does not count."""
    while words and (words[0] == "env" or "=" in words[0] or words[0] == "exec"):
        words = [words[1].rpartition("/")[2], *words[2:]] if len(words) > 1 else []
    if not words or any(word.startswith("$") for word in words[1:2]):
        return None
    name, arguments = words[0], words[1:]
    if name.endswith("_exporter"):
        return name
    if name in ALWAYS:
        return name if name not in ("tail", "journalctl") or _follows(arguments) else None
    if name in ("catalina.sh", "standalone.sh", "domain.sh"):
        return " ".join(words[:2]) if name != "catalina.sh" or arguments[:1] == ["run"] else None
    if name == "nginx":
        return "daemon off" if any("daemon off" in word for word in arguments) else None
    if (name == "java" or is_python(name)) and any(map(_STARTER.fullmatch, arguments)):
        return None
    if is_python(name):
        return f"{name} -m" if "-m" in arguments[:3] and not _forks(arguments) else None
    if name in UNLESS and not _forks([*arguments], UNLESS[name]):
        return _known_call(name, arguments)
    return None


def _known_call(name: str, arguments: list[str]) -> str | None:
    if name == "java":
        return next((f"java {word}" for word in arguments if word in ("-jar", "-cp", "-classpath")), None)
    if name == "php":
        return "php -S" if "-S" in arguments else None
    if name in ("perl", "ruby"):
        return None
    if name in ("docker", "docker-compose", "podman"):
        return f"{name} run" if "run" in arguments[:2] else f"{name} up" if "up" in arguments else None
    if name == "rails":
        return "rails server" if arguments[:1] in (["s"], ["server"]) else None
    if name == "celery":
        return "celery worker" if {"worker", "beat"} & set(arguments) else None
    if name == "caddy":
        return "caddy run" if arguments[:1] == ["run"] else None
    return name


def _follows(arguments: list[str]) -> bool:
    return any(re.fullmatch(r"-[a-zA-Z]*[fF][a-zA-Z]*|--follow(?:=.*)?", word) for word in arguments)


def _forks(arguments: list[str], words: tuple[str, ...] = ("-D", "--daemon", "--daemonize", "--detach")) -> bool:
    return any(word in words or word.partition("=")[0] in words for word in arguments)


_EMBEDDED = late_pattern(r"`[^`]*`|\$\([^()]*\)|'[^']*'|\"[^\"]*\"")
_NEXT = late_pattern(r"&&|\|\||[;\n]")


def _script_stays(script: str) -> str | None:
    """A pipe at the end keeps the shell; otherwise it is the first command that tells."""
    if _BACKGROUND.search(script):
        return None
    if "|" in _NEXT.split(_EMBEDDED.sub("", script))[-1]:
        return "a pipe"
    first = re.split(r"[;&|<>]", script, maxsplit=1)[0].split()
    return words_stay([first[0].rpartition("/")[2], *first[1:]]) if first else None
