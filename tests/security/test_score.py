"""The arithmetic, and the line that each assessment hangs on."""

from __future__ import annotations

import pytest

from unitlint.api import load_unit
from unitlint.security.score import Exposure, expose, kinds, rating_of
from unitlint.security.settings import service_settings
from unitlint.syntax.reader import read
from unitlint.units.merge import build_unit
from unitlint.units.unit import Unit


def service(text: str, drop_in: str = "", name: str = "x.service", scope: str = "system") -> Unit:
    fragment = read(f"[Service]\nExecStart=/bin/a\n{text}".encode(), name, frozenset(("Unit", "Service")))
    drop_ins = [read(f"[Service]\n{drop_in}".encode(), "drop.conf", frozenset(("Unit", "Service")))] if drop_in else []
    return build_unit(name, name, fragment, drop_ins, scope)


def place(exposure: Exposure, field: str) -> str | None:
    cause = next(one.cause for one in exposure.assessments if one.kind.field == field)
    return cause and f"{cause.path}:{cause.line}"


def badness(text: str, field: str, release: int = 257, **about: str) -> int | None:
    found = expose(service(text, **about), release)
    return next(one.badness for one in found.assessments if one.kind.field == field)


@pytest.mark.parametrize(
    ("tenths", "word"),
    [(0, "PERFECT"), (1, "SAFE"), (9, "SAFE"), (10, "OK"), (49, "OK"), (50, "MEDIUM"), (74, "MEDIUM"),
     (75, "EXPOSED"), (89, "EXPOSED"), (90, "UNSAFE"), (99, "UNSAFE"), (100, "DANGEROUS")],
)  # fmt: skip
def test_ratings(tenths: int, word: str) -> None:
    assert rating_of(tenths) == word


def test_bare_service_differs_by_release() -> None:
    assert expose(service(""), 252).value == 9.6
    assert expose(service(""), 254).value == 9.4  # PrivateMounts= has a third state, which counts as on
    assert expose(service(""), 252).rating == "UNSAFE"


def test_settings_that_a_release_does_not_know_count_nothing() -> None:
    assert "CAP_BPF" in str([kind.id for kind in kinds(252)])
    assert "CAP_BPF" not in str([kind.id for kind in kinds(247)])
    assert badness("PrivateTmp=disconnected\n", "PrivateTmp", 252) == 1
    assert badness("PrivateTmp=disconnected\n", "PrivateTmp", 257) == 0


def test_invalid_assignments_leave_what_was_there() -> None:
    assert badness("NoNewPrivileges=yes\nNoNewPrivileges=maybe\n", "NoNewPrivileges") == 0
    assert badness("NoNewPrivileges=yes\nNoNewPrivileges=no\n", "NoNewPrivileges") == 1


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("User=nobody\n", "UserOrDynamicUser", 9),
        ("User=root\nDynamicUser=yes\n", "UserOrDynamicUser", 10),
        ("DynamicUser=yes\n", "ProtectHome", 5),
        ("DynamicUser=yes\nProtectSystem=no\n", "ProtectSystem", 0),
        ("", "RemoveIPC", None),
        ("User=web\n", "RemoveIPC", 1),
        ("PrivateDevices=yes\n", "CapabilityBoundingSet_CAP_MKNOD", 0),
        ("PrivateDevices=yes\n", "DeviceAllow", 0),
        ("PrivateDevices=yes\nProtectClock=yes\n", "DeviceAllow", 5),
        ("IPAddressDeny=0.0.0.0/0\n", "IPAddressDeny", 10),
        ("IPAddressDeny=any\nIPAddressAllow=127.0.0.1 ::1\n", "IPAddressDeny", 2),
        ("IPAddressDeny=any\nIPAddressAllow=multicast\n", "IPAddressDeny", 5),
        ("SystemCallArchitectures=native\n", "SystemCallArchitectures", 0),
        ("SystemCallArchitectures=native x86\n", "SystemCallArchitectures", 8),
        ("SystemCallFilter=@system-service\n", "SystemCallFilter_mount", 0),
        ("SystemCallFilter=@system-service\n", "SystemCallFilter_resources", 9),
        ("SystemCallFilter=~@swap\n", "SystemCallFilter_mount", 10),
        ("SystemCallFilter=~ptrace\n", "SystemCallFilter_debug", 10),
        ("RestrictAddressFamilies=~AF_INET\n", "RestrictAddressFamilies_AF_INET_INET6", 0),
        ("RestrictAddressFamilies=AF_LOCAL\n", "RestrictAddressFamilies_AF_UNIX", 1),
        ("RestrictAddressFamilies=none\n", "RestrictAddressFamilies_OTHER", 0),
        ("RestrictNamespaces=~user\n", "RestrictNamespaces_user", 0),
        ("RestrictNamespaces=~user\n", "RestrictNamespaces_net", 1),
        ("RestrictNamespaces=net\nRestrictNamespaces=user\n", "RestrictNamespaces_user", 1),
        ("UMask=0007\n", "UMask", 2),
        ("Delegate=\n", "Delegate", 1),
    ],
)  # fmt: skip
def test_badness(text: str, field: str, expected: int | None) -> None:
    assert badness(text, field) == expected


