"""Files with the name of a Quadlet: which of them are, and which belong to systemd-networkd or to nobody we know."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from unitlint.base.late_patterns import late_pattern
from unitlint.base.safe_read import CannotReadError, read_bytes
from unitlint.catalogue.quadlet import COMMON, SECTIONS
from unitlint.files.classify import name_of_file, without_suffix
from unitlint.files.names import drop_in_folders, drop_in_names, quadlet_type, service_of
from unitlint.files.search_path import QUADLET_PATH
from unitlint.files.source import Source, UnitFiles
from unitlint.syntax.wide_text import as_narrow
from unitlint.values.unit_name import MAX_LENGTH

TYPE_CHECKING = False

MAX_BYTES = 1024 * 1024
"""Nobody writes a larger one by hand, but disk images and archives have such names, too."""
NETWORKD = "not a Podman Quadlet but a file of systemd-networkd"

_SECTION = late_pattern(rb"(?m)^[ \t]*\[([A-Za-z-]+)\]")
_SERVICE_NAME = late_pattern(rb"(?m)^[ \t]*ServiceName[ \t]*=[ \t]*([^\s%{}<>$]+)[ \t]*$")
_PASSED_ON = {b"Unit", b"Service", b"Install", COMMON.encode()}
_OF_NETWORKD = {
    b"Match", b"Link", b"Address", b"Route", b"Neighbor", b"NextHop", b"DHCPv4", b"DHCPv6", b"DHCPServer", b"DHCP",
    b"IPv6AcceptRA", b"IPv6SendRA", b"RoutingPolicyRule", b"Bridge", b"BridgeVLAN",
}  # fmt: skip
_KEY_OF_NETWORKD = re.compile(
    rb"^[ \t]*(?:DHCP|Address|LinkLocalAddressing|IPv6AcceptRA|VLAN|Bridge|Bond|MACVLAN|VXLAN|Tunnel|VRF|IPMasquerade"
    rb"|IPForward|IPv4Forwarding|MulticastDNS|LLMNR|LLDP|EmitLLDP|Domains|NTP|DNSSEC|DHCPServer|BindCarrier"
    rb"|ConfigureWithoutCarrier|KeepConfiguration|DNSDefaultRoute|IPv6PrivacyExtensions)[ \t]*=",
    re.MULTILINE,
)


def read_quadlet(path: str, kind: str, name: str, link: str | None = None) -> Source:
    """The file as a Source of the kind ``quadlet``, named as the service that the generator makes of it.

    Of a drop-in (``quadlet-dropin``) the kind is ``dropin``; of what is no Quadlet ``skip``, whatever it is.
    """
    scope = scope_of(path)
    try:
        if os.stat(path).st_size > MAX_BYTES:
            return Source(path, "skip", name, note="too large for a Podman Quadlet", link=link, scope=scope)
        data = read_bytes(path)
    except (CannotReadError, OSError) as obstacle:
        return Source(path, "error", name, note=str(obstacle), link=link, scope=scope)
    return recognised(path, kind, name, data, link)


def recognised(path: str, kind: str, name: str, data: bytes, link: str | None = None) -> Source:
    """The same of a file whose content is known."""
    scope = scope_of(path)
    quadlet = name if kind == "quadlet-dropin" and "." not in name else quadlet_type(name)
    section = SECTIONS[quadlet].encode()
    sections = set(_SECTION.findall(as_narrow(data)))
    if quadlet == "network" and _is_of_networkd(path, data, sections):
        return Source(path, "skip", name, note=NETWORKD, link=link, scope=scope)
    is_template = kind == "quadlet" and bool(without_suffix(path)[1])  # other programs have such names as well
    telling = {section} if is_template else {section, *_PASSED_ON}
    if not sections & telling and not (not is_template and _is_in_search_path(path) and _is_text(data)):
        note = f"not a Podman Quadlet: it has no section [{SECTIONS[quadlet]}]"
        return Source(path, "skip", name, note=note, link=link, scope=scope)
    if kind == "quadlet-dropin":
        return Source(path, "dropin", name, data, link=link, scope=scope)
    named = _SERVICE_NAME.findall(data) if section in sections else None
    service = f"{named[-1].decode('utf-8', 'replace')}.service" if named else service_of(name)
    if len(service) > MAX_LENGTH:  # no name of a unit
        service = service_of(name)
    return Source(path, "quadlet", service, data, link=link, scope=scope)


def scope_of(path: str) -> str:
    """``user`` for the folders of rootless containers, else ``system``."""
    whole = "/" + path.replace(os.sep, "/")
    rootless = "/.config/containers/systemd/" in whole or "/containers/systemd/users/" in whole
    return "user" if rootless else "system"


def _is_of_networkd(path: str, data: bytes, sections: set[bytes]) -> bool:
    if "/systemd/network/" in "/" + path.replace(os.sep, "/") or sections & _OF_NETWORKD:
        return True
    return not sections & _PASSED_ON and _KEY_OF_NETWORKD.search(data) is not None


def _is_in_search_path(path: str) -> bool:
    return "containers/systemd/" in path.replace(os.sep, "/")


def _is_text(data: bytes) -> bool:
    return b"\0" not in data


if TYPE_CHECKING:
    FindDropIns = Callable[[Iterable[str]], tuple[Source, ...]]


def generated_units(
    quadlets: Mapping[str, list[Source]], find_drop_ins: FindDropIns, scope: str
) -> Iterator[tuple[UnitFiles, list[str]]]:
    """The units of one tree that are generated, each with the drop-in folders that count for it.

    Of files of one name that of the first folder counts, and those below it are out of sight (quadlet's
    loadUnitsFromDir).  Files of two names may make the same service; the generator keeps one of them, but both are
    units here, so that both are checked.
    """
    for service, sources in quadlets.items():
        by_file: dict[str, Source] = {}
        for source in sorted(sources, key=_rank):
            by_file.setdefault(name_of_file(source.path), source)
        for name, source in by_file.items():
            of_file = [f"{stem}.d" for stem in drop_in_names(name)]
            of_service = list(drop_in_folders(service))
            drop_ins = (*find_drop_ins(of_file), *find_drop_ins(of_service))
            yield UnitFiles(service, "unit", scope, source, drop_ins), [*of_file, *of_service]


def _rank(source: Source) -> int:
    path = "/" + source.path.replace(os.sep, "/")
    return next((number for number, part in enumerate(QUADLET_PATH) if "/" + part in path), len(QUADLET_PATH))
