"""UL706: Before= a target of early boot, in a unit that by default comes after it (bootup(7))."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import references
from unitlint.rules.model import Context, Hit, Place
from unitlint.rules.typed import boolean
from unitlint.units.unit import Unit

BEFORE_SYSINIT = frozenset((
    "sysinit.target", "local-fs.target", "local-fs-pre.target", "swap.target", "cryptsetup.target",
    "systemd-udevd.service", "systemd-udev-trigger.service", "systemd-modules-load.service", "systemd-sysctl.service",
    "systemd-tmpfiles-setup.service", "systemd-tmpfiles-setup-dev.service", "systemd-remount-fs.service",
))  # fmt: skip
"""What sysinit.target waits for, and itself."""
BEFORE_BASIC = frozenset(("basic.target", "sockets.target", "paths.target"))


def check(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each such name; of the user manager only basic.target is known."""
    if not unit.has_fragment or unit.masked or unit.scope != "system":
        return
    default = unit.last("Unit", "DefaultDependencies")
    if default is not None and boolean(default.value) is False:
        return
    related: tuple[tuple[Place, str], ...] = () if default is None else ((default, "not switched off here"),)
    for one in references(unit, "Before"):
        if one.name in BEFORE_SYSINIT:
            anchor = "sysinit.target"
        elif one.name in BEFORE_BASIC and unit.type == "service":
            anchor = "basic.target"
        else:
            continue
        yield Hit(one.line, {"name": one.name, "anchor": anchor, "type": unit.type}, related, span=one.span)
