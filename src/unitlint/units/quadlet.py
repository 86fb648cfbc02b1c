"""What Podman's generator adds to a service (quadlet.go: ConvertContainer and its kin)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.catalogue.quadlet import COMMON, SECTIONS
from unitlint.files.names import quadlet_type, service_of
from unitlint.syntax.document import Assignment, Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.unit import Unit

PODMAN = "/usr/bin/podman"
LISTS = frozenset((
    "After", "BindsTo", "Environment", "ExecReload", "ExecStart", "ExecStartPre", "ExecStop", "ExecStopPost",
    "Requires", "RequiresMountsFor", "Wants",
))  # fmt: skip
"""Directives to which a line is added; the others are set where the file does not set them."""
OVERRIDDEN_IN_PODS = ("Type", "Restart")
"""The generator sets these whatever a .pod file says."""
WAIT_ONLINE = {"system": "network-online.target", "user": "podman-user-wait-network-online.service"}
_MEMORY_OPTION = late_pattern(r"(?i)(?:^|\s)(?:--memory|-m)[= ](\d+[bkmgt]?)(?=\s|$)")


class GeneratedLine(NamedTuple):
    """A line that is added, and the line of the file which it comes of, if there is one."""

    section: str
    directive: str
    value: str
    source: Assignment | None = None


def generate(unit: Unit, fragment: Document, own: Collection[int]) -> None:
    """Adds to the unit's effective values what the generator writes; ``own`` are the documents that it reads.

    Drop-ins of the generated service come after all of that. Added lines stand, for those who report on them, where the
    key stands that they come of, or at the header of the Quadlet's own section.
    """
    header = next((one.line for one in fragment.headers if one.name == SECTIONS[unit.quadlet]), 1)
    shadows: dict[str, Document] = {}
    unit.effective = dict(unit.effective)
    added: list[Assignment] = []
    for line in _lines(unit):
        home = line.source.document if line.source else fragment
        # A document of its own keeps what is added apart from what is written.
        shadow = shadows.setdefault(home.path, Document(home.path, home.text))
        first, last = (line.source.line, line.source.end_line) if line.source else (header, header)
        new = Assignment(shadow, line.section, line.directive, line.value, first, last)
        if _add(unit, new, own):
            added.append(new)
    unit.generated = tuple(added)


def _add(unit: Unit, new: Assignment, own: Collection[int]) -> bool:
    """Whether the line holds: systemd's drop-ins may override it, or take back the list that it stands in."""
    key = (new.section, new.directive)
    there = unit.all(*key)
    if new.directive not in LISTS:
        forced = unit.quadlet == "pod" and new.directive in OVERRIDDEN_IN_PODS
        if there and not (forced and id(there[-1].document) in own):
            return False
        unit.effective[key] = (new,)
        return True
    of_service = [one for one in unit.assignments.get(key, ()) if id(one.document) not in own]
    if any(not one.value for one in of_service):
        return False
    later = tuple(one for one in there if one in of_service)
    unit.effective[key] = (*there[: len(there) - len(later)], new, *later)
    return True


def _lines(unit: Unit) -> Iterator[GeneratedLine]:
    """What is added, in the order in which the generator writes it."""
    section = SECTIONS[unit.quadlet]
    if not unit.is_off(COMMON, "DefaultDependencies"):
        yield GeneratedLine("Unit", "Wants", WAIT_ONLINE[unit.scope])
        yield GeneratedLine("Unit", "After", WAIT_ONLINE[unit.scope])
    yield GeneratedLine("Unit", "RequiresMountsFor", "%t/containers")
    yield GeneratedLine("Service", "SyslogIdentifier", "%N")
    yield from _of_references(unit)
    for one in unit.all(section, "Volume"):
        if one.value.startswith("/"):
            yield GeneratedLine("Unit", "RequiresMountsFor", one.value.partition(":")[0], one)
    if unit.quadlet in ("container", "kube"):
        yield from _of_running(unit, section)
    elif unit.quadlet == "pod":
        yield from _of_pod()
    else:
        yield from _of_making(unit)


def _of_references(unit: Unit) -> Iterator[GeneratedLine]:
    for one in references(unit):
        service = service_of(one.name)
        yield GeneratedLine("Unit", "BindsTo" if one.name.endswith(".pod") else "Requires", service, one.line)
        yield GeneratedLine("Unit", "After", service, one.line)


