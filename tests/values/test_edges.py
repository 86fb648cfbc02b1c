"""Values on the edges of the grammars, and what systemd made of each; found by asking it about values at random."""

from __future__ import annotations

import pytest

import unitlint

RELEASES = (247, 252, 254, 257, 262)
"""The releases of the columns."""

TAKEN, DROPPED, REFUSED = ".....", "wwwww", "RRRRR"
LETTERS = {"warned": "w", "ignored": "w", "refused": "R"}
BASE = {
    "Unit": ("edge.service", "[Service]\nExecStart=/bin/true\n[Unit]\n"),
    "Service": ("edge.service", "[Service]\nExecStart=/bin/true\n"),
    "Socket": ("edge.socket", "[Socket]\n"),
    "Timer": ("edge.timer", "[Timer]\nOnBootSec=1h\n"),
    "Mount": ("edge.mount", "[Mount]\nWhat=/dev/vdb\nWhere=/edge\n"),
}

EDGES = (
    # prefixes and limits are read as C does, and some words in any case
    ("Service.IPAddressDeny", "1.2.3.4/0x8", TAKEN),
    ("Service.IPAddressDeny", "::1/+5", TAKEN),
    ("Service.IPAddressDeny", "1.2.3.4/33", DROPPED),
    ("Service.IPAddressAllow", "Localhost.", TAKEN),
    ("Service.RestrictAddressFamilies", "af_inet AF_DECNET", TAKEN),
    ("Service.LimitNOFILE", "65:65:", TAKEN),
    ("Service.LimitNOFILE", "65:65:1", DROPPED),
    ("Service.SetCredential", "a:%c", TAKEN),
    ("Service.RebootArgument", "caf\u00e9", TAKEN),
    ("Socket.BindToDevice", "all", ".wwww"),
    ("Unit.Documentation", '""', DROPPED),
    ("Unit.Documentation", "%i", TAKEN),
    # time spans: each part must stay below the largest number of its unit
    ("Service.TimeoutStopSec", "584541y", TAKEN),
    ("Service.TimeoutStopSec", "584542y", DROPPED),
    ("Service.TimeoutStopSec", "18446744073708s", TAKEN),
    ("Service.TimeoutStopSec", "18446744073709s", DROPPED),
    ("Service.TimeoutStopSec", "\u0661", DROPPED),
    ("Service.MemoryMax", "\u0661", DROPPED),
    ("Timer.OnCalendar", "@7258118399", TAKEN),
    ("Timer.OnCalendar", "@7258118400", DROPPED),
    ("Timer.OnCalendar", "08:00 Europe/Berlin", TAKEN),
    ("Timer.OnCalendar", "08:00 Europe/Berln", DROPPED),
    # numbers in C notation
    ("Service.RestartForceExitStatus", "0x1f +0 -0 007", TAKEN),
    ("Service.RestartForceExitStatus", "SIGRTMIN+0x1", TAKEN),
    ("Service.RestartForceExitStatus", '"1"', DROPPED),
    ("Unit.FailureActionExitStatus", "0b11", TAKEN),
    ("Socket.ListenStream", "+80", TAKEN),
    ("Socket.ListenStream", "127.0.0.1:+80", TAKEN),
    ("Service.LimitAS", "18446744073709551615", DROPPED),
    ("Service.CPUAffinity", "4294967295", "....w"),
    ("Service.SystemCallErrorNumber", "eperm", TAKEN),
    ("Service.RestrictNetworkInterfaces", "+7", DROPPED),
    ("Socket.BindToDevice", "0x10", ".wwww"),
    # quotes that are none, or that nobody misses
    ("Service.AmbientCapabilities", 'CAP_KILL "CAP_SYS_ADMIN', TAKEN),
    ("Service.SecureBits", 'noroot "keep-caps', TAKEN),
    ("Service.SupplementaryGroups", '"wheel', TAKEN),
    # paths
    ("Service.RootDirectory", "/../srv", "RRR.."),
    ("Service.ReadWritePaths", "/srv/../var", DROPPED),
    ("Service.RuntimeDirectory", ".", DROPPED),
    ("Service.RuntimeDirectory", "./web", TAKEN),
    ("Service.ExecStartPost", "/opt/.", "...RR"),
    ("Service.ExecSearchPath", "/usr/bin::/bin", DROPPED),
    ("Service.OpenFile", "/", DROPPED),
    ("Service.OpenFile", "/etc/caf\u00e9", "wwwww"),
    ("Service.OpenFile", "/etc/caf\u00e9:menu", "ww..."),
    ("Service.LoadCredential", "key:/etc/keys/", TAKEN),
    ("Service.BindPaths", "/a:/b:rbind:x", DROPPED),
    ("Service.StandardOutput", "file:relative", DROPPED),
    ("Mount.Where", "/a%%b", REFUSED),
    ("Unit.ConditionPathExists", "! /etc/a", DROPPED),
    ("Unit.ConditionPathExists", "|!/etc/a", TAKEN),
    # a backslash takes the meaning from what it stands before, where nobody asked for escapes
    ("Service.LimitNOFILE", "1\\024", TAKEN),
    ("Service.LimitCORE", "infinit\\y", TAKEN),
    ("Unit.Documentation", "man\\:web(1)", DROPPED),
    ("Service.BindPaths", "/a\\q:/b", "....w"),
    ("Service.ExecStartPost", "n" * 300, "." + "RRRR"),
    ("Service.ExecStartPost", "/" + "n" * 300, "." + "RRRR"),
    ("Service.FinalKillSignal", "SIGRTMIN+ 1", DROPPED),
    ("Service.SocketBindAllow", "TCP:80", "w...."),
    ("Service.ExtensionImagePolicy", "root=verity:root=signed", "wwRRR"),
    ("Service.ExtensionImagePolicy", "root=sealed", "wwRR."),
    ("Socket.ListenStream", "vsock:2:4294967296", REFUSED),
    ("Socket.MessageQueueMessageSize", "8E", DROPPED),
    ("Service.DeviceAllow", "/dev/", TAKEN),
    ("Service.BindPaths", "/a  /b", "wwww."),
    ("Service.TasksMax", "099%", DROPPED),
    ("Service.CPUQuota", "0x10%", TAKEN),
    ("Service.StandardInput", "file", TAKEN),
    # names that came later, and one that no filter knows
    ("Service.SystemCallFilter", "execv", DROPPED),
    ("Service.SystemCallFilter", "futex_wait", "w...."),
    ("Service.SystemCallFilter", "@sandbox", "ww..."),
    ("Service.SystemCallFilter", "mseal", "www.."),
    ("Service.SystemCallArchitectures", "loongarch64", "www.."),
    ("Service.SuccessExitStatus", "KSM", "ww..."),
    ("Socket.ListenNetlink", "audit\t1", TAKEN),
    # data and names
    ("Service.StandardInputData", "Mon-", "www.."),
    ("Service.SetCredential", "key:", ".wwww"),
    ("Service.ImportCredential", "key:", "www.."),
    ("Service.Environment", "A=\x1b[0m", TAKEN),
    ("Service.LogNamespace", "a\\b", DROPPED),
    ("Service.DelegateSubgroup", "memory.max", "wwwww"),
    ("Service.DelegateSubgroup", "_main", "wwwww"),
    ("Service.DelegateSubgroup", "main", "ww..."),
    ("Service.DelegateNamespaces", "user", "wwwww"),
    ("Unit.RebootArgument", "caf\u00e9", ".wwww"),
    # words of systemd's about the unit, not the value
    ("Unit.Description", "%c", DROPPED),
    ("Unit.Description", "%%c", TAKEN),
    ("Timer.Unit", "dev-sda.device", DROPPED),
    # through the shell there need be no command
    ("Service.ExecStartPost", "| echo", TAKEN),
)


@pytest.mark.parametrize(("directive", "value", "outcomes"), EDGES, ids=lambda one: repr(one)[:40])
def test_edge(directive: str, value: str, outcomes: str) -> None:
    section, _, name = directive.partition(".")
    unit, text = BASE[section]
    found = ""
    for release in RELEASES:
        findings = unitlint.check_text(f"{text}{name}={value}\n", unit, profile="conform", systemd_version=release)
        effects = [LETTERS[one.effect] for one in findings if one.effect and one.line == text.count("\n") + 1]
        found += "R" if "R" in effects else "w" if effects else "."
    assert found == outcomes
