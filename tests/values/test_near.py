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
    ],
)
def test_the_help_names_the_nearest_correction(directive: str, value: str, meant: str) -> None:
    assert help_of(directive, value).startswith(f"did you mean `{meant}`?")


@pytest.mark.parametrize(
    ("directive", "value"),
    [("LimitNOFILE", "100:10"), ("MemoryMax", "1,024M"), ("MemoryMax", "half"), ("TimeoutStopSec", "1:30")],
)
def test_nothing_is_suggested_where_several_things_may_be_meant(directive: str, value: str) -> None:
    assert "did you mean" not in help_of(directive, value)


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