def _of_running(unit: Unit, section: str) -> Iterator[GeneratedLine]:
    yield GeneratedLine("Service", "Environment", "PODMAN_SYSTEMD_UNIT=%n")
    yield GeneratedLine("Service", "KillMode", "mixed")
    if unit.value("Service", "Type") != "oneshot":
        yield GeneratedLine("Service", "Type", "notify")
        yield GeneratedLine("Service", "NotifyAccess", "all")
    if unit.quadlet == "kube":
        yield GeneratedLine("Service", "ExecStart", f"{PODMAN} kube play --replace --service-container=true")
        yield GeneratedLine("Service", "ExecStopPost", f"{PODMAN} kube down")
        return
    yield GeneratedLine("Service", "Delegate", "yes")
    yield GeneratedLine("Service", "ExecStart", f"{PODMAN} run --replace --rm --cgroups=split")
    yield GeneratedLine("Service", "ExecStop", f"{PODMAN} rm -v -f -i")
    yield GeneratedLine("Service", "ExecStopPost", f"-{PODMAN} rm -v -f -i")
    for key in ("ReloadCmd", "ReloadSignal"):
        reload = unit.last(section, key)
        if reload is not None:
            yield GeneratedLine("Service", "ExecReload", f"{PODMAN} {'exec' if key == 'ReloadCmd' else 'kill'}", reload)
    yield from _of_memory(unit, section)


def _of_memory(unit: Unit, section: str) -> Iterator[GeneratedLine]:
    """The container's own limit, which bounds all but conmon: to the rules it is the limit of the service."""
    memory = unit.last(section, "Memory")
    if memory is not None and memory.value not in ("0", "0b"):
        yield GeneratedLine("Service", "MemoryMax", _as_systemd(memory.value), memory)
    for one in unit.all(section, "PodmanArgs"):
        option = _MEMORY_OPTION.search(one.value)
        if option is not None:
            yield GeneratedLine("Service", "MemoryMax", _as_systemd(option[1]), one)


def _as_systemd(size: str) -> str:
    """``512M`` of ``512m`` and of ``512MiB``."""
    return size.replace(" ", "").upper().removesuffix("B").removesuffix("I")


def _of_pod() -> Iterator[GeneratedLine]:
    yield GeneratedLine("Service", "Environment", "PODMAN_SYSTEMD_UNIT=%n")
    yield GeneratedLine("Service", "ExecStartPre", f"{PODMAN} pod create --infra-conmon-pidfile=%t/%N.pid --replace")
    yield GeneratedLine("Service", "ExecStart", f"{PODMAN} pod start")
    yield GeneratedLine("Service", "ExecStop", f"{PODMAN} pod stop --ignore --time=10")
    yield GeneratedLine("Service", "ExecStopPost", f"{PODMAN} pod rm --ignore --force")
    yield GeneratedLine("Service", "Type", "forking")
    yield GeneratedLine("Service", "Restart", "on-failure")
    yield GeneratedLine("Service", "PIDFile", "%t/%N.pid")


_MAKES = {"volume": "volume create --ignore", "network": "network create --ignore", "image": "image pull"}


def _of_making(unit: Unit) -> Iterator[GeneratedLine]:
    yield GeneratedLine("Service", "ExecStart", f"{PODMAN} {_MAKES.get(unit.quadlet, unit.quadlet)}")
    yield GeneratedLine("Service", "Type", "oneshot")
    if unit.quadlet != "build":
        yield GeneratedLine("Service", "RemainAfterExit", "yes")


_SOURCE = late_pattern(r"(?:^|,)(?:source|src)=([^,]*)")


class QuadletReference(NamedTuple):
    """The name of a Quadlet file in the value of a line."""

    line: Assignment
    name: str
    start: int


def references(unit: Unit) -> Iterator[QuadletReference]:
    """Every other Quadlet that the unit's own section names (quadlet.go: addNetworks, addVolumes, handlePod…)."""
    section = SECTIONS[unit.quadlet]
    for line in unit.all(section, "Volume"):
        source, colon, _ = line.value.partition(":")
        if colon:
            yield from _of_type(line, source, 0, "volume")
    for line in unit.all(section, "Network"):
        yield from _of_type(line, line.value.partition(":")[0], 0, "network", "container")
    for key, types in (("Pod", ("pod",)), ("Image", ("image", "build"))):
        one = unit.last(section, key) if unit.quadlet != "image" else None
        if one is not None:
            yield from _of_type(one, one.value, 0, *types)
    for line in unit.all(section, "Mount"):
        found = _SOURCE.search(line.value)
        if found is not None:
            yield from _of_type(line, found[1], found.start(1), "volume", "image")


def _of_type(line: Assignment, name: str, start: int, *types: str) -> Iterator[QuadletReference]:
    """A path, or a name that holds a specifier, is no name of a file beside this one."""
    if quadlet_type(name) in types and "/" not in name and "%" not in name and "$" not in name:
        yield QuadletReference(line, name, start)
