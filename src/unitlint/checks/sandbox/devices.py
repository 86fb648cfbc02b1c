"""UL412 and UL413: devices that a service is given and does not get (namespace.c: mount_private_dev, cgroup.c)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import SECTION, on
from unitlint.checks.sandbox.view import is_below
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

PSEUDO = (
    "null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts", "shm", "mqueue", "hugepages", "log", "console",
)  # fmt: skip
"""What a private /dev holds."""
PSEUDO_CLASSES = ("char-pts", "char-mem", "char-tty", "char-random")


def hidden(unit: Unit, _context: Context) -> Iterator[Hit]:
    """DeviceAllow= of a node that a private /dev does not have, unless it is bound into it."""
    private = on(unit, "PrivateDevices")
    if private is None:
        return
    binds = [
        line.value
        for name in ("BindPaths", "BindReadOnlyPaths")
        for line in unit.all(SECTION, name)
        if "/dev" in line.value
    ]
    for line in unit.all(SECTION, "DeviceAllow"):
        device = line.value.split()[0] if line.value.split() else ""
        name = device.removeprefix("/dev/")
        if not device or "%" in device or any(is_below(name, one) for one in PSEUDO) or device in PSEUDO_CLASSES:
            continue
        if not binds:
            yield Hit(line, {"device": device}, ((private, "hides the devices of the machine"),))


def strict_without_null(unit: Unit, _context: Context) -> Iterator[Hit]:
    """DevicePolicy=strict lets only through what is listed, so not even /dev/null."""
    policy = unit.last(SECTION, "DevicePolicy")
    if policy is None or policy.value != "strict" or not unit.has_fragment:
        return
    allowed = [line.value.split()[0] for line in unit.all(SECTION, "DeviceAllow") if line.value.split()]
    if not any(one in ("/dev/null", "char-mem", "char-*") for one in allowed):
        yield Hit(policy)
