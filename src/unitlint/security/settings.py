"""What a service's settings come to at a release, each with the assignments that made it so."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.catalogue import lookup
from unitlint.security import values
from unitlint.security.values import GivenValue
from unitlint.syntax.document import Assignment
from unitlint.units.judged import is_read, judged
from unitlint.values.problem import ValueContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.security.values import Fold
    from unitlint.units.unit import Unit

if TYPE_CHECKING:
    History = tuple[tuple[Assignment, Any], ...]


class ServiceSettings(NamedTuple):
    """``values`` holds every setting; ``histories`` what each assignment left, where there are any.

    ``default_dependencies`` is False where DefaultDependencies= is off: a service of early boot, to which some
    settings do not apply.
    """

    release: int
    user_manager: bool
    default_dependencies: bool
    values: dict[str, Any]
    histories: dict[str, History]


SWITCHES = (
    "DynamicUser", "LockPersonality", "MemoryDenyWriteExecute", "NoNewPrivileges", "PrivateDevices",
    "PrivateNetwork", "PrivateTmp", "PrivateUsers", "ProtectClock", "ProtectControlGroups", "ProtectHome",
    "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "ProtectSystem", "RemoveIPC",
    "RestrictRealtime", "RestrictSUIDSGID",
)  # fmt: skip

SETTINGS: dict[str, tuple[Any, Fold]] = {
    **dict.fromkeys(SWITCHES, ("no", values.scalar)),
    "AmbientCapabilities": (0, values.ambient_set),
    "CapabilityBoundingSet": (values.EVERY_CAPABILITY, values.bounding_set),
    "Delegate": ("no", values.delegate),
    "DeviceAllow": (frozenset(), values.anything),
    "DevicePolicy": ("auto", values.scalar),
    "IPAddressAllow": (frozenset(), values.ip_allowed),
    "IPAddressDeny": (frozenset(), values.ip_denied),
    "IPEgressFilterPath": (frozenset(), values.anything),
    "IPIngressFilterPath": (frozenset(), values.anything),
    "KeyringMode": ("private", values.scalar),
    "MountImages": (frozenset(), values.anything),
    "NotifyAccess": ("none", values.scalar),
    "PrivateMounts": ("no", values.tristate),
    "ProcSubset": ("all", values.scalar),
    "ProtectHostname": ("no", values.switch_with_argument),
    "ProtectProc": ("default", values.scalar),
    "RestrictAddressFamilies": ((False, None), values.address_families),
    "RestrictNamespaces": (values.UNSAID, values.namespaces),
    "RootDirectory": ("", values.name),
    "RootImage": ("", values.name),
    "RootMStack": ("", values.name),
    "SupplementaryGroups": (frozenset(), values.names),
    "SystemCallArchitectures": (frozenset(), values.names),
    "SystemCallFilter": ((False, None), values.syscall_filter),
    "UMask": (0o022, values.umask),
    "User": ("", values.name),
}
"""Every setting that is assessed: its value where nothing is assigned, and how assignments change it."""

DEFAULTS = {directive: default for directive, (default, _) in SETTINGS.items()}
TRISTATE_SINCE = 254
"""From here on PrivateMounts= has a third state, unsaid, which the assessment takes for on."""
NO_TPM_SINCE = 262
"""From here on encrypted credentials need no device: another process opens them."""
DEFAULTS_OF_USERS = {**DEFAULTS, "KeyringMode": "inherit"}


def service_settings(unit: Unit, release: int) -> ServiceSettings:
    """The settings of a service with what they imply, as systemd holds them after loading it."""
    user_manager = unit.scope == "user"
    found = dict(DEFAULTS_OF_USERS if user_manager else DEFAULTS)
    if release >= TRISTATE_SINCE:
        found["PrivateMounts"] = ""
    histories: dict[str, History] = {}
    for section, directive in unit.assignments:
        if section == "Service" and directive in SETTINGS:
            steps = _steps(unit, directive, found[directive], release)
            if steps:
                found[directive] = steps[-1][1]
                histories[directive] = steps
    found["EncryptedCredential"] = ""
    credential = _encrypted_credential(unit, release)
    if credential is not None:
        found["EncryptedCredential"] = "yes"
        histories["EncryptedCredential"] = ((credential, "yes"),)
    settings = ServiceSettings(release, user_manager, not unit.is_off("Unit", "DefaultDependencies"), found, histories)
    _imply(settings)
    return settings


def history_of(unit: Unit, directive: str, release: int) -> History:
    """The assignments of one of SETTINGS that systemd takes, each with what holds after it; the last one counts."""
    key = ("history", directive, release)
    if key not in unit.memo:
        has_any = ("Service", directive) in unit.assignments
        unit.memo[key] = _steps(unit, directive, DEFAULTS[directive], release) if has_any else ()
    found: History = unit.memo[key]
    return found


def _steps(unit: Unit, directive: str, value: Any, release: int) -> History:
    fold = SETTINGS[directive][1]
    steps = []
    for assignment in unit.assignments["Service", directive]:
        given = _given(unit, assignment, release)
        accepted = None if given is None else fold(value, given)
        if accepted is not None:
            value = accepted
            steps.append((assignment, value))
    return tuple(steps)


def _given(unit: Unit, assignment: Assignment, release: int) -> GivenValue | None:
    """The value with what the release says of it; None where the release does not read it, or it is not known."""
    said, text = judged(unit, release), assignment.value
    problems = said.problems.get(id(assignment), ())
    if problems is None or type(assignment) is not Assignment or not is_read(unit, assignment, said):
        return None
    section, directive = assignment.section, assignment.directive
    entry = lookup("unit", section, directive) or {}
    context = ValueContext(release, section, directive, entry, unit.scope == "user", unit.name)
    return GivenValue(text, problems, context)


CREDENTIALS = ("LoadCredential", "SetCredential")


def _encrypted_credential(unit: Unit, release: int) -> Assignment | None:
    """The last assignment of an encrypted credential that is left, for releases at which that opens a device.

    The plain and the encrypted form fill one table: either replaces the other's entry, and clears all with an
    empty value.
    """
    if release >= NO_TPM_SINCE or not any(("Service", f"{name}Encrypted") in unit.assignments for name in CREDENTIALS):
        return None
    held: dict[tuple[str, str], Assignment] = {}
    for assignment in (one for document in unit.documents for one in document.assignments):
        table = assignment.directive.removesuffix("Encrypted")
        if assignment.section != "Service" or table not in CREDENTIALS:
            continue
        if not assignment.value:
            held = {key: one for key, one in held.items() if key[0] != table}
            continue
        given = _given(unit, assignment, release)
        if given is not None and given.is_accepted:
            held[table, assignment.value.partition(":")[0]] = assignment
    return next((one for one in reversed(held.values()) if one.directive.endswith("Encrypted")), None)


TAKES_CAPABILITIES = {
    "PrivateDevices": ("CAP_MKNOD", "CAP_SYS_RAWIO"),
    "ProtectKernelModules": ("CAP_SYS_MODULE",),
    "ProtectKernelLogs": ("CAP_SYSLOG",),
    "ProtectClock": ("CAP_SYS_TIME", "CAP_WAKE_ALARM"),
}
ALLOWS_DEVICES = {
    "RootImage": frozenset(("/dev/loop-control rw", "block-loop rwm")),
    "RootMStack": frozenset(("/dev/loop-control rw", "block-loop rwm")),
    "MountImages": frozenset(("/dev/loop-control rw", "block-loop rwm")),
    "ProtectClock": frozenset(("char-rtc r",)),
    "EncryptedCredential": frozenset(("char-tpm rw",)),
}
"""What a service with these needs of the devices, as soon as their use is restricted."""
DYNAMIC_USER = {
    "NoNewPrivileges": "yes",
    "RestrictSUIDSGID": "yes",
    "PrivateTmp": "yes",
    "RemoveIPC": "yes",
    "ProtectSystem": "strict",
}


def _imply(settings: ServiceSettings) -> None:
    """What some settings do to others (unit.c: unit_patch_contexts)."""
    held = settings.values
    for directive, capabilities in TAKES_CAPABILITIES.items():
        if held[directive] == "yes":
            bits = values.capability_bits(capabilities, settings.release)
            _set(settings, "CapabilityBoundingSet", held["CapabilityBoundingSet"] & ~bits, directive)
    if held["DynamicUser"] == "yes":
        for directive, value in DYNAMIC_USER.items():
            if held[directive] == "no" or directive == "ProtectSystem":
                _set(settings, directive, value, "DynamicUser")
        if held["ProtectHome"] == "no":
            _set(settings, "ProtectHome", "read-only", "DynamicUser")
    if held["PrivateDevices"] == "yes" and held["DevicePolicy"] == "auto":
        _set(settings, "DevicePolicy", "closed", "PrivateDevices")
    if held["DeviceAllow"] or held["DevicePolicy"] != "auto":
        for directive, devices in ALLOWS_DEVICES.items():
            if held[directive] not in ("no", "", frozenset()):
                _set(settings, "DeviceAllow", held["DeviceAllow"] | devices, directive)


def _set(settings: ServiceSettings, directive: str, value: Any, because: str) -> None:
    if settings.values[directive] != value:
        settings.values[directive] = value
        cause = settings.histories[because][-1][0]
        settings.histories[directive] = (*settings.histories.get(directive, ()), (cause, value))
