"""A rule of severity error speaks of what systemd refuses or ignores, or of a start that surely fails."""

from __future__ import annotations

from unitlint.api import check_text
from unitlint.rules.rule_set import load_rules

BY_VALUE = {"UL103", "UL104", "UL105", "UL106"}
"""Their effect is that of the value grammar: refused, ignored or warned, and what is warned of is a warning."""
FAILS = {
    "UL101": "conf-parser.c, next_assignment: unknown key, ignored",
    "UL102": "conf-parser.c, next_assignment: unknown key in this section, ignored",
    "UL208": "service.c, service_verify: refused",
    "UL252": "unit.c: scopes are loaded from no file but a transient one",
    "UL280": "Podman's generator makes no service",
    "UL281": "Podman's generator makes no service",
    "UL282": "Podman's generator makes no service: requested Quadlet source was not found",
    "UL283": "Podman's generator makes no service",
    "UL292": "Podman's generator keeps one of two",
    "UL270": "podman ends with status 125: nomap is only supported in rootless mode",
    "UL295": "Podman's generator makes no service: quadlet pod unit does not exist",
    "UL298": "podman-run(1): network cannot be configured when it is shared with a pod",
    "UL299": "podman ends with status 125: invalid volume name, or no image behind the volume",
    "UL309": "the kernel kills every process of the group",
    "UL402": "namespace.c, drop_inaccessible: the mount is dropped",
    "UL403": "203/EXEC",
    "UL404": "200/CHDIR",
    "UL405": "the start times out, or: Failed to load environment files",
    "UL408": "namespace.c, drop_inaccessible: the mount is dropped",
    "UL410": "209/STDOUT",
    "UL414": "namespace.c: the directory is out of reach",
    "UL415": "203/EXEC",
    "UL417": "the start times out: READY=1 is never sent",
    "UL424": "SIGSYS, or the start times out",
    "UL426": "capability-util.c: a capability outside of the bounding set is dropped",
    "UL430": "capability-list.c: an unknown name is ignored",
    "UL434": "216/GROUP and other statuses of exec_child in a manager without privileges",
    "UL457": "226/NAMESPACE, 243/CREDENTIALS",
    "UL501": "217/USER",
    "UL502": "216/GROUP",
    "UL503": "203/EXEC",
    "UL504": "203/EXEC",
    "UL505": "200/CHDIR",
    "UL506": "Failed to load environment files",
    "UL507": "203/EXEC",
    "UL508": "203/EXEC",
    "UL517": "203/EXEC",
    "UL518": "203/EXEC",
    "UL527": "203/EXEC, or a program that changes nothing but itself",
    "UL528": "203/EXEC",
    "UL536": "203/EXEC",
    "UL538": "docker ends with status 1",
    "UL543": "203/EXEC",
    "UL549": "217/USER or 216/GROUP",
    "UL554": "screen: Must be connected to a terminal; tmux: open terminal failed",
    "UL555": "mount(8) ends with status 32: unknown filesystem type, or can't lookup blockdev",
    "UL557": "mount(8) ends with status 32, or 226/NAMESPACE: the kernel refuses the option",
    "UL563": "217/USER",
    "UL705": "transaction.c: a job is deleted to break the cycle",
    "UL706": "transaction.c: a job is deleted to break the cycle",
    "UL707": "socket.c, socket_start: the service is not loaded, or no instance of it",
    "UL715": "install.c: systemctl enable fails",
    "UL720": "unit.c: the requirement fails, and the start with it",
    "UL722": "timer.c and path.c: refusing to start, unit to trigger not loaded",
    "UL737": "install.c: systemctl enable fails",
    "UL755": "bind(2): EADDRINUSE, the socket fails with the result resources",
    "UL759": "transaction.c: the start of a wanted unit that conflicts with shutdown.target is dropped",
    "UL760": "transaction.c: transaction contains conflicting jobs",
    "UL911": "unit-name.c: the file is never loaded",
}


def test_each_error_is_refused_ignored_or_fails() -> None:
    errors = {rule.code: rule.effect for rule in load_rules() if rule.severity == "error"}
    unexplained = {
        code for code, effect in errors.items() if effect not in ("refused", "ignored") and code not in BY_VALUE
    }
    assert unexplained == FAILS.keys()


def test_what_systemd_warns_of_and_obeys_is_a_warning() -> None:
    text = '[Service]\nExecStart=/bin/echo "a\\-b"\nNice=loud\n'
    severities = {finding.line: finding.severity for finding in check_text(text) if finding.code == "UL103"}
    assert severities == {2: "warning", 3: "error"}
