"""What several rules compute of a service: capabilities, system calls, families of sockets, amounts of memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.api import check_text, load_unit
from unitlint.checks.memory.limits import _cpus, above, amount
from unitlint.checks.sandbox.capabilities import capability_set, kept_from
from unitlint.checks.sandbox.facts import no_new_privileges
from unitlint.checks.sandbox.filters import filter_of
from unitlint.checks.sandbox.isolation import allowed
from unitlint.units.service import other_user, runs_as_root
from unitlint.units.unit import Unit
from unitlint.values.privileges import every_capability


@pytest.fixture
def service(tmp_path: Path):
    def load(*lines: str) -> Unit:
        path = tmp_path / "till.service"
        path.write_text("\n".join(["[Service]", "ExecStart=/usr/bin/till", *lines, ""]), encoding="utf-8")
        return load_unit(str(path))

    return load


class TestCapabilities:
    def test_unset_is_unknown(self, service):
        assert capability_set(service(), "CapabilityBoundingSet", 262) is None

    def test_lines_add_up(self, service):
        unit = service(
            "CapabilityBoundingSet=CAP_KILL", "CapabilityBoundingSet=cap_chown", "CapabilityBoundingSet=~CAP_KILL"
        )
        assert capability_set(unit, "CapabilityBoundingSet", 262) == {"CAP_CHOWN"}

    def test_inverted_first_line_takes_from_all(self, service):
        unit = service("CapabilityBoundingSet=~CAP_KILL", "CapabilityBoundingSet=~CAP_CHOWN")
        assert capability_set(unit, "CapabilityBoundingSet", 262) == every_capability() - {"CAP_KILL", "CAP_CHOWN"}

    def test_empty_is_none_at_all(self, service):
        unit = service("CapabilityBoundingSet=CAP_KILL", "CapabilityBoundingSet=")
        assert capability_set(unit, "CapabilityBoundingSet", 262) == frozenset()

    def test_switches_take_away(self, service):
        unit = service("ProtectClock=yes", "PrivateDevices=no")
        found = kept_from(unit, "CAP_SYS_TIME", 262)
        assert found is not None
        assert found.directive == "ProtectClock"
        assert kept_from(unit, "CAP_MKNOD", 262) is None


class TestSystemCalls:
    def test_allow_list_holds_what_systemd_adds(self, service):
        found = filter_of(service("SystemCallFilter=read"), 262)
        assert found is not None
        assert not found.denies("execve")
        assert not found.denies("read")
        assert found.denies("write")

    def test_the_first_line_decides_the_kind(self, service):
        found = filter_of(service("SystemCallFilter=~@mount", "SystemCallFilter=umount2"), 262)
        assert found is not None
        assert found.denies("mount")
        assert not found.denies("umount2")
        assert not found.denies("read")

    def test_groups_within_groups_and_error_numbers(self, service):
        found = filter_of(service("SystemCallFilter=@system-service", "SystemCallFilter=~read:EPERM @resources"), 262)
        assert found is not None
        assert found.denies("read")
        assert found.denies("setrlimit")
        assert not found.denies("socket")

    def test_every_call_is_known(self, service):
        found = filter_of(service("SystemCallFilter=@known"), 262)
        assert found is not None
        assert not found.denies("write")

    def test_reset(self, service):
        assert filter_of(service("SystemCallFilter=read", "SystemCallFilter="), 262) is None


class TestFamilies:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            ((), True),
            (("RestrictAddressFamilies=AF_INET",), False),
            (("RestrictAddressFamilies=AF_INET", "RestrictAddressFamilies=AF_UNIX"), True),
            (("RestrictAddressFamilies=none",), False),
            (("RestrictAddressFamilies=~AF_PACKET",), True),
            (("RestrictAddressFamilies=~AF_UNIX",), False),
            (("RestrictAddressFamilies=~AF_UNIX AF_PACKET", "RestrictAddressFamilies=AF_UNIX"), True),
        ],
    )
    def test_unix(self, service, lines, expected):
        assert allowed(service(*lines), ("AF_UNIX",)) is expected


class TestUsers:
    @pytest.mark.parametrize(
        ("lines", "root"),
        [
            ((), True),
            (("User=root",), True),
            (("User=0",), True),
            (("User=till",), False),
            (("DynamicUser=yes",), False),
        ],
    )
    def test_who(self, service, lines, root):
        unit = service(*lines)
        assert runs_as_root(unit) is root
        assert (other_user(unit) is None) is root

    def test_filters_imply_no_new_privileges_before_255(self, service):
        unit = service("User=till", "RestrictRealtime=yes")
        assert no_new_privileges(unit, 254) is not None
        assert no_new_privileges(unit, 255) is None
        assert no_new_privileges(service("RestrictRealtime=yes"), 254) is None


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("1K", ("size", 1024)),
            ("12.5%", ("percent", 12.5)),
            ("50‰", ("percent", 5)),
            ("infinity", ("size", float("inf"))),
            ("much", None),
            ("much%", None),
        ],
    )
    def test_amount(self, text, expected):
        assert amount(text) == expected

    def test_only_like_is_compared(self):
        assert above("2G", "1G")
        assert not above("1G", "1G")
        assert above("1024M", "1G", or_equal=True)
        assert not above("90%", "1K")


def test_cpus_are_counted(service):
    unit = service("AllowedCPUs=0-3,2 8")
    assert _cpus(unit.all("Service", "AllowedCPUs")) == 5
    assert _cpus(service("CPUAffinity=numa").all("Service", "CPUAffinity")) == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("SwapUsedLimit=120%", "UL104"),
        ("SwapUsedLimit=much", "UL103"),
        ("SwapUsedLimit=80.5%", None),
        ("DefaultMemoryPressureLimit=101%", "UL104"),
        ("DefaultMemoryPressureDurationSec=10ms", "UL104"),
        ("DefaultMemoryPressureDurationSec=infinity", "UL104"),
        ("DefaultMemoryPressureDurationSec=0", None),
        ("DefaultMemoryPressureDurationSec=", None),
    ],
)
def test_values_of_oomd_conf(line, code):
    findings = check_text(f"[OOM]\n{line}\n", "oomd.conf", profile="conform")
    assert [one.code for one in findings] == ([code] if code else [])
