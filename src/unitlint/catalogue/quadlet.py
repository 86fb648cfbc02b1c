"""The keys of Quadlet's sections, by what they hold (podman-systemd.unit(5), as of Podman 5.7)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.catalogue import CatalogueEntry

SECTIONS = {
    "container": "Container", "volume": "Volume", "network": "Network", "pod": "Pod", "kube": "Kube", "image": "Image",
    "build": "Build",
}  # fmt: skip
"""The section that makes a file one of its type."""
COMMON = "Quadlet"
"""The section that a file of any type may have."""

LISTS = frozenset((
    "texts", "port", "exposed-port", "volume", "network-name", "mount", "capability", "subnet", "gateway",
    "kube-update", "deprecated-texts", "secret",
))  # fmt: skip
"""What may be given several times; an empty value takes back the earlier ones."""

_ALL = {"text": "ServiceName", "texts": "ContainersConfModule GlobalArgs PodmanArgs"}
_MAPPED = {"text": "SubGIDMap SubUIDMap UserNS", "texts": "GIDMap UIDMap"}
_REMAPPED = {"deprecated": "RemapUidSize RemapUsers", "deprecated-texts": "RemapGid RemapUid"}
_RETRIED = {"number": "Retry", "duration": "RetryDelay"}
_RESOLVED = {"texts": "DNS DNSOption DNSSearch"}

_GROUPS: dict[str, tuple[dict[str, str], ...]] = {
    "Container": (
        _ALL, _MAPPED, _REMAPPED, _RETRIED, _RESOLVED,
        {
            "flag": "EnvironmentHost HttpProxy NoNewPrivileges ReadOnly ReadOnlyTmpfs RunInit SecurityLabelDisable "
            "SecurityLabelNested StartWithPod",
            "notify": "Notify",
            "pull": "Pull",
            "cgroups": "CgroupsMode",
            "update": "AutoUpdate",
            "health-action": "HealthOnFailure",
            "duration": "HealthInterval HealthStartPeriod HealthStartupInterval HealthStartupTimeout HealthTimeout",
            "size": "Memory ShmSize",
            "number": "HealthMaxLogCount HealthMaxLogSize HealthRetries HealthStartupRetries HealthStartupSuccess "
            "PidsLimit StopTimeout",
            "signal": "ReloadSignal StopSignal",
            "port": "PublishPort",
            "exposed-port": "ExposeHostPort",
            "ipv4": "IP",
            "ipv6": "IP6",
            "volume": "Volume",
            "mount": "Mount",
            "network-name": "Network",
            "pod": "Pod",
            "capability": "AddCapability DropCapability",
            "deprecated": "VolatileTmp",
            "text": "AppArmor ContainerName Entrypoint Exec Group HealthCmd HealthLogDestination HealthStartupCmd "
            "HostName Image LogDriver ReloadCmd Rootfs SeccompProfile SecurityLabelFileType SecurityLabelLevel "
            "SecurityLabelType Timezone User WorkingDir",
            "texts": "AddDevice AddHost Annotation Environment EnvironmentFile GroupAdd Label LogOpt Mask NetworkAlias "
            "Sysctl Tmpfs Ulimit Unmask",
            "secret": "Secret",
        },
    ),
    "Pod": (
        _ALL, _MAPPED, _REMAPPED, _RESOLVED,
        {
            "exit-policy": "ExitPolicy",
            "ipv4": "IP",
            "ipv6": "IP6",
            "number": "StopTimeout",
            "port": "PublishPort",
            "size": "ShmSize",
            "volume": "Volume",
            "network-name": "Network",
            "text": "HostName PodName",
            "texts": "AddHost Label NetworkAlias",
        },
    ),
    "Kube": (
        _ALL, _REMAPPED,
        {
            "flag": "KubeDownForce",
            "exit-code": "ExitCodePropagation",
            "kube-update": "AutoUpdate",
            "port": "PublishPort",
            "network-name": "Network",
            "text": "LogDriver SetWorkingDirectory UserNS",
            "texts": "ConfigMap LogOpt Yaml",
        },
    ),
    "Volume": (
        _ALL,
        {"flag": "Copy", "text": "Device Driver Group Image Options Type User VolumeName", "texts": "Label"},
    ),
    "Network": (
        _ALL,
        {
            "flag": "DisableDNS Internal IPv6 NetworkDeleteOnStop",
            "subnet": "Subnet",
            "gateway": "Gateway",
            "text": "Driver IPAMDriver InterfaceName NetworkName",
            "texts": "DNS IPRange Label Options",
        },
    ),
    "Image": (
        _ALL, _RETRIED,
        {
            "flag": "AllTags TLSVerify",
            "pull": "Policy",
            "text": "Arch AuthFile CertDir Creds DecryptionKey Image ImageTag OS Variant",
        },
    ),
    "Build": (
        _ALL, _RETRIED, _RESOLVED,
        {
            "flag": "ForceRM TLSVerify",
            "build-pull": "Pull",
            "volume": "Volume",
            "network-name": "Network",
            "text": "Arch AuthFile File IgnoreFile SetWorkingDirectory Target Variant",
            "texts": "Annotation BuildArg Environment GroupAdd ImageTag Label Secret",
        },
    ),
    COMMON: ({"flag": "DefaultDependencies"},),
}  # fmt: skip


def keys_of(section: str) -> dict[str, str]:
    """What each key of a section holds, by its name."""
    return {
        name: holds for group in _GROUPS.get(section, ()) for holds, names in group.items() for name in names.split()
    }


TYPES = {"flag": "bool", "number": "integer"}
"""What keys hold in the words of the catalogue, for those whose values compare."""


def entries_of(section: str) -> dict[str, CatalogueEntry]:
    """The entries of one of Quadlet's sections by name; empty for other sections."""
    found = _known.get(section)
    if found is None:
        found = _known[section] = _entries(section)
    return found


_known: dict[str, dict[str, CatalogueEntry]] = {}


def sections_of_quadlet(quadlet: str) -> frozenset[str]:
    """The sections that a file of this type may have: its own, and those that go into the service as they are."""
    return frozenset((SECTIONS[quadlet], COMMON, "Unit", "Service", "Install"))


def _entries(section: str) -> dict[str, CatalogueEntry]:
    found: dict[str, CatalogueEntry] = {}
    for name, holds in keys_of(section).items():
        entry: CatalogueEntry = {
            "name": name, "section": section, "since": 0, "parser": f"quadlet-{holds}", "man": "podman-systemd.unit(5)",
            "empty_resets": True, "repeatable": holds in LISTS,
        }  # fmt: skip
        if holds in TYPES:
            entry["type"] = TYPES[holds]
        found[name] = entry
    return found
