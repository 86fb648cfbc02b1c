"""UL624: a program known to read its settings again, and no ExecReload=."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands, is_lasting, is_whole, program
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

RELOADING = (
    "nginx", "haproxy", "apache2", "httpd", "sshd", "named", "unbound", "squid", "syslog-ng", "prometheus",
    "alertmanager", "caddy", "postgres", "dovecot", "bird", "keepalived", "vector",
)  # fmt: skip


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """One finding a service."""
    if not is_whole(unit) or unit.all("Service", "ExecReload") or not is_lasting(unit, context):
        return
    if unit.value("Service", "Type") == "notify-reload":
        return
    for line, command in commands(unit, context):
        if program(command) in RELOADING and not _is_inetd(unit):
            yield Hit(line, {"program": program(command)}, span=(command.path_start, command.path_end))
            return


def _is_inetd(unit: Unit) -> bool:
    """True for one process a connection, which has nothing to reload."""
    return unit.value("Service", "StandardInput") == "socket"
