"""Words that stand in values but that no rule needs to know, so that the catalogue has no table of them."""

from __future__ import annotations

VIRTUALIZATION = {
    "yes": 0, "no": 0, "vm": 0, "container": 0, "private-users": 232, "kvm": 0, "qemu": 0, "vmware": 0, "microsoft": 0,
    "oracle": 0, "xen": 0, "amazon": 249, "google": 256, "apple": 252, "parallels": 0, "bochs": 0, "bhyve": 232,
    "uml": 0, "zvm": 0, "powervm": 247, "qnx": 238, "acrn": 242, "sre": 253, "vm-other": 0, "systemd-nspawn": 0,
    "docker": 0, "podman": 243, "lxc": 0, "lxc-libvirt": 0, "wsl": 242, "openvz": 0, "proot": 246, "pouch": 247,
    "rkt": 228, "container-other": 0,
}  # fmt: skip
"""Each word with the release that it came with, 0 for older ones (virt.c: virtualization_table)."""
SECURITY = {
    "selinux": 0, "apparmor": 0, "smack": 0, "tomoyo": 236, "ima": 0, "audit": 0, "uefi-secureboot": 239, "tpm2": 248,
    "cvm": 254, "measured-uki": 255, "measured-os": 261,
}  # fmt: skip
FIRMWARE = {"uefi": 249, "device-tree": 249}
UPDATED = {"/etc": 0, "/var": 0}
OWN_WORDS = {
    "Virtualization": VIRTUALIZATION, "Security": SECURITY, "Firmware": FIRMWARE, "NeedsUpdate": UPDATED,
}  # fmt: skip
"""By the name of a condition without its ``Condition`` or ``Assert``."""
CATALOGUE_WORDS = {
    "Architecture": "architectures",
    "ControlGroupController": "cgroup_controllers",
    "Capability": "capabilities",
}
"""The same, with the catalogue's table of the words."""

FORMS = {
    "StandardInput": {"fd:": 233, "file:": 236},
    "StandardOutput": {"fd:": 233, "file:": 236, "append:": 240, "truncate:": 248},
    "StandardError": {"fd:": 233, "file:": 236, "append:": 240, "truncate:": 248},
}
"""Forms with a value behind a colon."""

ZERO_IS_INFINITY = frozenset((
    "TimeoutSec", "TimeoutStartSec", "TimeoutStopSec", "JobTimeoutSec", "JobRunningTimeoutSec", "TimeoutIdleSec",
))  # fmt: skip
"""Time spans of which 0 means no limit (load-fragment.c: config_parse_sec_fix_0 and others)."""

RANGES = {
    "Nice": (-20, 19), "OOMScoreAdjust": (-1000, 1000), "CPUWeight": (1, 10000), "StartupCPUWeight": (1, 10000),
    "IOWeight": (1, 10000), "StartupIOWeight": (1, 10000), "CPUSchedulingPriority": (0, 99),
    "IOSchedulingPriority": (0, 7), "Priority": (-1, 32767), "SuccessActionExitStatus": (0, 255),
    "FailureActionExitStatus": (0, 255),
}  # fmt: skip
