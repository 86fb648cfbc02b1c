"""Conditions that can never hold: what they ask for has another name, or none (condition.c)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.whole_numbers import is_whole_number
from unitlint.catalogue import facts
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit
from unitlint.values.meant import meant
from unitlint.values.privileges import every_capability
from unitlint.values.typed import parse_boolean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from unitlint.syntax.document import Assignment

PREFIX = "CAP_"
SECURITY = (
    "selinux", "smack", "apparmor", "ima", "audit", "uefi-secureboot", "tomoyo", "tpm2", "cvm", "measured-uki",
    "measured-os",
)  # fmt: skip
"""condition.c: condition_test_security."""
VIRTUALIZATION = (
    "vm", "container", "private-users", "none", "kvm", "amazon", "qemu", "bochs", "xen", "uml", "vmware", "oracle",
    "microsoft", "zvm", "parallels", "bhyve", "qnx", "acrn", "powervm", "vm-other", "sre", "google", "apple",
    "systemd-nspawn", "lxc-libvirt", "lxc", "openvz", "docker", "podman", "rkt", "wsl", "proot", "pouch",
    "container-other",
)  # fmt: skip
"""virt.c: virtualization_table."""

KNOWN: dict[str, tuple[str, Callable[[], Iterable[str]]]] = {
    "Architecture": ("architecture", lambda: ("native", *(entry["name"] for entry in facts("architectures")))),
    "Security": ("security technology", lambda: SECURITY),
    "Virtualization": ("virtualization", lambda: VIRTUALIZATION),
    "Capability": ("capability", every_capability),
}
"""What each of these asks for, and the names that there are."""
BOOLEANS = ("ACPower", "FirstBoot", "Virtualization")
NEVER = ("Capability", "ACPower", "FirstBoot")
"""What cannot be read there is an error, with which the condition fails, be it negated or not."""


def unknown(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A word that systemd does not know is no match, and what is no boolean or capability is an error: both fail."""
    for kind in ("Condition", "Assert"):
        for about in (*KNOWN, "ACPower", "FirstBoot"):
            for line in unit.all("Unit", f"{kind}{about}"):
                value = line.value.lstrip("|!").strip()
                if value and "%" not in value and not _is_known(about, value):
                    yield _hit(line, about, value)


def contradictory(unit: Unit, _context: Context) -> Iterator[Hit]:
    """A condition and the same one with ``!``: one of the two fails. Those with ``|`` need not all hold."""
    seen: dict[tuple[str, str], Assignment] = {}
    for (section, directive), lines in unit.effective.items():
        if section != "Unit" or not directive.startswith(("Condition", "Assert")):
            continue
        for line in lines:
            if line.value[:1] in ("", "|"):
                continue
            negated, plain = line.value.startswith("!"), line.value.lstrip("!").strip()
            other = seen.get((directive, f"{'' if negated else '!'}{plain}"))
            if other is not None:
                outcome = "the start fails" if directive.startswith("Assert") else "systemd skips every start"
                fields = {"other": f"{directive}={other.value}", "outcome": outcome}
                yield Hit(line, fields, ((other, "the opposite"),))
            seen[directive, f"{'!' if negated else ''}{plain}"] = line


def _is_known(about: str, value: str) -> bool:
    if about in BOOLEANS and parse_boolean(value) is not None:
        return True
    if about == "Capability":
        return is_whole_number(value) or value.upper() in every_capability()
    return about in KNOWN and value in KNOWN[about][1]()


def _hit(line: Assignment, about: str, value: str) -> Hit:
    what, names = KNOWN.get(about, ("boolean", lambda: ("yes", "no")))
    is_negated = "!" in line.value[: len(line.value) - len(value)]
    outcome = "always holds" if is_negated and about not in NEVER else "never holds"
    near = meant(value, names(), PREFIX if about == "Capability" else "")
    hint = f"did you mean `{near}`?" if near else None
    return Hit(line, {"word": value, "what": what, "outcome": outcome}, suggestion=hint)
