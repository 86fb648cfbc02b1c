"""Names in After= and its like that are one slip away from a service that most people know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from unitlint.checks.dependencies.misspelt import OF_SYSTEMD, is_known_name, system_units
from unitlint.checks.references import keys_of, names_of, references
from unitlint.files.names import template_of
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

DIRECTIVES = ("After", "Before", "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds")
_KEYS = keys_of(DIRECTIVES)
SUFFIX = ".service"
SHORTEST = 6
"""Shorter names are too near to each other."""
WELL_KNOWN = (
    "NetworkManager NetworkManager-wait-online apache2 avahi-daemon bluetooth chronyd containerd cups-browsed docker"
    " elasticsearch fail2ban firewalld grafana-server haproxy influxdb kubelet libvirtd mariadb memcached mongod"
    " mosquitto named-chroot networking nfs-server ntpsec openvpn php-fpm podman postgresql prometheus rabbitmq-server"
    " redis-server rpcbind rsyslog tailscaled unattended-upgrades wpa_supplicant zookeeper"
)
"""Services that units of others are ordered after, by the names of Debian's and Fedora's packages."""


def misspelt_service(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent for units of the checked set and of packages, and under a root directory, which tells what is there."""
    if context.root is not None or unit.masked:
        return
    if not any(map(_meant, names_of(unit, _KEYS))):
        return
    for reference in references(unit, *DIRECTIVES):
        name = reference.name
        guess = _meant(name) if name not in context.units else None
        if guess is not None and guess != unit.name:
            fields = {"name": name, "guess": guess}
            yield Hit(reference.line, fields, span=reference.span, suggestion=f"Write `{guess}`.", replacement=guess)


@lru_cache(maxsize=1)
def _well_known() -> frozenset[str]:
    return frozenset((*(f"{stem}{SUFFIX}" for stem in WELL_KNOWN.split()), *(_of_systemd())))


def _of_systemd() -> list[str]:
    return [name for name in system_units() if name.startswith(OF_SYSTEMD) and name.endswith(SUFFIX)]


@lru_cache(maxsize=4096)
def _meant(name: str) -> str | None:
    """The only well-known service one slip away; a letter more at an end makes another name (dockerd, mysql2)."""
    if not name.endswith(SUFFIX) or name in _well_known():
        return None
    stem = name.removesuffix(SUFFIX)
    if len(stem) < SHORTEST or "@" in stem or "%" in stem or is_known_name(template_of(name) or name):
        return None
    if not stem.startswith(OF_SYSTEMD) and _shape(stem) not in _shapes():
        return None
    from unitlint.base.likeness import one_slip_away

    near = [other for other in one_slip_away(stem, SUFFIX, _well_known()) if _is_slip(stem, other[: -len(SUFFIX)])]
    return near[0] if len(near) == 1 else None


def _shape(stem: str, more: int = 0) -> tuple[str, str, int]:
    """What two names that :func:`_is_slip` takes have in common, but for one letter ``more`` or less."""
    return stem[0], stem[-1], len(stem) + more


@lru_cache(maxsize=1)
def _shapes() -> frozenset[tuple[str, str, int]]:
    """Those of the well-known services: most names have another one, and need not be compared letter by letter."""
    stems = [name.removesuffix(SUFFIX) for name in _well_known()]
    return frozenset([_shape(stem, more) for stem in stems for more in (-1, 0, 1)])


def _is_slip(stem: str, other: str) -> bool:
    if stem.startswith(OF_SYSTEMD):
        return True
    return stem[0] == other[0] and stem[-1] == other[-1] and stem.replace("-", "") != other.replace("-", "")
