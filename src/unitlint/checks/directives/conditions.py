"""Conditions that can never hold: what they ask for has another name, or none (condition.c)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.whole_numbers import is_whole_number
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.typed import parse_boolean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

ARCHITECTURES = frozenset((
    "native", "alpha", "arc", "arc-be", "arm", "arm-be", "arm64", "arm64-be", "cris", "ia64", "loongarch64", "m68k",
    "mips", "mips-le", "mips64", "mips64-le", "nios2", "parisc", "parisc64", "ppc", "ppc-le", "ppc64", "ppc64-le",
    "riscv32", "riscv64", "s390", "s390x", "sh", "sh64", "sparc", "sparc64", "tilegx", "x86", "x86-64",
))  # fmt: skip
"""architecture.c: architecture_table."""
SECURITY = frozenset((
    "selinux", "smack", "apparmor", "ima", "audit", "uefi-secureboot", "tomoyo", "tpm2", "cvm", "measured-uki",
    "measured-os",
))  # fmt: skip
"""condition.c: condition_test_security."""
VIRTUALIZATION = frozenset((
    "vm", "container", "private-users", "none", "kvm", "amazon", "qemu", "bochs", "xen", "uml", "vmware", "oracle",
    "microsoft", "zvm", "parallels", "bhyve", "qnx", "acrn", "powervm", "vm-other", "sre", "google", "apple",
    "systemd-nspawn", "lxc-libvirt", "lxc", "openvz", "docker", "podman", "rkt", "wsl", "proot", "pouch",
    "container-other",
))  # fmt: skip
"""virt.c: virtualization_table."""
INSTEAD = {
    "amd64": "x86-64", "x86_64": "x86-64", "x64": "x86-64", "i386": "x86", "i686": "x86", "aarch64": "arm64",
    "armhf": "arm", "armv7l": "arm", "armv7": "arm", "ppc64le": "ppc64-le", "ppc64el": "ppc64-le", "sgx": "",
    "secureboot": "uefi-secureboot", "virtualbox": "oracle", "vbox": "oracle", "hyperv": "microsoft",
    "hyper-v": "microsoft", "nspawn": "systemd-nspawn", "virtualized": "vm",
}  # fmt: skip


def _is_capability(value: str) -> bool:
    from unitlint.checks.sandbox.capabilities import all_capabilities

    return is_whole_number(value) or value.upper() in all_capabilities()


def _is_boolean(value: str) -> bool:
    return parse_boolean(value) is not None


KNOWN: dict[str, tuple[str, Callable[[str], bool]]] = {
    "Architecture": ("architecture", ARCHITECTURES.__contains__),
    "Security": ("security technology", SECURITY.__contains__),
    "Virtualization": ("virtualization", lambda value: value in VIRTUALIZATION or _is_boolean(value)),
    "Capability": ("capability", _is_capability),
    "ACPower": ("boolean", _is_boolean),
    "FirstBoot": ("boolean", _is_boolean),
}


def unknown(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A word that systemd does not know is no match, and what is no boolean or capability is an error: both fail."""
    for kind in ("Condition", "Assert"):
        for about, (what, is_known) in KNOWN.items():
            for line in unit.all("Unit", f"{kind}{about}"):
                value = line.value.lstrip("|!").strip()
                if not value or "%" in value or is_known(value):
                    continue
                is_negated = "!" in line.value[: len(line.value) - len(value)]
                outcome = "always holds" if is_negated and what not in ("boolean", "capability") else "never holds"
                meant = INSTEAD.get(value.lower()) or (f"CAP_{value.upper()}" if about == "Capability" else None)
                hint = f"did you mean `{meant}`?" if meant and is_known(meant) else None
                yield Hit(line, {"word": value, "what": what, "outcome": outcome}, suggestion=hint)
