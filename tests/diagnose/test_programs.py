"""What the kernel says of a process is told of the service whose command it is, where unit files are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.diagnose.run import diagnose

APPARMOR = (
    'Mar 02 10:00:00 host kernel: audit: type=1400 audit(1700000000.123:45): apparmor="DENIED" operation="open" '
    'profile="{profile}" name="/srv/a.db" pid=812 comm="{comm}" requested_mask="r" denied_mask="r" fsuid=110 ouid=0'
)
UNITS = {
    "bind9.service": "[Service]\nExecStart=/usr/sbin/named -f\n",
    "mariadb.service": "[Service]\nExecStart=-/usr/sbin/mysqld\nExecStop=/bin/kill $MAINPID\n",
    "long.service": "[Service]\nExecStart=/opt/a/a-program-with-a-long-name\n",
    "one.service": "[Service]\nExecStart=/usr/bin/python3 /srv/one.py\n",
    "two.service": "[Service]\nExecStart=/usr/bin/python3 /srv/two.py\n",
}


@pytest.mark.parametrize(
    ("profile", "comm", "unit", "confidence"),
    [
        ("/usr/sbin/named", "isc-net-0000", "bind9.service", "high"),
        ("/usr/sbin/mysqld//child", "x", "mariadb.service", "high"),
        ("mysqld", "mysqld", "mariadb.service", "medium"),
        ("a", "a-program-with-", "long.service", "medium"),
        ("python3", "python3", "", "high"),
        ("/bin/kill", "kill", "", "high"),
        ("/opt/named", "else", "", "high"),
    ],
)
def test_apparmor(profile: str, comm: str, unit: str, confidence: str, tmp_path: Path) -> None:
    folder = tmp_path / "units"
    folder.mkdir()
    for name, text in UNITS.items():
        (folder / name).write_text(text)
    log = tmp_path / "kern.log"
    log.write_text(APPARMOR.format(profile=profile, comm=comm) + "\n")
    (incident,) = diagnose([str(log)], units=[str(folder)]).incidents
    (cause,) = incident.causes
    assert (incident.unit, cause.kind.id, cause.confidence) == (unit, "apparmor-denied", confidence)
    assert cause.caused_by == "environment"
    assert not diagnose([str(log)]).incidents[0].unit


def test_in_a_root_tree(tmp_path: Path) -> None:
    folder = tmp_path / "root/usr/lib/systemd/system"
    folder.mkdir(parents=True)
    (folder / "bind9.service").write_text(UNITS["bind9.service"])
    log = tmp_path / "kern.log"
    log.write_text(APPARMOR.format(profile="/usr/sbin/named", comm="named") + "\n")
    (incident,) = diagnose([str(log)], root=str(tmp_path / "root")).incidents
    assert incident.unit == "bind9.service"


def test_joined_with_what_the_manager_says_of_the_unit(tmp_path: Path) -> None:
    (tmp_path / "bind9.service").write_text(UNITS["bind9.service"])
    log = tmp_path / "kern.log"
    log.write_text(
        APPARMOR.format(profile="/usr/sbin/named", comm="named") + "\n"
        "Mar 02 10:00:01 host systemd[1]: bind9.service: Main process exited, code=exited, status=1/FAILURE\n"
        "Mar 02 10:00:01 host systemd[1]: bind9.service: Failed with result 'exit-code'.\n"
    )
    (incident,) = diagnose([str(log)], units=[str(tmp_path / "bind9.service")]).incidents
    assert [cause.kind.id for cause in incident.causes] == ["apparmor-denied", "exit-status"]
