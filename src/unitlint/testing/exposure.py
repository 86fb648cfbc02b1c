"""What tests say of a service's sandbox; ``unitlint.testing`` offers them."""

from __future__ import annotations

import os

from unitlint.catalogue import NEWEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.security.score import Assessment, Exposure
    from unitlint.units.unit import Unit

SHOWN = 5


def assert_exposure(unit: Unit | str | os.PathLike[str], *, at_most: float, systemd_version: int = NEWEST) -> Exposure:
    """Fails where the service (a unit or the path of one) is exposed more than ``at_most``, 0.0 to 10.0.

    Gives the exposure back.  Raises UnitlintError for a path that is no unit's.
    """
    from unitlint.api import exposure

    found = exposure(unit, systemd_version)
    if found.value > at_most:
        costly = sorted((one for one in found.assessments if one.exposure), key=lambda one: -one.exposure)
        head = f"{found.unit.name} is exposed {found.value} ({found.rating}), more than {at_most}; what costs most:"
        raise AssertionError("\n".join([head, *map(_line, costly[:SHOWN])]))
    return found


def assert_hardened(unit: Unit | str | os.PathLike[str], *assessments: str, systemd_version: int = NEWEST) -> Exposure:
    """Fails where one of the assessments costs anything; without names, where the rating is worse than OK.

    An assessment is a directive, which stands for all that hangs on it (``"CapabilityBoundingSet"``), or one by
    systemd's name of it (``"CapabilityBoundingSet=~CAP_SYS_ADMIN"``).  What does not apply costs nothing.
    Raises UnitlintError for a name that no assessment has.
    """
    from unitlint.api import exposure

    if not assessments:
        return assert_exposure(unit, at_most=4.9, systemd_version=systemd_version)
    found = exposure(unit, systemd_version)
    failed = [one for name in assessments for one in _named(found, name) if one.badness]
    if failed:
        head = f"{found.unit.name} is not hardened at systemd {systemd_version}:"
        raise AssertionError("\n".join([head, *map(_line, failed)]))
    return found


def _named(found: Exposure, name: str) -> list[Assessment]:
    wanted = name.removesuffix("=")
    named = [
        one for one in found.assessments if name == one.kind.id or wanted in one.kind.id.partition("~")[0].split("/")
        or f"{wanted}=" in one.kind.id.partition("~")[0].split("/")
    ]  # fmt: skip
    if not named:
        from unitlint.base.errors import UnitlintError
        from unitlint.base.likeness import did_you_mean

        names = [part.partition("=")[0] for one in found.assessments for part in one.kind.id.split("/")]
        raise UnitlintError(f"systemd assesses no `{name}`", hint=did_you_mean(wanted, names))
    return named


def _line(one: Assessment) -> str:
    from unitlint.security.wording import gain

    place = f" ({one.cause.path}:{one.cause.line})" if one.cause is not None else ""
    return f"  {one.exposure / 10} {one.kind.id} {gain(one)}{place}"
