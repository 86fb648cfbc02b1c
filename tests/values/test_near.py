"""What may be meant by a value is itself a value that systemd accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint.api import check_text
from unitlint.catalogue import lookup, parser_of
from unitlint.values.near import nearest_accepted
from unitlint.values.problem import ValueContext
from unitlint.values.table import check_value

DIRECTIVES = ("MemoryMax", "LimitNOFILE", "TimeoutStopSec", "NoNewPrivileges", "Restart", "ProtectHome", "CPUQuota",
              "RestrictAddressFamilies", "WorkingDirectory", "UMask", "KillSignal", "SystemCallFilter")  # fmt: skip


def help_of(directive: str, value: str) -> str:
    text = f"[Service]\nExecStart=/bin/true\n{directive}={value}\n"
    (finding,) = (found for found in check_text(text, profile="conform") if found.line == 3)
    return str(finding.help)


@pytest.mark.parametrize(
    ("directive", "value", "meant"),
    [
        ("MemoryMax", "1,5G", "1.5G"),
        ("LimitNOFILE", "65,536", "65536"),
        ("LimitNOFILE", "65536,", "65536"),
        ("LimitNOFILE", "-1", "infinity"),
        ("TimeoutStopSec", "5 minuets", "5 minutes"),
        ("TimeoutStopSec", "90sec.", "90sec"),
        ("NoNewPrivileges", "yes;", "yes"),
        ("Restart", "true", "always"),
        ("Restart", "never", "no"),
        ("Restart", "unless-stopped", "always"),
        ("ProtectHome", "ro", "read-only"),
        ("RestrictAddressFamilies", "AF_INET,AF_INET6", "AF_INET AF_INET6"),
        ("IPAddressAllow", "any,localhost", "any localhost"),
        ("WorkingDirectory", "'/srv/app'", "/srv/app"),
        ("EnvironmentFile", "etc/default/web", "/etc/default/web"),
        ("LimitNOFILE", "1024,4096", "1024:4096"),
        ("CPUAffinity", "0-3;5", "0-3 5"),
        ("Environment", "MY-VAR=x", "MY_VAR=x"),
        ("RuntimeDirectoryMode", "rwxr-x---", "0750"),
        ("UMask", "0o22", "0022"),
        ("Environment", "PATH = /bin", "PATH=/bin"),
        ("RuntimeMaxSec", "month", "1 month"),
        ("RuntimeMaxSec", "5 mn", "5min"),
        ("KillSignal", "TERMINATE", "SIGTERM"),
        ("KillMode", "group", "control-group"),
        ("Type", "daemon", "forking"),
        ("SystemCallArchitectures", "amd64", "x86-64"),
        ("Personality", "i686", "x86"),
        ("SyslogLevel", "fatal", "crit"),
        ("IPAddressDeny", "all", "any"),
    ],
)
def test_the_help_names_the_nearest_correction(directive: str, value: str, meant: str) -> None:
    assert help_of(directive, value).startswith(f"did you mean `{meant}`?")


@pytest.mark.parametrize(
    ("directive", "value"),
    [
        ("LimitNOFILE", "100:10"),
        ("MemoryMax", "1,024M"),
        ("MemoryMax", "half"),
        ("TimeoutStopSec", "1:30"),
        ("KillSignal", "SIGFOO"),
        ("SuccessExitStatus", "SIGFOO"),
        ("User", "-1"),
        ("RestartSec", "never"),
        ("UMask", "rwxr-xr-x"),
    ],
)
def test_nothing_is_suggested_where_several_things_may_be_meant(directive: str, value: str) -> None:
    assert "did you mean" not in help_of(directive, value)


def test_a_protocol_is_not_taken_for_one_with_more_letters() -> None:
    (finding,) = check_text("[Socket]\nListenStream=80\nSocketProtocol=tcp\n", "a.socket", profile="conform")
    assert finding.help == "Accepted: mptcp, sctp, udplite."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("network", "network.target"),
        ("web", "web.service"),
        ("network.tagret", "network.target"),
        ("/dev/sda1", "dev-sda1.device"),
        ("/srv/data", "srv-data.mount"),
        ("a.service,b.service", "a.service b.service"),
    ],
)
def test_the_unit_that_is_meant_by_a_word(written: str, meant: str) -> None:
    (finding,) = check_text(f"[Unit]\nAfter={written}\n", "a.target", profile="conform")
    assert str(finding.help).startswith(f"did you mean `{meant}`?")


def test_a_variable_is_said_not_to_be_expanded() -> None:
    assert help_of("MemoryMax", "${LIMIT}").startswith("systemd does not expand variables here. Expected a size")


@pytest.mark.parametrize("directive", ["IPAddressAllow", "Delegate", "RestrictAddressFamilies", "SystemCallFilter"])
@pytest.mark.parametrize("value", ["any,localhost", "cpu,memory", "AF_INET,AF_INET6", "read,write", "@mount,@swap"])
def test_a_fix_writes_what_the_help_says(directive: str, value: str) -> None:
    text = f"[Service]\nExecStart=/bin/true\n{directive}={value}\n"
    for finding in check_text(text, profile="conform"):
        if finding.fix is not None and finding.line == 3:
            assert all(f"`{edit.new}`" in finding.help for edit in finding.fix.edits)


def test_what_is_lost_with_a_word_is_said() -> None:
    text = "[Service]\nExecStart=/bin/true\nRestrictAddressFamilies=AF_INET AF_FOO AF_UNIX\n"
    (since,) = check_text(text, profile="conform", systemd_version=261)
    assert since.message.endswith("; systemd ignores it and the rest of the line")
    (before,) = check_text(text, profile="conform", systemd_version=257)
    assert before.message.endswith("; systemd ignores this part")


@given(st.sampled_from(DIRECTIVES), st.text("0159,.;:-_'\"% kKMGsmeinuyo/AF@", max_size=12))
def test_what_is_suggested_is_accepted(directive: str, value: str) -> None:
    entry = lookup("unit", "Service", directive)
    assert entry is not None
    parser = parser_of(entry, 262) or ""
    context = ValueContext(262, "Service", directive, entry)
    for problem in check_value(parser, value, context):
        meant = nearest_accepted(parser, value, problem.start, problem.end, context)
        if meant is not None:
            assert check_value(parser, value[: problem.start] + meant + value[problem.end :], context) == ()
