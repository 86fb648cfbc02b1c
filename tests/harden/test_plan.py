"""What is proposed for a service, and what is left out because of what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.files.root_tree import RootTree
from unitlint.harden.plan import HardeningPlan, make_plan
from unitlint.syntax.reader import read
from unitlint.units.merge import build_unit


def plan(
    text: str, level: str = "safe", name: str = "app.service", scope: str = "system", release: int = 257
) -> HardeningPlan:
    document = read(text.encode(), name, frozenset(("Unit", "Service", "Install")))
    return make_plan(build_unit(name, name, document, [], scope), level, release)


def service(*lines: str, start: str = "/usr/bin/app") -> str:
    return "\n".join(["[Service]", f"ExecStart={start}", *lines, ""])


def settings(found: HardeningPlan) -> dict[str, str]:
    return {line.directive: line.value for line in found.lines}


def reason(found: HardeningPlan, directive: str) -> str:
    return next(one.reason for one in found.left_out if one.line.directive == directive)


def test_a_plain_daemon() -> None:
    found = plan(service())
    assert found.before.value == 9.4
    assert found.after.value <= 4.0
    assert found.left_out == ()
    assert settings(found)["ProtectSystem"] == "yes"
    assert settings(found)["CapabilityBoundingSet"].startswith("~CAP_SYS_PTRACE")


def test_levels_go_further() -> None:
    falls = [plan(service("User=app"), level).after.tenths for level in ("safe", "moderate", "strict")]
    assert falls == sorted(falls, reverse=True)
    assert len(set(falls)) == 3
    assert settings(plan(service("User=app"), "strict"))["ProtectSystem"] == "strict"


@pytest.mark.parametrize(
    ("text", "level", "directive", "why"),
    [
        (service(start="/usr/bin/java -jar /srv/a.jar"), "moderate", "MemoryDenyWriteExecute", "machine code"),
        (service(start="/srv/app/server.js"), "moderate", "MemoryDenyWriteExecute", "machine code"),
        (service("WorkingDirectory=/home/app"), "safe", "ProtectHome", "home directories (/home/app, app.service:3)"),
        (service("Environment=CONFIG=%h/app.conf"), "moderate", "ProtectHome", "home directories"),
        (service(start="/usr/bin/app --socket=/tmp/app.sock"), "safe", "PrivateTmp", "shares /tmp"),
        (service(start="/usr/bin/app /dev/ttyUSB0"), "moderate", "PrivateDevices", "opens devices"),
        (service("DeviceAllow=/dev/kvm rw"), "moderate", "PrivateDevices", "opens devices"),
        (service(start="/bin/sh -c 'modprobe x && exec app'"), "safe", "ProtectKernelModules", "loads kernel modules"),
        (service("ExecStartPre=/sbin/sysctl -p"), "safe", "ProtectKernelTunables", "changes kernel settings"),
        (service("AmbientCapabilities=CAP_SYS_TIME", "User=a"), "safe", "ProtectClock", "sets the clock (CAP_SYS_TIME"),
        (service("CPUSchedulingPolicy=fifo"), "safe", "RestrictRealtime", "realtime scheduling"),
        (service("PAMName=login"), "safe", "NoNewPrivileges", "programs with more privileges"),
        (service("Delegate=yes"), "safe", "ProtectControlGroups", "manages control groups"),
        (service(start="/usr/sbin/sshd -D"), "safe", "NoNewPrivileges", "runs other programs"),
        (service(start="/usr/bin/dockerd"), "strict", "CapabilityBoundingSet", "runs other programs"),
        ("[Unit]\nDefaultDependencies=no\n" + service(), "safe", "PrivateTmp", "runs in early boot"),
    ],
)
def test_what_a_service_needs_is_left_alone(text: str, level: str, directive: str, why: str) -> None:
    found = plan(text, level)
    assert directive not in settings(found)
    assert why in reason(found, directive)


def test_words_of_arguments_are_no_programs() -> None:
    assert plan(service(start="/usr/bin/app --backend=systemd --user cron")).left_out == ()


def test_calls_and_capabilities_that_are_needed_leave_the_lists() -> None:
    found = settings(plan(service(start="/usr/sbin/ntpd -g")))
    assert "@clock" not in found["SystemCallFilter"]
    assert "@swap" in found["SystemCallFilter"]
    assert "CAP_WAKE_ALARM" not in found["CapabilityBoundingSet"]


def test_ports_and_capabilities_of_other_users_stay() -> None:
    found = plan(service("User=web", "AmbientCapabilities=CAP_NET_BIND_SERVICE"))
    assert settings(found)["CapabilityBoundingSet"] == "CAP_NET_BIND_SERVICE"
    assert settings(plan(service("User=web")))["CapabilityBoundingSet"] == ""
    # A command with full rights still needs them.
    assert settings(plan(service("User=web", "ExecStartPre=!/usr/bin/prepare")))["CapabilityBoundingSet"] != ""


def test_local_sockets_stay_open_for_notify_and_logging() -> None:
    for level in ("safe", "moderate", "strict"):
        found = settings(plan(service("Type=notify", "User=a"), level))
        assert "AF_UNIX" in found["RestrictAddressFamilies"]


def test_what_the_author_says_stays() -> None:
    found = plan(service("NoNewPrivileges=no", "SystemCallFilter=@system-service", "MemoryMax=1G"))
    assert not {"NoNewPrivileges", "SystemCallFilter", "SystemCallErrorNumber", "MemoryMax"} & settings(found).keys()


def test_writable_paths_become_folders_that_systemd_makes() -> None:
    text = service("User=app", "ProtectSystem=strict", "ReadWritePaths=/var/lib/app /var/cache/app/x /srv/data")
    assert "StateDirectory" not in settings(plan(text))
    found = settings(plan(text, "moderate"))
    assert (found["StateDirectory"], found["CacheDirectory"]) == ("app", "app")
    assert found["StateDirectoryMode"] == "0750"
    strict = settings(plan(service("User=app", "WorkingDirectory=/srv/app", "PIDFile=/run/app/pid"), "strict"))
    assert strict["ReadWritePaths"] == "-/srv/app"
    assert (strict["RuntimeDirectory"], strict["RuntimeDirectoryPreserve"]) == ("app", "yes")


def test_limits_say_how_to_size_them() -> None:
    found = {line.directive: line for line in plan(service()).lines}
    assert "MemoryPeak" in found["MemoryMax"].why
    assert "TasksCurrent" in found["TasksMax"].why


def test_user_services_get_what_works_there() -> None:
    found = plan(service(), scope="user")
    assert "SystemCallFilter" in settings(found)
    assert not {"PrivateTmp", "ProtectSystem", "CapabilityBoundingSet"} & settings(found).keys()


def test_only_what_the_release_knows() -> None:
    assert "PrivateIPC" in settings(plan(service("User=a"), "strict", release=252))
    assert "systemd 247 does not know it" in reason(plan(service("User=a"), "strict", release=247), "PrivateIPC")


@pytest.mark.parametrize(
    ("data", "directive", "level"),
    [
        (b"\x7fELF\2\1\1\0\0mount\0", "RestrictNamespaces", "safe"),
        (b"\x7fELF\2\1\1\0\0clock_settime\0", "ProtectClock", "safe"),
        (b"\x7fELF\1\1\1\0\0printf\0", "SystemCallArchitectures", "safe"),
        (b"\x7fELF\2\1\1\0\0libluajit-5.1.so.2\0", "MemoryDenyWriteExecute", "moderate"),
        (b"#!/bin/sh\nsysctl -w net.ipv4.ip_forward=1\n", "ProtectKernelTunables", "safe"),
        (b"#!/usr/bin/node\nserve()\n", "MemoryDenyWriteExecute", "moderate"),
    ],
)
def test_the_program_itself_is_looked_at(tmp_path: Path, data: bytes, directive: str, level: str) -> None:
    (tmp_path / "usr" / "bin").mkdir(parents=True)
    (tmp_path / "usr" / "bin" / "app").write_bytes(data)
    document = read(service().encode(), "app.service", frozenset(("Service",)))
    unit = build_unit("app.service", "app.service", document, [])
    assert directive in settings(make_plan(unit, level, 257))
    found = make_plan(unit, level, 257, RootTree(str(tmp_path)))
    assert directive not in settings(found)
    assert "what /usr/bin/app holds" in reason(found, directive)


def test_strict_limits_swap_together_with_memory() -> None:
    strict = settings(plan(service(), "strict"))
    assert (strict["MemoryMax"], strict["MemorySwapMax"]) == ("75%", "0")
    assert "MemorySwapMax" not in settings(plan(service(), "moderate"))
    assert "MemorySwapMax" not in settings(plan(service("MemoryMax=1G"), "strict"))


@pytest.mark.parametrize(
    "directive", ["NoNewPrivileges", "RestrictSUIDSGID", "RemoveIPC", "PrivateTmp", "ProtectSystem"]
)
def test_what_a_dynamic_user_implies_is_not_proposed(directive: str) -> None:
    assert directive not in settings(plan(service("DynamicUser=yes"), "strict"))
    assert directive in settings(plan(service("User=app"), "strict"))