def test_early_services_leave_some_settings_out() -> None:
    fragment = read(
        b"[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/a\n", "x", frozenset(("Unit", "Service"))
    )
    found = expose(build_unit("x.service", "x", fragment, []), 257)
    left_out = {one.kind.field for one in found.assessments if one.badness is None}
    assert {"PrivateTmp", "ProtectHome", "ProtectSystem", "RootDirectoryOrRootImage"} <= left_out


def test_services_of_users() -> None:
    assert badness("", "KeyringMode", scope="user") == 1
    assert badness("", "UserOrDynamicUser", 257, scope="user") == 10
    assert badness("", "UserOrDynamicUser", 262, scope="user") == 0
    assert badness("User=root\n", "UserOrDynamicUser", 262, scope="user") == 0
    assert badness("User=nobody\n", "UserOrDynamicUser", 262, scope="user") == 9
    assert badness("", "SupplementaryGroups", 257, scope="user") is None
    assert badness("", "SupplementaryGroups", 262, scope="user") == 0
    assert badness("User=a\n", "RemoveIPC", 262, scope="user") is None


def test_the_line_that_decides() -> None:
    found = expose(service("PrivateTmp=yes\n", drop_in="PrivateTmp=no\nNoNewPrivileges=yes\n"), 257)
    assert place(found, "PrivateTmp") == "drop.conf:2"
    assert place(found, "NoNewPrivileges") == "drop.conf:3"
    assert place(found, "ProtectHome") is None


def test_the_line_of_a_list_is_the_one_that_changed_it() -> None:
    text = "CapabilityBoundingSet=CAP_KILL CAP_CHOWN\nCapabilityBoundingSet=~CAP_KILL\n"
    found = expose(service(text), 257)
    assert place(found, "CapabilityBoundingSet_CAP_KILL") == "x.service:4"
    assert place(found, "CapabilityBoundingSet_CAP_CHOWN_FSETID_SETFCAP") == "x.service:3"


def test_what_a_switch_implies_is_put_down_to_the_switch() -> None:
    found = expose(service("ProtectKernelModules=yes\nDynamicUser=yes\n"), 257)
    assert place(found, "CapabilityBoundingSet_CAP_SYS_MODULE") == "x.service:3"
    assert place(found, "PrivateTmp") == "x.service:4"


def test_exposure_of_a_file(tmp_path: object) -> None:
    import unitlint

    (unit := tmp_path / "a.service").write_text("[Service]\nExecStart=/bin/a\n")  # type: ignore[operator]
    assert unitlint.exposure(unit, 252).value == 9.6
    assert unitlint.exposure(load_unit(unit)).rating == "UNSAFE"


@pytest.mark.parametrize(
    ("text", "directive", "value"),
    [
        ("", "NoNewPrivileges", "yes"),
        ("", "ProtectSystem", "strict"),
        ("ProtectSystem=full\n", "ProtectSystem", "strict"),
        ("", "PrivateTmp", "yes"),
        ("PrivateTmp=disconnected\n", "PrivateTmp", "disconnected"),
        ("PrivateTmp=no\n", "PrivateTmp", "yes"),
        ("", "ProtectHome", "read-only"),
        ("ProtectHome=tmpfs\n", "ProtectHome", "tmpfs"),
    ],
)
def test_what_a_dynamic_user_implies(text: str, directive: str, value: str) -> None:
    """Only what is off is switched on, but the file system is made read-only whatever was said of it."""
    assert service_settings(service(f"DynamicUser=yes\n{text}"), 257).values[directive] == value


@pytest.mark.parametrize("text", ["DynamicUser=no\n", "DynamicUser=no\nProtectSystem=full\n"])
def test_without_a_dynamic_user_nothing_is_implied(text: str) -> None:
    values = service_settings(service(text), 257).values
    assert values["ProtectSystem"] == ("full" if "full" in text else "no")
    assert (values["NoNewPrivileges"], values["PrivateTmp"], values["ProtectHome"]) == ("no", "no", "no")


@pytest.mark.parametrize(("policy", "held"), [("auto", "closed"), ("closed", "closed"), ("strict", "strict")])
def test_private_devices_close_only_what_is_left_open(policy: str, held: str) -> None:
    found = service_settings(service(f"PrivateDevices=yes\nDevicePolicy={policy}"), 257)
    assert found.values["DevicePolicy"] == held
    assert found.histories["DevicePolicy"][-1][0].directive == (
        "PrivateDevices" if policy == "auto" else "DevicePolicy"
    )


def test_what_a_drop_in_holds_behind_a_refused_line_counts_for_nothing() -> None:
    unit = service("PrivateTmp=yes\n", "DynamicUser=maybe\nPrivateTmp=no\n")
    assert service_settings(unit, 257).values["PrivateTmp"] == "yes"


def test_a_refused_unit_is_assessed_as_it_is_written() -> None:
    unit = service("UMask=0077\nDynamicUser=maybe\nUMask=CAP_KILL\nPrivateTmp=yes\n")
    values = service_settings(unit, 257).values
    assert (values["UMask"], values["PrivateTmp"], values["DynamicUser"]) == (0o077, "yes", "no")
