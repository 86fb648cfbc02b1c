"""UL426 to UL430 and UL452: capabilities that a service is given (exec-invoke.c: capability_ambient_set_apply)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.capabilities import all_capabilities, capability_set, kept_from
from unitlint.checks.sandbox.facts import SECTION, on, runs_as_root
from unitlint.errors import nearest
from unitlint.grammar.capability import unknown_capabilities
from unitlint.grammar.words import split_words
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

AMBIENT = "AmbientCapabilities"
AS_GOOD_AS_ROOT = {
    "CAP_SYS_ADMIN": "mount over any file",
    "CAP_SYS_MODULE": "load any code into the kernel",
    "CAP_SYS_PTRACE": "take over any process",
    "CAP_SYS_RAWIO": "write to memory and disks past all permissions",
    "CAP_DAC_OVERRIDE": "write to every file",
    "CAP_SETUID": "become root",
    "CAP_SETFCAP": "give any file any capability",
    "CAP_CHOWN": "take any file for itself",
    "CAP_FOWNER": "change the mode of any file",
}


def outside_bounding_set(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Since 246 systemd leaves out silently what the bounding set does not hold."""
    for line in unit.all(SECTION, AMBIENT):
        for word in split_words(line.value) if not line.value.startswith("~") else ():
            cause = kept_from(unit, word.text.upper())
            if cause is not None and word.text.upper() in all_capabilities():
                value = cause.value if len(cause.value) <= 40 else cause.value[:39] + "…"
                fields = {"capability": word.text, "cause": f"{cause.directive}={value}"}
                yield Hit(line, fields, ((cause, "takes it away"),), span=(word.start, word.end))


def as_root(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Root has them anyway, unless SecureBits= says otherwise."""
    if not unit.has_fragment or not runs_as_root(unit) or unit.all(SECTION, "SecureBits"):
        return
    lines = [line for line in unit.all(SECTION, AMBIENT) if line.value]
    if lines and not unit.all(SECTION, "PAMName"):
        yield Hit(lines[-1])


def with_private_users(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Capabilities in a user namespace of one's own count for nothing outside of it."""
    private = on(unit, "PrivateUsers")
    if private is None or on(unit, "PrivateNetwork"):
        return
    given = capability_set(unit, AMBIENT)
    if given:
        yield Hit(unit.all(SECTION, AMBIENT)[-1], {"users": private.value}, ((private, "a user namespace of its own"),))


def inverted(unit: Unit, _context: Context) -> Iterator[Hit]:
    """``~`` as the first line gives everything but what it names."""
    lines = unit.all(SECTION, AMBIENT)
    if lines and lines[0].value.startswith("~"):
        yield Hit(lines[0], {"count": len(capability_set(unit, AMBIENT) or ())})


def unknown(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Names that systemd drops without a word."""
    for name in ("CapabilityBoundingSet", AMBIENT):
        for line in unit.all(SECTION, name):
            for word in unknown_capabilities(line.value):
                near = nearest(word.text.upper(), all_capabilities())
                hint = None if near is None else f"did you mean `{near}`?"
                yield Hit(line, {"word": word.text}, span=(word.start, word.end), suggestion=hint, replacement=near)


def powerful(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Capabilities by which a process can make itself root; of one that is root UL427 speaks."""
    if runs_as_root(unit) and unit.has_fragment:
        return
    for line in unit.all(SECTION, AMBIENT):
        for word in split_words(line.value) if not line.value.startswith("~") else ():
            deed = AS_GOOD_AS_ROOT.get(word.text.upper())
            if deed is not None:
                yield Hit(line, {"capability": word.text, "deed": deed}, span=(word.start, word.end))
