"""What stands in [Service] of a Quadlet, and so goes to podman instead of the container."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from unitlint.catalogue.quadlet import SECTIONS
from unitlint.checks.references import tree_of
from unitlint.files.classify import name_of_file
from unitlint.files.names import quadlet_type, template_of
from unitlint.rules.model import Context, Hit, header_place
from unitlint.syntax.document import Assignment
from unitlint.syntax.unfilled import is_among_templates
from unitlint.units.quadlet import references
from unitlint.units.unit import Unit
from unitlint.values.words import RETAIN_ESCAPE, UNQUOTE, split_words

TAKEN = {"Type": ("notify", "oneshot"), "KillMode": ("mixed", "control-group")}
"""What the generator takes in .container and .kube files."""
INSTEAD = {
    "AmbientCapabilities": "AddCapability=", "BindPaths": "Volume=", "BindReadOnlyPaths": "Volume=",
    "CapabilityBoundingSet": "DropCapability= and AddCapability=", "DeviceAllow": "AddDevice=",
    "InaccessiblePaths": "Mask=", "MemoryDenyWriteExecute": "SeccompProfile=", "NoNewPrivileges": "NoNewPrivileges=",
    "PrivateDevices": "", "PrivateMounts": "", "PrivateNetwork": "Network=none", "PrivateTmp": "Tmpfs=/tmp",
    "PrivateUsers": "UserNS=", "ProtectControlGroups": "", "ProtectHome": "", "ProtectKernelTunables": "Mask=",
    "ProtectProc": "Mask=", "ProtectSystem": "ReadOnly=true", "ReadOnlyPaths": "ReadOnly=true",
    "RestrictAddressFamilies": "SeccompProfile=", "RestrictNamespaces": "", "RestrictSUIDSGID": "NoNewPrivileges=",
    "RootDirectory": "Rootfs=", "SystemCallFilter": "SeccompProfile=", "TemporaryFileSystem": "Tmpfs=",
}  # fmt: skip
"""Settings that confine podman, with what does the same to a container."""


def type_or_kill_mode_refused(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Of pods and the others the generator takes every value, or sets its own."""
    for directive, words in TAKEN.items():
        line = _written(unit, directive)
        if line is not None and line.value not in words:
            yield Hit(line, {"taken": " and ".join(words)}, suggestion=f"Write `{directive}={words[0]}`, or remove it.")


OF_THE_POD = ("PublishPort", "IP", "IP6")
"""What podman takes of the pod, and no more of a container in it."""


