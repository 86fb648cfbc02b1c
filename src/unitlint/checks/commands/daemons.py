"""Whether a program goes to the background as its Type= expects (systemd.service(5), Type=)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.checks.commands.foreground import is_python, stays
from unitlint.checks.service import CONTAINER_CLIENTS, INIT_SCRIPTS, is_whole
from unitlint.rules.model import Context, Hit, Place
from unitlint.units.commands import commands, program
from unitlint.units.service import service_type
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.values.exec_line import Command


class Daemon(NamedTuple):
    """How a known daemon is told to fork (``daemon``) or to stay (``stay``), and what it does if it is told nothing."""

    daemon: tuple[str, ...]
    stay: tuple[str, ...]
    forks: bool


DAEMONS = {
    "sshd": Daemon((), ("-D", "-i", "-ddd", "-dd", "-d", "-T", "-t"), forks=True),
    "dnsmasq": Daemon((), ("-k", "--keep-in-foreground", "-d", "--no-daemon"), forks=True),
    "haproxy": Daemon(("-D",), ("-W", "-Ws", "-db"), forks=False),
    "rsyslogd": Daemon((), ("-n", "-iNONE"), forks=True),
    "named": Daemon((), ("-f", "-g"), forks=True),
    "chronyd": Daemon((), ("-n", "-d", "-q", "-Q"), forks=True),
    "ntpd": Daemon((), ("-n", "--nofork", "-d", "-q"), forks=True),
    "smartd": Daemon((), ("-n", "--no-fork", "-d"), forks=True),
    "squid": Daemon((), ("-N", "--foreground", "-z", "-k"), forks=True),
    "php-fpm": Daemon(("-D", "--daemonize"), ("-F", "--nodaemonize"), forks=True),
    "gunicorn": Daemon(("-D", "--daemon"), (), forks=False),
    "redis-server": Daemon((), (), forks=False),
    "mysqld": Daemon(("--daemonize",), (), forks=False),
    "mongod": Daemon(("--fork",), (), forks=False),
    "openvpn": Daemon(("--daemon",), (), forks=False),
    "uwsgi": Daemon(("--daemonize", "--daemonize2"), (), forks=False),
    "lighttpd": Daemon((), ("-D",), forks=True),
    "crond": Daemon((), ("-n", "-f"), forks=True),
    "atd": Daemon((), ("-f",), forks=True),
    "znc": Daemon((), ("-f", "--foreground", "-D", "--debug", "-c", "--makeconf"), forks=True),
    "httpd": Daemon((), ("-DFOREGROUND", "FOREGROUND", "-X", "-DNO_DETACH", "-t"), forks=True),
    "apache2": Daemon((), ("-DFOREGROUND", "FOREGROUND", "-X", "-DNO_DETACH", "-t"), forks=True),
    "supervisord": Daemon((), ("-n", "--nodaemon", "-c", "--configuration"), forks=True),
    "proftpd": Daemon((), ("-n", "--nodaemon", "-t"), forks=True),
    "keepalived": Daemon((), ("-n", "--dont-fork"), forks=True),
    "snmpd": Daemon((), ("-f",), forks=True),
    "zabbix_agentd": Daemon((), ("-f", "--foreground", "-t", "-p"), forks=True),
    "inadyn": Daemon((), ("-n", "-f", "--foreground", "-1"), forks=True),
    "privoxy": Daemon((), ("--no-daemon",), forks=True),
    "apcupsd": Daemon((), ("-b",), forks=True),
    "memcached": Daemon(("-d",), (), forks=False),
    "mosquitto": Daemon(("-d", "--daemon"), (), forks=False),
    "bitcoind": Daemon(("-daemon", "--daemon", "-daemonwait"), (), forks=False),
    "unicorn": Daemon(("-D", "--daemonize"), (), forks=False),
    "tmux": Daemon(("-d", "-ds"), (), forks=False),
    "screen": Daemon(("-dm", "-dmS", "-dmLS", "-dmSL"), ("-D", "-Dm", "-DmS"), forks=False),
    "apachectl": Daemon(("start", "graceful"), ("-DFOREGROUND", "FOREGROUND", "-X", "-t", "configtest"), forks=False),
    "apache2ctl": Daemon(("start", "graceful"), ("-DFOREGROUND", "FOREGROUND", "-X", "-t", "configtest"), forks=False),
    "pm2": Daemon(("start", "resurrect"), ("--no-daemon",), forks=False),
    "celery": Daemon(("multi", "--detach"), (), forks=False),
    **dict.fromkeys(
        (
            f"{name}{ending}"
            for name in ("kafka-server-start", "zookeeper-server-start", "connect-distributed", "connect-standalone")
            for ending in ("", ".sh")
        ),
        Daemon(("-daemon",), (), forks=False),
    ),
    "hypnotoad": Daemon((), ("-f", "--foreground", "-s", "--stop", "-t", "--test"), forks=True),
}
"""From the manual page of each."""
STAYS = late_pattern(
    r"--?(?:(?:run-?in-?)?foreground|(?:no|dont|do-not)-?(?:fork|daemon|daemonize|detach|background))(?:=(?:yes|true|1))?"
    r"|--(?:daemon|daemonize|detach|fork|background)=(?:no|false|0|off)"
)
"""Options by which any program says that it stays."""
FORKS = late_pattern(r"--(?:daemonize|detach|fork)(?:=(?:yes|true|1|on))?")
"""Options by which any program says that it leaves; --daemon and --background mean other things too."""
NO = ("no", "false", "0", "off")
INTERPRETERS = (
    "sh", "bash", "dash", "env", "sudo", "nice", "ionice", "chrt", "setsid", "nohup", "systemd-run", "unshare",
)  # fmt: skip
"""Their options are not those of the program that they start."""
RUNNERS = {"bundle": "exec", "carton": "exec", "pipenv": "run", "poetry": "run", "uv": "run"}
"""Programs that start another one in the environment of a project, with the word that precedes it."""
STARTING = (["start"], ["restart"])
"""Arguments of an init script, which leaves its daemon in the background."""
STAYING_TYPES = ("simple", "exec", "idle")
"""Those of notify are left out: a daemon may tell systemd its main process after it has forked."""


def goes_to_background(unit: Unit, context: Context) -> Iterator[Hit]:
    """A daemon that forks, in a service whose process is expected to stay."""
    if service_type(unit, context.release) not in STAYING_TYPES or not is_whole(unit):
        return
    if unit.is_on("Service", "RemainAfterExit"):
        return  # the service goes on without its main process, and nothing is killed
    kind = unit.last("Service", "Type")  # unset, UL625 speaks of an init script
    for line, command in commands(unit, context.release, "ExecStart"):
        flag = _flag(command, daemon=True)
        if flag is not None and not (kind is None and command.path.startswith(INIT_SCRIPTS)):
            fields = {"program": _called(command)[0], "why": flag, "type": service_type(unit, context.release)}
            yield Hit(line, fields, _type_line(unit), span=(command.path_start, command.path_end))


def stays_in_foreground(unit: Unit, context: Context) -> Iterator[Hit]:
    """A daemon that is told to stay, in a service of Type=forking; a module that writes a PIDFile= may well fork."""
    if unit.value("Service", "Type") != "forking" or not is_whole(unit):
        return
    has_pid_file = unit.last("Service", "PIDFile") is not None
    for line, command in commands(unit, context.release, "ExecStart"):
        if has_pid_file and is_python(program(command)):
            continue
        flag = _flag(command, daemon=False) or stays(command)
        if flag is not None:
            fields = {"program": _called(command)[0], "flag": flag}
            yield Hit(line, fields, _type_line(unit), span=(command.path_start, command.path_end))


def _type_line(unit: Unit) -> tuple[tuple[Place, str], ...]:
    line = unit.last("Service", "Type")
    return () if line is None else ((line, "the type is here"),)


def _called(command: Command) -> tuple[str, list[str]]:
    """The program and its arguments, behind ``bundle exec`` and the like."""
    name = program(command)
    words = [word.text for word in command.words]
    if len(words) > 1 and words[0] == RUNNERS.get(name):
        return words[1].rpartition("/")[2], words[2:]
    return name, words


def _flag(command: Command, *, daemon: bool) -> str | None:
    """What makes the program fork (or stay); None where nothing is known of it, or its settings may say."""
    name, words = _called(command)
    if name == "redis-server":
        told = "--daemonize" in words and words[words.index("--daemonize") + 1 :][:1]
        if told and told[0] in ("yes", "no"):
            return f"--daemonize {told[0]}" if (told[0] == "yes") == daemon else None
        return None
    if daemon and command.path.startswith(INIT_SCRIPTS) and words[:1] in STARTING:
        return words[0]
    known = DAEMONS.get(name)
    if known is None:
        return _told(name, words, daemon=daemon)
    if any("$" in word for word in words):
        return None
    wanted, other = (known.daemon, known.stay) if daemon else (known.stay, known.daemon)
    flag = next((word for word in words if word in wanted), None)
    if flag is not None:
        is_verb = not flag.startswith("-")  # of which an option may say how it is meant
        return None if is_verb and any(word in other for word in words) else flag
    if daemon and known.forks and not any(word.startswith(other) for word in words):
        return f"no {other[0]}"
    return None


def _told(name: str, words: list[str], *, daemon: bool) -> str | None:
    """The option by which a program that is not known says that it stays or leaves; one on each side says nothing."""
    if name in CONTAINER_CLIENTS or name in INTERPRETERS:
        return None
    stay = next((word for word in words if word[:1] == "-" and STAYS.fullmatch(word)), None)
    leave = next((at for at, word in enumerate(words) if word[:2] == "--" and FORKS.fullmatch(word)), None)
    if leave is not None and words[leave + 1 : leave + 2] and words[leave + 1] in NO:
        stay, leave = stay or f"{words[leave]} {words[leave + 1]}", None
    if daemon:
        return words[leave] if leave is not None and stay is None else None
    return stay if leave is None else None
