"""Which capabilities a service may have (load-fragment.c: config_parse_capability_set, unit.c: unit_patch_contexts)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.checks.sandbox.facts import SECTION, on
from unitlint.rules.model import Context, Hit
from unitlint.syntax.document import OPAQUE
from unitlint.units.service import runs_as_root
from unitlint.units.unit import Unit
from unitlint.values.privileges import every_capability, unknown_capabilities
from unitlint.values.words import split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment

DROPPED_BY = {
    "PrivateDevices": ("CAP_MKNOD", "CAP_SYS_RAWIO"),
    "ProtectKernelModules": ("CAP_SYS_MODULE",),
    "ProtectKernelLogs": ("CAP_SYSLOG",),
    "ProtectClock": ("CAP_SYS_TIME", "CAP_WAKE_ALARM"),
}


def capability_set(unit: Unit, directive: str, release: int) -> frozenset[str] | None:
    """The capabilities that the lines of a directive add up to at ``release``; None where there are none."""
    if (SECTION, directive) not in unit.assignments:
        return None
    from unitlint.security.settings import history_of
    from unitlint.security.values import capability_names

    history = history_of(unit, directive, release)
    return capability_names(history[-1][1]) if history else None


def kept_from(unit: Unit, capability: str, release: int) -> Assignment | None:
    """The line that takes ``capability`` out of the bounding set, if one does."""
    for name, dropped in DROPPED_BY.items():
        line = on(unit, name)
        if line is not None and capability in dropped:
            return line
    bounding = capability_set(unit, BOUNDING, release)
    if bounding is None or capability in bounding:
        return None
    return unit.assignments[SECTION, BOUNDING][-1]


AMBIENT = "AmbientCapabilities"
BOUNDING = "CapabilityBoundingSet"
AS_GOOD_AS_ROOT = {
    "CAP_SYS_ADMIN": "mount over any file",
    "CAP_SYS_MODULE": "load any code into the kernel",
    "CAP_SYS_PTRACE": "take over any process",
    "CAP_SYS_RAWIO": "write to memory and disks regardless of permissions",
    "CAP_DAC_OVERRIDE": "write to every file",
    "CAP_SETUID": "become root",
    "CAP_SETFCAP": "give any file any capability",
    "CAP_CHOWN": "take any file for itself",
    "CAP_FOWNER": "change the mode of any file",
}


def outside_bounding_set(unit: Unit, context: Context) -> Iterator[Hit]:
    """Since 246 systemd leaves out silently what the bounding set does not hold."""
    for line in unit.all(SECTION, AMBIENT):
        for word in split_words(line.value) if not line.value.startswith("~") else ():
            cause = kept_from(unit, word.text.upper(), context.release)
            if cause is not None and word.text.upper() in every_capability():
                value = cause.value if len(cause.value) <= 40 else cause.value[:39] + "…"
                fields = {"capability": word.text, "cause": f"{cause.directive}={value}"}
                yield Hit(line, fields, ((cause, "removes it"),), span=(word.start, word.end))


def with_private_users(unit: Unit, context: Context) -> Iterator[Hit]:
    """Capabilities in a user namespace of one's own count for nothing outside of it."""
    private = on(unit, "PrivateUsers")
    if private is None or on(unit, "PrivateNetwork"):
        return
    given = capability_set(unit, AMBIENT, context.release)
    if given:
        yield Hit(unit.all(SECTION, AMBIENT)[-1], {"users": private.value}, ((private, "a separate user namespace"),))


def inverted(unit: Unit, context: Context) -> Iterator[Hit]:
    """``~`` as the first line gives everything but what it names."""
    lines = unit.all(SECTION, AMBIENT)
    if lines and lines[0].value.startswith("~"):
        yield Hit(lines[0], {"count": len(capability_set(unit, AMBIENT, context.release) or ())})


def unknown(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Names that systemd drops without a word."""
    for name in ("CapabilityBoundingSet", AMBIENT):
        for line in unit.all(SECTION, name):
            for word in unknown_capabilities(line.value):
                if OPAQUE in word.text:
                    continue
                from unitlint.base.likeness import nearest

                near = nearest(word.text.upper(), every_capability())
                hint = _no_capability(line) if near is None else f"did you mean `{near}`?"
                yield Hit(line, {"word": word.text}, span=(word.start, word.end), suggestion=hint, replacement=near)


_BETWEEN = late_pattern(r"[,|;+]\s*|\s+")


def _no_capability(line: Assignment) -> str | None:
    """What stands for ``none``, or for names that are joined by other signs than spaces; asked for each bad word."""
    if len(line.value) > LONGEST_SHOWN:
        return None
    if line.value.lower() in ("none", "no", "null", "-"):
        return f"Write `{line.directive}=` without a value to keep no capability."
    words = _BETWEEN.split(line.value)
    if len(words) <= MOST_SHOWN and all(word.upper() in every_capability() for word in words):
        return f"Separate them with spaces: `{' '.join(words)}`."
    return None


MOST_SHOWN, LONGEST_SHOWN = 6, 200


def powerful(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Capabilities by which a process can make itself root; of one that is root UL427 speaks."""
    if runs_as_root(unit) and unit.has_fragment:
        return
    for line in unit.all(SECTION, AMBIENT):
        for word in split_words(line.value) if not line.value.startswith("~") else ():
            deed = AS_GOOD_AS_ROOT.get(word.text.upper())
            if deed is not None:
                yield Hit(line, {"capability": word.text, "deed": deed}, span=(word.start, word.end))