def network_in_pod(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Ports and addresses of a container that shares the network of its pod; with Network= it has one of its own."""
    pod = unit.last("Container", "Pod")
    if pod is None or unit.last("Container", "Network") is not None:
        return
    for directive in OF_THE_POD:
        line = unit.last("Container", directive)
        if line is not None:
            yield Hit(line, {"pod": pod.value}, ((pod, "shares its network"),), on_name=True)


def nomap_as_root(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Only of a file in a folder that the generator reads for root: one that stands elsewhere may go to a user."""
    folder = f"/{unit.path}".replace("\\", "/").rpartition("/")[0]
    line = unit.last(SECTIONS[unit.quadlet], "UserNS")
    is_nomap = line is not None and line.value.partition(":")[0] == "nomap"
    if line is not None and is_nomap and unit.scope == "system" and "/etc/containers/systemd" in folder:
        yield Hit(line)


def second_command(unit: Unit, _context: Context) -> Iterator[Hit]:
    """ExecStart= of one's own, to which the generator adds its own; a oneshot runs both."""
    if unit.value("Service", "Type") == "oneshot":
        return
    line = next((one for one in unit.assignments.get(("Service", "ExecStart"), ()) if one.value), None)
    if line is not None and any(one.directive == "ExecStart" for one in unit.generated):
        generated = next(one for one in unit.generated if one.directive == "ExecStart")
        yield Hit(line, {"added": generated.value.partition(" -")[0]}, on_name=True)


def user(unit: Unit, _context: Context) -> Iterator[Hit]:
    """User=, Group= and DynamicUser=yes."""
    for directive in ("User", "Group", "DynamicUser"):
        line = _written(unit, directive)
        if line is None or line.value in ("root", "0"):
            continue
        if directive != "DynamicUser" or unit.is_on("Service", directive):
            yield Hit(line)


def confines_podman(unit: Unit, _context: Context) -> Iterator[Hit]:
    """One finding for each setting that is switched on."""
    for directive, instead in INSTEAD.items():
        line = _written(unit, directive)
        if line is None or not line.value or unit.is_off("Service", directive):
            continue
        hint = (
            f"For the container, write {instead} in [Container]."
            if instead
            else "Remove the line; podman does that itself."
        )
        yield Hit(line, {}, suggestion=hint)


def _written(unit: Unit, directive: str) -> Assignment | None:
    """The line that decides, unless the generator added it."""
    line = unit.last("Service", directive)
    return None if line is None or any(line is one for one in unit.generated) else line


NEEDED = {
    "container": ("Image", "Rootfs"), "kube": ("Yaml",), "image": ("Image",), "build": ("ImageTag",),
}  # fmt: skip
"""Of each type the keys of which one must be set."""
EXCLUSIVE = {
    "container": (("Image", "Rootfs"), ("ReloadCmd", "ReloadSignal")),
}
ONLY_WITH = {
    "container": (("Group", "User"),),
    "network": (("Gateway", "Subnet"), ("IPRange", "Subnet")),
    "volume": (("Type", "Device"), ("Options", "Device")),
}
"""Keys with the one that each of them needs beside it."""


def key_missing(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the header of the section; drop-ins alone may add to a file that has the key."""
    if not unit.has_fragment:
        return
    section = SECTIONS[unit.quadlet]
    wanted = [NEEDED.get(unit.quadlet, ())]
    if unit.quadlet == "build" and not unit.value("Service", "WorkingDirectory"):
        wanted.append(("SetWorkingDirectory", "File"))
    if unit.quadlet == "volume" and unit.value(section, "Driver") == "image":
        wanted.append(("Image",))
    for names in wanted:
        if names and not any(unit.value(section, name) for name in names):
            if is_among_templates(unit.path) and any((section, name) in unit.assignments for name in names):
                continue  # Image= without a value in a folder "templates" is to be filled in
            place = header_place(unit, section)
            if place is not None:
                yield Hit(place, {"keys": " or ".join(f"{name}=" for name in names), "file": unit.quadlet})


def keys_at_odds(unit: Unit, _context: Context) -> Iterator[Hit]:
    """At the second of two keys that exclude each other, and at a key that needs another one."""
    section = SECTIONS[unit.quadlet]
    for one, other in EXCLUSIVE.get(unit.quadlet, ()):
        first, second = unit.last(section, one), unit.last(section, other)
        if first is not None and second is not None:
            yield Hit(second, {"problem": f"cannot be combined with {one}="}, ((first, "set here"),), on_name=True)
    if unit.quadlet == "volume" and unit.value(section, "Driver") == "image":
        return  # nobody asks for the others then
    for one, other in ONLY_WITH.get(unit.quadlet, ()) if unit.has_fragment else ():
        line = unit.last(section, one)
        if line is not None and not unit.value(section, other):
            yield Hit(line, {"problem": f"needs {other}="}, on_name=True)


DEPENDENCIES = (
    "After", "Before", "BindsTo", "Conflicts", "OnFailure", "OnSuccess", "PartOf", "PropagatesReloadTo",
    "PropagatesStopTo", "ReloadPropagatedFrom", "Requires", "Requisite", "StopPropagatedFrom", "Upholds", "Wants",
)  # fmt: skip
"""Directives in which the generator replaces names of Quadlets (quadlet.go: unitDependencyKeys)."""


def reference_missing(unit: Unit, context: Context) -> Iterator[Hit]:
    """Only where other Quadlets of the same tree are checked: the fellows of a file alone are elsewhere.

    A repository may keep in several folders what is installed into one.
    """
    there = frozenset(name for names in _quadlets(context).values() for name in names)
    if len(quadlets_around(unit, context)) < 2:
        return
    yield from (hit for hit in _missing_from(unit, there) if _is_certain(hit, unit, context, there))
    for directive in DEPENDENCIES:
        for line in unit.assignments.get(("Unit", directive), ()):
            for name, start, end in split_words(line.value, flags=UNQUOTE | RETAIN_ESCAPE):
                hit = Hit(line, {"name": name}, span=(start, end))
                is_missing = quadlet_type(name) and "%" not in name and not _is_there(name, there)
                if is_missing and _is_certain(hit, unit, context, there):
                    yield hit


def reference_not_in_sight(unit: Unit, context: Context) -> Iterator[Hit]:
    """The same where the other file may be elsewhere: of a file alone, and outside of Podman's directories."""
    there = frozenset(name for names in _quadlets(context).values() for name in names)
    is_alone = len(quadlets_around(unit, context)) < 2
    for hit in _missing_from(unit, there):
        if is_alone or not _is_certain(hit, unit, context, there):
            yield hit


def _is_certain(hit: Hit, unit: Unit, context: Context, there: Collection[str]) -> bool:
    """Whether the file is missing where Quadlets are read, or its name is nearly that of another.

    A repository with a folder for each application may leave out what they have in common, such as a network.
    """
    from unitlint.base.likeness import one_slip_away

    is_read_there = "containers/systemd/" in unit.path.replace("\\", "/")
    stem, _, suffix = str(hit.fields["name"]).rpartition(".")
    return is_read_there or bool(one_slip_away(stem, f".{suffix}", there))


def _missing_from(unit: Unit, there: Collection[str]) -> Iterator[Hit]:
    for reference in references(unit):
        if not _is_there(reference.name, there):
            span = (reference.start, reference.start + len(reference.name))
            yield Hit(reference.line, {"name": reference.name}, span=span)


def service_twice(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the ServiceName=, or at the header of the section."""
    own = name_of_file(unit.path.replace("\\", "/"))
    others = [name for name, service in quadlets_around(unit, context).items() if service == unit.name and name != own]
    if others and unit.has_fragment:
        section = SECTIONS[unit.quadlet]
        place = unit.last(section, "ServiceName") or header_place(unit, section)
        if place is not None:
            yield Hit(place, {"other": others[0]})


def quadlets_around(unit: Unit, context: Context) -> Mapping[str, str]:
    """The Quadlets of the same tree: the name of the service by that of the file."""
    return _quadlets(context).get(tree_of(unit.path), {})


def _quadlets(context: Context) -> Mapping[str, Mapping[str, str]]:
    """The Quadlets of each tree: the name of the service by that of the file."""
    found: Mapping[str, Mapping[str, str]] = getattr(context.units, "quadlets", {})
    return found


def _is_there(name: str, there: Collection[str]) -> bool:
    return name in there or template_of(name) in there
