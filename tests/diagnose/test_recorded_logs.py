"""Excerpts of real logs in ../shared/logs: event, unit and cause, and who is not blamed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unitlint.diagnose.run import diagnose

# file (its number): (unit or process, event, whose fault, a word of the cause)
EXPECTED = {
    "02": ("memcached.service", "oom-killed", "unknown", "OOM killer"),
    "05": ("", "oom-memcg", "unknown", "/leaker reached its memory limit; the kernel killed leaker (anon-rss 494.63M)"),
    "06": ("", "oom-memcg", "unknown", "uwsgi (pid 63214, anon-rss 161.12M)"),
    "07": ("", "oom-memcg", "environment|unknown", "memory limit of 1G"),
    "08": (
        "cri-containerd-178ec18073cc6ac7be2de8d9869daf162a6349dd056b6535849112c53ec3102a.scope",
        "oom-memcg", "environment", "stress",
    ),
    "09": ("", "oom-machine", "machine", "allocate (pid 1221, anon-rss 1.92G)"),
    "10": ("networkd-dispatcher.service", "oom-machine", "machine", "systemd-journal (pid 401)"),
    "11": ("", "oom-no-killable", "unit", "manager itself"),
    "13": ("systemd-journald.service", "oomd-kill", "other-unit", "/system.slice was 85.03% for 2s (allowed: 80.00%)"),
    "14": ("testsuite-55-testbloat.service", "oomd-killed", "machine", "2 processes"),
    "16": ("imageproxy.service", "exec-failed", "unit", "/root/go/bin/imageproxy"),
    "17": ("ramdisk-user1.service", "exec-failed", "unit", "SELinux"),
    "19": ("containerd.service", "exec-failed", "unit", "/usr/bin/containerd does not exist"),
    "20": ("tomcat9.service", "namespace-failed", "unit", "does not say which"),
    "22": ("mariadb.service", "namespace-failed", "environment", "not a mistake of mariadb.service"),
    "23": ("wsdd.service", "user-unknown", "unit", "217/USER"),
    "25": ("edu.service", "chdir-failed", "unit", "200/CHDIR"),
    "26": ("beszel-hub.service", "start-limit", "unit", "StartLimitBurst="),
    "28": ("coder.service", "start-limit", "unknown", "last result: exit-code"),
    "29": ("snap.test.direct-watchdog-ok.service", "watchdog-timeout", "unit", "for 2s"),
    "31": ("journal-upload.service", "watchdog-timeout", "program", "poll (libc.so.6)"),
    "32": ("earlyoom.service", "seccomp-killed", "unit", "SystemCallFilter="),
    "33": ("signaling.service", "seccomp-killed", "unit", "SystemCallFilter="),
    "34": ("", "seccomp-audit", "unknown", "setpriority (number 141 on x86-64)"),
    "35": ("unicorn.service", "pid-file", "unit", "/srv/project/shared/system/pids/unicorn.pid"),
    "37": ("systemd-resolved.service", "ordering-cycle", "other-unit", "not at fault"),
    "39": ("run-r73aef5eb7df847df961a1031c2e5d1e2.service", "messages-suppressed", "program", "4499764"),
    "40": ("sc4s.service", "exit-status", "program", "status 1"),
}  # fmt: skip
MORE = {"10": ("systemd-journald.service", "oom-machine", "machine")}
"""Further incidents, of which there are no others."""


def test_all_are_expected(shared: Path) -> None:
    index = json.loads((shared / "logs" / "INDEX.json").read_text(encoding="utf-8"))
    assert {one["file"][:2] for one in index} == set(EXPECTED)


@pytest.mark.parametrize("number", EXPECTED)
def test_excerpt(number: str, shared: Path) -> None:
    (path,) = (shared / "logs").glob(f"{number}-*.log")
    unit, event, caused_by, words = EXPECTED[number]
    first, *more = diagnose([str(path)]).incidents
    cause = first.causes[0]
    assert (first.unit, cause.kind.id) == (unit, event)
    assert cause.caused_by in caused_by.split("|")
    assert words in cause.says
    assert [(one.unit, one.causes[0].kind.id, one.causes[0].caused_by) for one in more] == [
        MORE[known] for known in MORE if known == number
    ]


def test_restarts_are_counted(shared: Path) -> None:
    (path,) = (shared / "logs").glob("19-*.log")
    (incident,) = diagnose([str(path)]).incidents
    assert incident.causes[0].fields["restarts"] == "842"
    assert dict(incident.symptoms) == {"restarted": 1, "the unit failed": 1}


def test_all_of_them_in_one_run_are_the_same(shared: Path) -> None:
    """Several logs at once do not mix: each tells what it tells alone."""
    paths = sorted(str(path) for path in (shared / "logs").glob("*.log"))
    in_two = ("", "systemd-journald.service")
    together = {(one.unit, one.causes[0].kind.id) for one in diagnose(paths).incidents if one.unit not in in_two}
    each = [incident for path in paths for incident in diagnose([path]).incidents]
    assert together == {(one.unit, one.causes[0].kind.id) for one in each if one.unit not in in_two}
