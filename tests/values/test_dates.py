"""The release from which, or up to which, systemd takes a value: what real systemds said, and the history of systemd
for the releases between."""

from __future__ import annotations

import pytest

from tests.values.test_edges_by_release import outcome, told

ALL = range(250, 263)
"""The releases of the columns."""

DATES = (
    #                                                       250          262
    ("Service.ImportCredential", "a:b", "wwwwwww......"),
    ("Service.ImportCredential", "a", "wwww........."),
    ("Service.SetCredentialEncrypted", "a:ab-_", "wwwww........"),
    ("Service.RootDirectory", "/../a", "RRRRR........"),
    ("Service.PIDFile", "/proc/x", "......RRRRRRR"),
    ("Socket.ListenFIFO", "/sys/x", "RRRRRRwwwwwww"),
    ("Service.SocketBindDeny", "0", "wwwwww......."),
    ("Unit.RebootArgument", "\u00e9", "..w.w.wwwwwww"),
    ("Service.CPUSchedulingPriority", "99", "ww..........."),
    ("Service.CPUSchedulingPolicy", "1", "............."),
    ("Service.CPUSchedulingPolicy", "20", "..........www"),
    ("Service.SuccessExitStatus", "BPF", "............."),
    ("Service.SuccessExitStatus", "MEMORY_THP", "wwwwwwwwww..."),
    ("Service.BindPaths", "/a  /b", "wwwwwwwwww..."),
    ("Service.RootImagePolicy", "root=foo", "wwwwRRRRR...."),
    ("Service.MountImagePolicy", "foo=verity", "wwwwRRRRR...."),
    ("Service.WorkingDirectory", "/proc/x", "......R......"),
    ("Service.WorkingDirectory", "-/sys/x", "......w......"),
    ("Service.RestrictNetworkInterfaces", "poweroff-immediate", "wwwwww......."),
    ("Service.MountImages", "/proc/x:/a", "......wwwwwww"),
    ("Swap.What", "%m", "wwwwwwRRRRRRR"),
    ("Service.ConfigurationDirectory", "a::ro", "wwwwwww......"),
)
IN_API = "[Service]\nExecStart=/bin/true\nWorkingDirectory=/dev/shm\n"
NAMESPACES = (
    ("PrivateDevices=yes", "......RRRRRRR"),
    ("PrivateTmp=yes", "......R...RRR"),
    ("ReadOnlyPaths=/a", "......RRRRRRR"),
    ("PrivateUsers=yes", "......R......"),
)


@pytest.mark.parametrize(("directive", "value", "outcomes"), DATES, ids=lambda part: repr(part)[:40])
def test_value(directive: str, value: str, outcomes: str) -> None:
    assert told(directive, value, ALL) == outcomes


@pytest.mark.parametrize(("line", "outcomes"), NAMESPACES)
def test_working_directory_below_the_api_file_systems(line: str, outcomes: str) -> None:
    found = "".join(outcome(f"{IN_API}{line}\n", "edge.service", 3, release) for release in ALL)
    assert found == outcomes


def test_months_of_nanoseconds() -> None:
    """time-util.c, parse_nsec: M since 240."""
    assert told("Service.TimerSlackNSec", "1M", (239, 240)) == "w."
    assert told("Service.TimerSlackNSec", "1month", (239, 240)) == ".."


@pytest.mark.parametrize("address", ["0.0.0.0: 93", "[::]: +93", "1.2.3.4:\t5"])
def test_blanks_before_the_port_of_an_address(address: str) -> None:
    assert told("Socket.ListenStream", address, range(245, 255)) == ".....wwwww"


@pytest.mark.parametrize(
    ("directive", "value", "outcomes"),
    [("Service.PIDFile", "/var/run/a.pid", ".wwww"), ("Socket.ListenStream", "/var/run/a", "...ww")],
)
def test_words_on_the_old_name_of_run(directive: str, value: str, outcomes: str) -> None:
    assert told(directive, value, range(239, 244)) == outcomes
